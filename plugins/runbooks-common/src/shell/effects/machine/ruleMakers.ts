import type { Call, Scene, ToolRule } from '../scene';
import { changes, destroys, reads, type Verdict } from '../verdict';

/** A rule for a tool that destroys whatever it is given. */
export const destroyer =
  (because: string): ToolRule =>
  (call: Call, scene: Scene) =>
    destroys(
      `${because} ${call.args
        .map(one => scene.show(one.value))
        .join(' ')}`.trim(),
    );

/** A rule for a tool that changes whatever it is given. */
export const changer =
  (because: string): ToolRule =>
  (call: Call, scene: Scene) =>
    changes(
      `${because} ${call.args
        .map(one => scene.show(one.value))
        .join(' ')}`.trim(),
    );

/** A rule for a tool that reads where no argument asks for more. */
export function looksUnless(
  dangerous: RegExp,
  because: string,
  otherwise: Verdict,
): ToolRule {
  return call =>
    call.args.some(
      one =>
        dangerous.test(one.value) ||
        (one.certainty === 'words' && /^[$`*]/.test(one.value)),
    )
      ? otherwise
      : reads(because);
}
