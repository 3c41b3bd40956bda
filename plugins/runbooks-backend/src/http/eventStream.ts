import type { Request, Response } from 'express';

const HEARTBEAT_MS = 15_000;

/**
 * A stream of server-sent events. Marked `no-transform`, because compression would hold events back. Ends when the
 * client goes or the source ends.
 */
export async function sendEventStream<T>(
  req: Request,
  res: Response,
  source: (signal: AbortSignal) => AsyncIterable<T>,
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
  try {
    for await (const message of source(gone.signal)) {
      if (gone.signal.aborted) break;
      const flowing = res.write(`data: ${JSON.stringify(message)}\n\n`);
      if (!flowing) await drained(res, gone.signal);
    }
  } catch (error) {
    if (!gone.signal.aborted) {
      res.write(
        `event: failed\ndata: ${JSON.stringify({
          message: String((error as Error).message),
        })}\n\n`,
      );
    }
  } finally {
    clearInterval(heartbeat);
    res.end();
  }
}

function drained(res: Response, gone: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    res.once('drain', resolve);
    gone.addEventListener('abort', () => resolve(), { once: true });
  });
}
