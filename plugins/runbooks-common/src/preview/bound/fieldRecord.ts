import { LAST_APPLIED } from '../../gateway/lossProblem';
import { sha256Hex } from '../../ledger/digest';
import type { PlaceStep } from '../place';
import { textOf } from '../shownValue';

/** Where kubectl notes what it applied. */
const NOTE = ['metadata', 'annotations', LAST_APPLIED];
export const NOTE_PLACE = JSON.stringify(NOTE);

const VALUES_OF_SECRETS = /^(?:data|stringData)$/;
/** Longer values are kept by their digest. */
const MAX_KEPT_LENGTH = 200;

/**
 * A value as a record, the same for the same values only; undefined where there is none. Of a value of a Secret, and of
 * kubectl's note of what it applied, that they are there is all that counts.
 */
export function fieldRecord(
  steps: readonly PlaceStep[],
  value: unknown,
  isSecret: boolean,
): string | undefined {
  if (value === undefined) return undefined;
  if (isSecret && VALUES_OF_SECRETS.test(String(steps[0]))) return 'hidden';
  if (isNote(steps)) return 'note';
  const text = textOf(value) ?? '';
  return text.length > MAX_KEPT_LENGTH
    ? `${typeof value}#${sha256Hex(text.toWellFormed())}`
    : `${typeof value}=${text}`;
}

function isNote(steps: readonly PlaceStep[]): boolean {
  return (
    steps.length === NOTE.length &&
    NOTE.every((key, index) => steps[index] === key)
  );
}
