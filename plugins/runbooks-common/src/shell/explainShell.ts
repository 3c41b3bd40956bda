import type { Effect } from '../effect';
import type { Interactive } from './model';
import { readShell } from './readShell';

/** What a shell text does, in short. @public */
export interface ShellExplanation {
  shell: boolean;
  effect: Effect;
  because: string;
  /** Names of the parameters it needs. */
  parameters: string[];
  interactive?: Interactive;
}

/** Says what a shell text does and needs; never throws. @public */
export function explainShell(
  text: string,
  language?: string,
): ShellExplanation {
  const { shell, effect, because, placeholders, interactive } = readShell(
    text,
    { language },
  );
  return {
    shell,
    effect,
    because,
    parameters: [...new Set(placeholders.map(one => one.parameter))],
    ...(interactive ? { interactive } : {}),
  };
}
