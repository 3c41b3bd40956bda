import { ResponseError } from '@backstage/errors';
import {
  EventStreamContentType,
  fetchEventSource,
} from '@microsoft/fetch-event-source';
import { backoffMs } from './backoff';
import { isRefusal } from './isRefusal';

/**
 * Following something on the server: one place for streams, reconnecting and the fallback.
 *
 * A stream of server-sent events is opened first. When it cannot be opened, or stays silent longer than the server
 * ever is, the same thing is polled until a stream opens again. The listener is told by which way messages arrive
 * and, when none arrives, since when: what was shown before is then stale, and screens must say so.
 *
 * When the server answers that the person may not see it, or that it is not there, following ends: that answer stays
 * the same until somebody changes it, and screens say it quietly. Other failures are tried again after 1 s and then
 * more and more seldom, at last once a minute.
 *
 * A page that nobody looks at gives its connection back after a while, because browsers allow only a few to one
 * server; it begins again, with the whole state, when it is looked at.
 *
 * Not guaranteed: that every message of the server arrives. Each message must therefore be complete in itself or
 * carry an offset by which the receiver finds holes.
 */

/** How messages arrive right now. @public */
export type StreamConnection =
  | { kind: 'connecting' }
  | { kind: 'streaming' }
  | { kind: 'polling' }
  | { kind: 'lost'; since: string; error: Error }
  /** Following has ended; what was shown may not be shown any more. */
  | { kind: 'denied'; error: Error };

/** @public */
export interface StreamListener<T> {
  onMessage(message: T): void;
  onConnection?(connection: StreamConnection): void;
}

/** @public */
export interface FollowStreamOptions<T> {
  /** Address of the stream; asked again before every attempt. */
  url: () => Promise<string>;
  /** Carries the person's token. */
  fetch: typeof fetch;
  /** Reads the whole state once, for when there is no stream. */
  poll: () => Promise<T>;
  listener: StreamListener<T>;
  /** A stream silent for longer is given up. The server sends a sign of life every 15 seconds. */
  silentAfterMs?: number;
  pollEveryMs?: number;
  /** First pause after a failure; doubled up to a minute. */
  retryAfterMs?: number;
  /** A number from 0 to 1 that shortens a pause by up to a half. */
  jitter?: () => number;
  /** How long a hidden page keeps its stream. */
  hiddenForMs?: number;
}

const SILENT_AFTER_MS = 40_000;
const POLL_EVERY_MS = 5_000;
/** Browsers open six connections to a server over HTTP/1.1: whoever opens tab after tab needs them at once. */
const HIDDEN_FOR_MS = 5_000;
/** A stream that is cut sooner counts as failed, though it brought something. */
const LASTING_MS = 5_000;

/** Starts following and returns the function that stops it. Never throws. @public */
export function followStream<T>(options: FollowStreamOptions<T>): () => void {
  const stop = new AbortController();
  const report = connectionReporter(options.listener);
  report({ kind: 'connecting' });
  follow(options, report, stop.signal).catch(() => undefined);
  return () => stop.abort();
}

type Report = (connection: StreamConnection) => void;

async function follow<T>(
  options: FollowStreamOptions<T>,
  report: Report,
  signal: AbortSignal,
) {
  let streamsFailed = 0;
  let pollsFailed = 0;
  while (!signal.aborted) {
    const openedAt = Date.now();
    const end = await streamOnce(options, report, signal);
    if (signal.aborted) return;
    if (end.kind === 'denied') {
      report(end);
      return;
    }
    if (isHidden()) {
      report({ kind: 'connecting' });
      await shownAgain(signal);
      continue;
    }
    const hasLasted =
      end.kind === 'delivered' && Date.now() - openedAt > LASTING_MS;
    streamsFailed = hasLasted ? 1 : streamsFailed + 1;
    const until = Date.now() + pauseMs(streamsFailed, options);
    do {
      const answer = await pollOnce(options);
      if (signal.aborted) return;
      report(answer.connection);
      if (answer.connection.kind === 'denied') return;
      if (answer.kind === 'answered') options.listener.onMessage(answer.value);
      pollsFailed = answer.kind === 'answered' ? 0 : pollsFailed + 1;
      await pause(
        pollsFailed > 0
          ? pauseMs(pollsFailed, options)
          : Math.min(
              options.pollEveryMs ?? POLL_EVERY_MS,
              Math.max(until - Date.now(), 0),
            ),
        signal,
      );
    } while (!signal.aborted && Date.now() < until);
  }
}

