import { createRedactor } from '../redaction/createRedactor';
import { SecretForms } from '../redaction/SecretForms';
import { withoutSecretValues } from '../run/withoutSecretValues';
import { bindTask, type BindQuestions, type BindTask } from './bindTask';

/** Of one file; what is longer is cut. */
const MAX_FILE_LENGTH = 64 * 1024;
const MAX_FILES = 32;

/** A script or manifest that a step uses, as git has it. @public */
export interface UsedFile {
  path: string;
  /** Values of secrets are hidden in it. */
  text: string;
  /** False where it is only the beginning, the first 64 KiB. */
  whole: boolean;
  hidesValues: boolean;
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
    files: unchanged.slice(0, MAX_FILES).map(([path, text]) => ({
      path: asked.shownPath(path),
      ...shownText(text, secrets),
    })),
    more: beyond(unchanged) + beyond(unseen),
    unseen: unseen.slice(0, MAX_FILES).map(path => asked.shownPath(path)),
  };
}

function beyond(found: readonly unknown[]): number {
  return Math.max(0, found.length - MAX_FILES);
}

function shownText(text: string, secrets: SecretForms): Omit<UsedFile, 'path'> {
  const keysOnly = withoutSecretValues(text);
  const { shown, whole } = redactedBeginning(keysOnly.text, secrets);
  return {
    text: shown,
    whole,
    hidesValues: keysOnly.hides || !keysOnly.text.startsWith(shown),
  };
}

/** Cut after values are hidden: of one that crosses the border, the part in front of it could not be told any more. */
function redactedBeginning(text: string, secrets: SecretForms) {
  const redactor = createRedactor({ secrets });
  let shown = '';
  for (let at = 0; at < text.length; at += MAX_FILE_LENGTH) {
    shown += redactor.push(text.slice(at, at + MAX_FILE_LENGTH));
    if (shown.length > MAX_FILE_LENGTH) {
      return { shown: shown.slice(0, MAX_FILE_LENGTH), whole: false };
    }
  }
  shown += redactor.flush();
  const whole = shown.length <= MAX_FILE_LENGTH;
  return { shown: whole ? shown : shown.slice(0, MAX_FILE_LENGTH), whole };
}
