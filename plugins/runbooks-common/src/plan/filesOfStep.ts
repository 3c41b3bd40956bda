import { SecretForms } from '../redaction/SecretForms';
import { bindTask, type BindQuestions, type BindTask } from './bindTask';
import { linesToMind } from './linesToMind';
import { MAX_FILES_SHOWN } from './unseenUses';
import { usedFileText } from './usedFileText';

/** A script or manifest that a step uses, as git has it. @public */
export interface UsedFile {
  path: string;
  /** Values of secrets are hidden in it. */
  text: string;
  /** False where it is only the beginning, the first 64 KiB. */
  whole: boolean;
  hidesValues: boolean;
  /**
   * The lines, from 1, of what does more than read, or cannot be told, in a shell script that is shown as it is; of all
   * others it is missing, for there nothing can be said of a line.
   */
  linesToMind?: number[];
}

/** @public */
export interface UsedFiles {
  files: UsedFile[];
  /** Further ones, which are not among these 32. */
  more: number;
  /** What the words name, and is there, but has no text to show: it is not text, over 1 MiB, a folder, or the step may change it before. */
  unseen: string[];
}

/**
 * The scripts and manifests that the words of a step name, and those that these name in turn: what is read to judge it,
 * in that order. Those that an earlier step changed are not among them, for they are shown by their differences.
 *
 * @public
 */
export function filesOfStep(task: BindTask, asked: BindQuestions): UsedFiles {
  const texts = new Map<string, string>();
  const textless = new Set<string>();
  const { binding } = bindTask(task, {
    ...asked,
    fileText: path => {
      const text = asked.fileText(path);
      const real = asked.realPath(path);
      if (text !== undefined) texts.set(real ?? path, text);
      else if (real) textless.add(real);
      return text;
    },
  });
  for (const path of binding.verdict.swaps ?? []) {
    const real = asked.realPath(path) ?? path;
    texts.delete(real);
    textless.add(real);
  }
  const unchanged = [...texts].filter(([path]) => !asked.changedFile(path));
  const unseen = [...textless].filter(path => !asked.changedFile(path));
  const secrets = new SecretForms(task.secrets);
  return {
    files: unchanged.slice(0, MAX_FILES_SHOWN).map(([path, text]) => ({
      path: asked.shownPath(path),
      ...shownOf(path, text, secrets),
    })),
    more: beyond(unchanged) + beyond(unseen),
    unseen: unseen.slice(0, MAX_FILES_SHOWN).map(path => asked.shownPath(path)),
  };
}

function beyond(found: readonly unknown[]): number {
  return Math.max(0, found.length - MAX_FILES_SHOWN);
}

function shownOf(
  path: string,
  text: string,
  secrets: SecretForms,
): Omit<UsedFile, 'path'> {
  const { seen: _seen, ...shown } = usedFileText(text, secrets);
  const lines = shown.text === text ? linesToMind(path, text) : undefined;
  return { ...shown, ...(lines ? { linesToMind: lines } : {}) };
}
