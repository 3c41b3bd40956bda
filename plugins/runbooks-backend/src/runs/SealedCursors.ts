import { InputError } from '@backstage/errors';
import type { SecretBox } from '../workspaces/SecretBox';

/**
 * Cursors as people get them: encrypted, for one person. The run that a page ended at may be one that whoever gets hold
 * of it may not see, and its id and time are in the cursor.
 */
export class SealedCursors {
  readonly #box: Pick<SecretBox, 'seal' | 'open'>;

  constructor(box: Pick<SecretBox, 'seal' | 'open'>) {
    this.#box = box;
  }

  seal(cursor: string, userRef: string): string {
    return this.#box
      .seal(Buffer.from(cursor), contextOf(userRef))
      .toString('base64url');
  }

  /** @throws InputError for a text that is no cursor of this person. */
  open(sealed: string, userRef: string): string {
    try {
      return this.#box
        .open(Buffer.from(sealed, 'base64url'), contextOf(userRef))
        .toString();
    } catch {
      throw new InputError(
        `'${sealed}' is not a cursor; expected the nextCursor of the page before`,
      );
    }
  }
}

function contextOf(userRef: string): string {
  return `cursor of ${userRef}`;
}
