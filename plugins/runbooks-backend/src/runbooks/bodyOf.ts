import type { UrlReaderServiceReadUrlResponse } from '@backstage/backend-plugin-api';

/** The content of an answer; of one that is larger than `maxBytes`, no more than shows that it is. */
export async function bodyOf(
  response: UrlReaderServiceReadUrlResponse,
  maxBytes: number,
): Promise<Buffer> {
  if (!response.stream) return response.buffer();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stream = response.stream();
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    bytes += (chunk as Uint8Array).length;
    // Leaving the loop ends the stream.
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks);
}
