import { createHash } from 'node:crypto';
import {
  GENESIS_HASH,
  type LedgerEntry,
  type LedgerHead,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { RunEventRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import { ALTERED } from './HeadMac';
import { instantOf } from './instantOf';
import { readText } from './readText';

/**
 * The entries of a ledger from its rows, from the first on, where they are exactly those that the head covers: each text
 * has its hash, says what its row says and follows the one before, and the last one is the head.
 *
 * @throws AlteredLedgerError with the first place where that is not so.
 */
export function chainedEntries(
  runId: string,
  rows: readonly RunEventRow[],
  head: LedgerHead,
): LedgerEntry[] {
  let previousHash = GENESIS_HASH;
  const entries = rows.map((row, index) => {
    const entry = chainedEntry(runId, row, index, previousHash);
    previousHash = entry.hash;
    return entry;
  });
  if (entries.length !== head.eventCount || previousHash !== head.hash) {
    throw new AlteredLedgerError(
      `${ALTERED}: ${entries.length} events do not end in its head`,
    );
  }
  return entries;
}

function chainedEntry(
  runId: string,
  row: RunEventRow,
  index: number,
  previousHash: string,
): LedgerEntry {
  const { canonical_text: text, hash } = row;
  const said =
    hash === hashOf(text) ? (readText(text) as Said | undefined) : undefined;
  const isInPlace =
    row.seq === index &&
    said?.seq === index &&
    said.runId === runId &&
    said.at === instantOf(row.at) &&
    said.previousHash === previousHash;
  if (!isInPlace) {
    throw new AlteredLedgerError(
      `${ALTERED}: event ${index} is not what stood there`,
    );
  }
  return { ...said, hash, text };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

interface Said {
  runId: string;
  seq: number;
  at: string;
  event: RunEvent;
  previousHash: string;
}
