import { isError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { whileAllowed, type Allowance } from './whileAllowed';

const HEARTBEAT_MS = 15_000;

/**
 * A stream of server-sent events. Marked `no-transform`, because compression would hold events back. Ends when the
 * client goes, when the source ends, or when `allowance` says no: an event `failed` with name and message comes last
 * then, and after it nothing, not even what the source had ready.
 *
 * The caller has asked once, before the stream began.
 */
export async function sendEventStream<T>(
  req: Request,
  res: Response,
  source: (signal: AbortSignal) => AsyncIterable<T>,
  allowance: Allowance,
): Promise<void> {
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  const heartbeat = setInterval(
    () => res.write(': still here\n\n'),
    HEARTBEAT_MS,
  );
  req.socket.setNoDelay(true);
  const denied = whileAllowed(allowance, gone.signal);
  const ended = AbortSignal.any([gone.signal, denied]);
  try {
    for await (const message of source(ended)) {
      if (ended.aborted) break;
      const flowing = res.write(`data: ${JSON.stringify(message)}\n\n`);
      if (!flowing) await drained(res, ended);
    }
    denied.throwIfAborted();
  } catch (error) {
    if (!gone.signal.aborted) res.write(failure(error));
  } finally {
    clearInterval(heartbeat);
    gone.abort();
    res.end();
  }
}

function failure(error: unknown): string {
  const { name, message } = isError(error)
    ? error
    : { name: 'Error', message: String(error) };
  return `event: failed\ndata: ${JSON.stringify({ name, message })}\n\n`;
}

function drained(res: Response, gone: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    res.once('drain', resolve);
    gone.addEventListener('abort', () => resolve(), { once: true });
  });
}
