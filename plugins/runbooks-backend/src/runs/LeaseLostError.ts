import { CustomErrorBase } from '@backstage/errors';

/**
 * Another worker has the run, or the attempt has ended: what comes from this one is not stored any more. Whoever gets
 * it ends the attempt and records nothing.
 */
export class LeaseLostError extends CustomErrorBase {
  override name = 'LeaseLostError' as const;
}

/** Compares by name, because errors may come from another copy of this file. */
export function isLeaseLost(error: unknown): boolean {
  return error instanceof Error && error.name === 'LeaseLostError';
}
