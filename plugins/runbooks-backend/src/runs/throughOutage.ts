import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from './backOff';
import { CONNECTION_CODES } from './connectionCodes';

/** What is known and not stored yet is kept for this long, then it is lost. */
const PATIENCE_MS = 600_000;
const LONGEST_PAUSE_MS = 2_000;

/** Of connections: of the system, of Postgres (shutdown, crash, start, too many), of the pool. */
const AWAY_CODES = new Set<string>([
  ...CONNECTION_CODES,
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);

/**
 * Does something in the database, again and again while the database is away, for ten minutes at most. It may have
 * happened although the connection broke before the answer: `act` must do no harm the second time.
 *
 * @throws any other error at once
 */
export async function throughOutage<T>(
  act: () => Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const startedAt = performance.now();
  for (let failures = 1; ; failures += 1) {
    try {
      return await act();
    } catch (error) {
      const waitedMs = performance.now() - startedAt;
      if (!isDatabaseAway(error) || waitedMs > patienceMs) throw error;
      await delay(Math.min(LONGEST_PAUSE_MS, backOffMs(failures)));
    }
  }
}

/** Whether an error says that the database could not be reached, and nothing about what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return AWAY_CODES.has(code);
  return (
    error.name === 'KnexTimeoutError' ||
    // These errors of `pg` and `knex` have nothing but a text.
    /Connection terminated|Connection ended|timeout expired/.test(error.message)
  );
}
