import { InputError } from '@backstage/errors';
import type { z } from 'zod/v4';

/** What a schema makes of a request's body or query. @throws InputError with place, value and expectation. */
export function parseRequest<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'the request'}: ${issue.message}`,
  );
  throw new InputError(problems.join('; '));
}
