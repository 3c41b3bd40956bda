import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EvidenceLine } from '@backstage-runbooks/plugin-runbooks-common';
import type { Response } from 'express';

/**
 * Sends lines as a file to be saved, as fast as the client takes them and no faster; reads nothing more once it is gone.
 *
 * What fails before the first line is thrown and can be answered. What fails later ends the connection, so that half an
 * export never looks like a whole one.
 *
 * @returns how many lines were sent, and whether the client took all of them.
 */
export async function sendEvidence(
  res: Response,
  fileName: string,
  lines: AsyncGenerator<EvidenceLine>,
): Promise<{ lines: number; complete: boolean }> {
  const first = await lines.next();
  let count = 0;
  async function* texts() {
    try {
      if (first.done) return;
      count += 1;
      yield `${JSON.stringify(first.value)}\n`;
      for await (const line of lines) {
        count += 1;
        yield `${JSON.stringify(line)}\n`;
      }
    } finally {
      await lines.return(undefined);
    }
  }
  res.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
  res.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  res.setHeader('Cache-Control', 'no-store');
  try {
    await pipeline(Readable.from(texts(), { highWaterMark: 4 }), res);
    return { lines: count, complete: true };
  } catch {
    await lines.return(undefined);
    return { lines: count, complete: false };
  }
}
