import { setTimeout as delay } from 'node:timers/promises';

/** Waits, at most until the signal aborts. Never rejects, and does not keep the process alive. */
export async function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
