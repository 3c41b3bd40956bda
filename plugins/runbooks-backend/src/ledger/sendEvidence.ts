import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EvidenceLine } from '@backstage-runbooks/plugin-runbooks-common';
import type { Response } from 'express';
import { Patience, type EvidenceCut, type ExportTimes } from './Patience';

const DEFAULT_TIMES: ExportTimes = {
  longestMs: 3_600_000,
  stalledMs: 60_000,
};

/**
 * Sends lines as a file to be saved, as fast as the client takes them and no faster; reads nothing more once it is gone.
 * A client that takes nothing for a minute, or has not taken everything after an hour, is cut off.
 *
 * What fails before the first line is thrown and can be answered. What fails later ends the connection, so that half an
 * export never looks like a whole one.
 *
 * @returns how many lines were sent, and whether the client took all of them, or why not.
 */
export async function sendEvidence(
  res: Response,
  fileName: string,
  lines: AsyncGenerator<EvidenceLine>,
  times: ExportTimes = DEFAULT_TIMES,
): Promise<
  | { lines: number; complete: true }
  | { lines: number; complete: false; because: EvidenceCut }
> {
  const first = await lines.next();
  const patience = new Patience(times);
  let count = 0;
  async function* texts() {
    try {
      for (let line = first; !line.done; line = await lines.next()) {
        count += 1;
        patience.renew();
        yield `${JSON.stringify(line.value)}\n`;
      }
    } finally {
      await lines.return(undefined);
    }
  }
  res.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
  res.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  res.setHeader('Cache-Control', 'no-store');
  try {
    await pipeline(Readable.from(texts(), { highWaterMark: 4 }), res, {
      signal: patience.signal,
    });
    return { lines: count, complete: true };
  } catch {
    await lines.return(undefined);
    return { lines: count, complete: false, because: patience.lostBecause() };
  } finally {
    patience.end();
  }
}
