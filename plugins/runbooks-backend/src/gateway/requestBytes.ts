import type { IncomingMessage } from 'node:http';

/** The API server itself takes 3 MiB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The body of a request. */
export type RequestBytes =
  | { kind: 'whole'; bytes: Buffer }
  | { kind: 'too-large'; bytes: Buffer };

/** Reads the whole body, empty for a GET; beyond 8 MiB it is read to its end and thrown away. Rejects when the sender goes away. */
export async function requestBytes(
  req: IncomingMessage,
): Promise<RequestBytes> {
  if (req.method === 'GET' || req.method === 'HEAD') {
    return { kind: 'whole', bytes: Buffer.alloc(0) };
  }
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
