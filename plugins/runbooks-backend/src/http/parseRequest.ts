import { InputError } from '@backstage/errors';
import type { z } from 'zod/v4';

/** What a schema makes of a request's body or query. @throws InputError with place, value and expectation. */
export function parseRequest<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  const unstorable = unstorableIn(value, []);
  if (unstorable) throw new InputError(unstorable);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'the request'}: ${issue.message}`,
  );
  throw new InputError(problems.join('; '));
}

/** Deeper requests than this are none of ours. */
const MAX_DEPTH = 20;
/** NUL, and halves of a character that stand alone: no text for a database, bash or a digest. */
const NO_TEXT =
  /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What in a request can be neither stored nor handed on, with its place; undefined where there is nothing such. */
function unstorableIn(
  value: unknown,
  place: readonly string[],
): string | undefined {
  const at = place.join('.') || 'the request';
  if (place.length > MAX_DEPTH)
    return `${at}: is nested more than ${MAX_DEPTH} levels deep`;
  if (typeof value === 'string') {
    const found = NO_TEXT.exec(value);
    return found
      ? `${at}: holds ${named(found[0])} at character ${
          found.index + 1
        }; expected text without NUL and without halves of characters`
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__')
      return `${at}: has the key "__proto__"; expected a key that is no part of every object`;
    const problem = NO_TEXT.test(key)
      ? `${at}: has the key ${JSON.stringify(
          key,
        )}; expected text without NUL and without halves of characters`
      : unstorableIn(inner, [...place, key]);
    if (problem) return problem;
  }
  return undefined;
}

function named(character: string): string {
  return `U+${character
    .charCodeAt(0)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')}`;
}
