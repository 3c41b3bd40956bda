import { ResponseError } from '@backstage/errors';

const REFUSALS = [401, 403, 404];

/**
 * The server has answered that the person may not see this, or that it is not there: asking again by itself changes
 * nothing.
 */
export function isRefusal(error: Error): error is ResponseError {
  return error instanceof ResponseError && REFUSALS.includes(error.statusCode);
}
