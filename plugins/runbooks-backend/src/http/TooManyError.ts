import { CustomErrorBase } from '@backstage/errors';

/** Somebody has as many of something as they may have. Becomes 429; nothing was done. */
export class TooManyError extends CustomErrorBase {
  override name = 'TooManyError' as const;
  /** The status of the answer. */
  readonly status = 429;
}
