import type { IncomingMessage } from 'node:http';

/** The API server itself takes 3 MiB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The body of a request. */
export type RequestBytes =
  | { kind: 'whole'; bytes: Buffer }
  | { kind: 'too-large'; bytes: Buffer };

/** Smaller bodies are not counted, so that they never wait for large ones. */
const UNCOUNTED_BYTES = 64 * 1024;

/**
 * Reads the whole body, empty for a GET; beyond 8 MiB it is read to its end and thrown away. Rejects when the sender
 * goes away, and with nothing read where `hold` rejects.
 *
 * @param hold - Waits until so many bytes may be held in memory. It is asked once, for all that the body may have:
 *   bodies that each hold a part, and wait for one another, would never end.
 */
export async function requestBytes(
  req: IncomingMessage,
  hold: (bytes: number) => Promise<void>,
): Promise<RequestBytes> {
  if (req.method === 'GET' || req.method === 'HEAD') {
    return { kind: 'whole', bytes: Buffer.alloc(0) };
  }
  const most = Math.min(announcedBytes(req), MAX_BODY_BYTES);
  if (most > UNCOUNTED_BYTES) await hold(most);
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks = [];
  }
  return {
    kind: size > MAX_BODY_BYTES ? 'too-large' : 'whole',
    bytes: Buffer.concat(chunks),
  };
}

/** A body that comes in pieces says nothing. */
function announcedBytes({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return Infinity;
  return Number(headers['content-length'] ?? 0);
}
