import { InputError } from '@backstage/errors';

/** A place in a list ordered by time and id, as an opaque text. */
export function encodeCursor(startedAt: string, id: string): string {
  return Buffer.from(`${startedAt} ${id}`).toString('base64url');
}

/** @throws InputError for a text that is not a cursor. */
export function decodeCursor(cursor: string): {
  startedAt: string;
  id: string;
} {
  const text = Buffer.from(cursor, 'base64url').toString();
  const match =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36})$/.exec(text);
  if (!match) {
    throw new InputError(
      `'${cursor}' is not a cursor; expected the nextCursor of the page before`,
    );
  }
  return { startedAt: match[1], id: match[2] };
}
