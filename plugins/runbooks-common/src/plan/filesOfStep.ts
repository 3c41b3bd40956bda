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
}

/**
 * The scripts and manifests that the words of a step name, and those that these name in turn: what is read to judge it,
 * in that order. Those that an earlier step changed are not among them, for they are shown by their differences.
 *
 * @public
 */
export function filesOfStep(task: BindTask, asked: BindQuestions): UsedFiles {
  const texts = new Map<string, string>();
  bindTask(task, {
    ...asked,
    fileText: path => {
      const text = asked.fileText(path);
      const real = asked.realPath(path) ?? path;
      if (text !== undefined) texts.set(real, text);
      return text;
    },
  });
  const unchanged = [...texts].filter(([path]) => !asked.changedFile(path));
  const secrets = new SecretForms(task.secrets);
  return {
    files: unchanged.slice(0, MAX_FILES).map(([path, text]) => ({
      path: asked.shownPath(path),
      ...shownText(text, secrets),
    })),
    more: Math.max(0, unchanged.length - MAX_FILES),
  };
}

function shownText(text: string, secrets: SecretForms): Omit<UsedFile, 'path'> {
  const keysOnly = withoutSecretValues(text);
  const redactor = createRedactor({ secrets });
  const beginning = keysOnly.text.slice(0, MAX_FILE_LENGTH);
  const shown = redactor.push(beginning) + redactor.flush();
  return {
    text: shown,
    whole: keysOnly.text.length <= MAX_FILE_LENGTH,
    hidesValues: keysOnly.hides || shown !== beginning,
  };
}