function pauseMs(failures: number, options: FollowStreamOptions<unknown>) {
  const { jitter = Math.random, retryAfterMs } = options;
  return backoffMs(failures, jitter(), retryAfterMs);
}

type StreamEnd =
  | { kind: 'delivered' }
  | { kind: 'nothing' }
  | { kind: 'denied'; error: Error };

/** Resolves when the stream has ended for whatever reason: whether it had delivered anything, or was denied. */
async function streamOnce<T>(
  options: FollowStreamOptions<T>,
  report: Report,
  signal: AbortSignal,
): Promise<StreamEnd> {
  const attempt = new AbortController();
  const stopAttempt = () => attempt.abort();
  signal.addEventListener('abort', stopAttempt);
  const stopWatchingHidden = watchHidden(
    options.hiddenForMs ?? HIDDEN_FOR_MS,
    stopAttempt,
  );
  const silence = watchSilence(
    options.silentAfterMs ?? SILENT_AFTER_MS,
    stopAttempt,
  );
  let end: StreamEnd = { kind: 'nothing' };
  try {
    await endedOrAborted(
      fetchEventSource(await options.url(), {
        fetch: options.fetch,
        signal: attempt.signal,
        openWhenHidden: true,
        async onopen(response) {
          if (!response.ok) throw await ResponseError.fromResponse(response);
          const type = response.headers.get('content-type') ?? '';
          if (!type.startsWith(EventStreamContentType)) {
            throw new Error(`no stream but '${type}'`);
          }
        },
        onmessage(message) {
          silence.heard();
          if (message.data === '') return;
          // The server's last word before it ends the stream: a reason, not a message of the source.
          if (message.event === 'failed') throw new Error(message.data);
          end = { kind: 'delivered' };
          report({ kind: 'streaming' });
          options.listener.onMessage(JSON.parse(message.data) as T);
        },
        onclose() {
          throw new Error('the stream was closed');
        },
        onerror(error) {
          // Without a throw the library would retry by itself and never poll.
          throw error;
        },
      }),
      attempt.signal,
    );
  } catch (error) {
    // Every other end of a stream is followed by polling, which reports what is wrong.
    if (error instanceof Error && isRefusal(error)) {
      end = { kind: 'denied', error };
    }
  } finally {
    silence.stop();
    stopWatchingHidden();
    signal.removeEventListener('abort', stopAttempt);
  }
  return end;
}

function endedOrAborted(ended: Promise<void>, signal: AbortSignal) {
  return Promise.race([
    ended,
    new Promise<void>(resolve => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  ]);
}

type PollAnswer<T> =
  | { kind: 'answered'; value: T; connection: StreamConnection }
  | { kind: 'failed'; connection: StreamConnection };

async function pollOnce<T>(
  options: FollowStreamOptions<T>,
): Promise<PollAnswer<T>> {
  try {
    const value = await options.poll();
    return { kind: 'answered', value, connection: { kind: 'polling' } };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return {
      kind: 'failed',
      connection: isRefusal(error)
        ? { kind: 'denied', error }
        : { kind: 'lost', since: new Date().toISOString(), error },
    };
  }
}

/** Reports changes only, and keeps the first moment of a loss. */
function connectionReporter<T>(listener: StreamListener<T>): Report {
  let last: StreamConnection | undefined;
  return connection => {
    if (last?.kind === connection.kind) return;
    last = connection;
    listener.onConnection?.(connection);
  };
}

function watchSilence(silentAfterMs: number, onSilent: () => void) {
  let timer = setTimeout(onSilent, silentAfterMs);
  return {
    heard() {
      clearTimeout(timer);
      timer = setTimeout(onSilent, silentAfterMs);
    },
    stop: () => clearTimeout(timer),
  };
}

function isHidden() {
  return document.visibilityState === 'hidden';
}

/** Calls back once the page has been hidden for so long; returns the function that ends the watch. */
function watchHidden(hiddenForMs: number, onHidden: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (isHidden()) timer = setTimeout(onHidden, hiddenForMs);
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

function shownAgain(signal: AbortSignal) {
  return new Promise<void>(resolve => {
    const look = () => {
      if (isHidden() && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}

function pause(durationMs: number, signal: AbortSignal) {
  return new Promise<void>(resolve => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
