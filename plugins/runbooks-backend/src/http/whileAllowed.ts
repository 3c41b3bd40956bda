import { AuthenticationError } from '@backstage/errors';

/** How often a stream asks whether it may go on. */
export const ASK_EVERY_MS = 60_000;
/** An answer that does not come is a no. */
const ANSWER_WITHIN_MS = 20_000;

/** How long something may go on. */
export interface Allowance {
  /** Rejects, with the reason, where it may not go on. */
  check(): Promise<unknown>;
  /** When what the person signed in with is good no more. */
  expiresAt?: Date;
  everyMs?: number;
}

/**
 * A signal that aborts, with the reason, as soon as `check` says no: when it rejects, or does not answer within twenty
 * seconds. It is asked each minute and at the moment of expiry, not at the beginning. Nothing is asked after `until`
 * has aborted.
 *
 * So what was allowed when it began ends at most 80 seconds after it is not allowed any more.
 */
export function whileAllowed(
  { check, expiresAt, everyMs = ASK_EVERY_MS }: Allowance,
  until: AbortSignal,
): AbortSignal {
  const denied = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const ask = async (): Promise<void> => {
    try {
      if (expiresAt && expiresAt.getTime() <= Date.now()) {
        throw new AuthenticationError('Your sign-in has expired');
      }
      await answered(check());
      // The viewer may have gone while somebody answered.
      if (!until.aborted) timer = setTimeout(ask, pauseMs(everyMs, expiresAt));
    } catch (error) {
      denied.abort(error);
    }
  };
  timer = setTimeout(ask, pauseMs(everyMs, expiresAt));
  until.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return denied.signal;
}

function pauseMs(everyMs: number, expiresAt: Date | undefined): number {
  const untilExpiry = expiresAt ? expiresAt.getTime() - Date.now() : Infinity;
  return Math.min(everyMs, Math.max(untilExpiry, 0));
}

async function answered(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('Nobody answered whether you may still see this')),
      ANSWER_WITHIN_MS,
    );
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
