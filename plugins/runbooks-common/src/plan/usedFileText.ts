import { createRedactor } from '../redaction/createRedactor';
import type { SecretForms } from '../redaction/SecretForms';
import { withoutSecretValues } from '../run/withoutSecretValues';

/** Of one file; what is longer is cut. */
const MAX_FILE_LENGTH = 64 * 1024;

/** What an approver is shown of a file that a step uses. */
export interface UsedFileText {
  /** Values of Secrets and secret values are hidden in it. */
  text: string;
  /** False where it is only the beginning, the first 64 KiB. */
  whole: boolean;
  hidesValues: boolean;
  /**
   * How much of it is seen by whoever reads this: all, all but values of Secrets in a manifest, which may be hidden only
   * in a file that is one, or not all.
   */
  seen: 'all' | 'all-but-values' | 'not-all';
}

/** The text of a used file as an approver sees it. */
export function usedFileText(text: string, secrets: SecretForms): UsedFileText {
  const keysOnly = withoutSecretValues(text);
  const { shown, whole } = redactedBeginning(keysOnly.text, secrets);
  const isSeen = whole && shown === keysOnly.text && keysOnly.onlyValues;
  return {
    text: shown,
    whole,
    hidesValues: keysOnly.hides || !keysOnly.text.startsWith(shown),
    seen: isSeen ? seenOf(keysOnly.hides) : 'not-all',
  };
}

function seenOf(hides: boolean): UsedFileText['seen'] {
  return hides ? 'all-but-values' : 'all';
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
