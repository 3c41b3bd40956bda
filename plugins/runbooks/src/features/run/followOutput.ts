import type { OutputPage } from '@backstage-runbooks/plugin-runbooks-common';
import { backoffMs } from '../../api/backoff';
import { isRefusal } from '../../api/isRefusal';
import type { OutputFeed } from './OutputFeed';
import { appendOutput, continues, type OutputBuffer } from './outputBuffer';

const POLL_EVERY_MS = 3_000;

/**
 * Reads the output of one attempt to its end, and on while it grows; returns the function that stops it.
 *
 * Pieces of the stream are taken when they fit; a hole is filled from the server, and a slow poll stands in for a
 * stream that brings nothing. A refusal ends reading; other failures are tried again more and more seldom.
 */
export function followOutput(options: {
  attempt: { stepId: string; attempt: number };
  isGrowing: boolean;
  feed: OutputFeed;
  read: (offset: number) => Promise<OutputPage>;
  held: () => OutputBuffer;
  keep: (buffer: OutputBuffer) => void;
  /** Undefined when reading works again. */
  onError: (error: Error | undefined) => void;
}): () => void {
  const { attempt, isGrowing, feed, read, held, keep, onError } = options;
  let isStopped = false;
  let isReading = false;
  let hasHeard = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;

  const readOn = async () => {
    if (isStopped || isReading || held().complete) return;
    isReading = true;
    try {
      for (let more = true; more; ) {
        const offset = held().end;
        const page = await read(offset);
        if (isStopped) return;
        failures = 0;
        onError(undefined);
        keep(appendOutput(held(), page));
        more = !page.complete && page.nextOffset > offset;
      }
    } catch (thrown) {
      const error = thrown as Error;
      if (isStopped) return;
      failures += 1;
      onError(error);
      if (isRefusal(error)) stop();
    } finally {
      isReading = false;
    }
  };
  const unsubscribe = feed.subscribe(piece => {
    if (piece.stepId !== attempt.stepId || piece.attempt !== attempt.attempt) {
      return;
    }
    hasHeard = true;
    if (!isReading && continues(held(), piece)) {
      keep(appendOutput(held(), piece));
    } else {
      readOn();
    }
  });
  const look = () => {
    const pauseMs =
      failures > 0 ? backoffMs(failures, Math.random()) : POLL_EVERY_MS;
    timer = setTimeout(async () => {
      if ((isGrowing && !hasHeard) || failures > 0) await readOn();
      hasHeard = false;
      if (!isStopped && !held().complete) look();
    }, pauseMs);
  };
  function stop() {
    isStopped = true;
    unsubscribe();
    clearTimeout(timer);
  }
  readOn().then(() => {
    if (!isStopped && !held().complete) look();
  });
  return stop;
}
