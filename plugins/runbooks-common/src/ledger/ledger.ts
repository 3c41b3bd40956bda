import type { RecordedRunEvent, RunEvent } from '../run/model';
import type { Instant } from '../time';
import { canonicalText, sha256Hex } from './digest';

/**
 * The ledger of a run is the list of its events, each hashed together with the hash of the one before.
 *
 * What it proves: no event was changed, removed from the middle, added or reordered, as long as the last hash is
 * known from elsewhere. What it does not prove by itself: that the newest events were not cut off; compare the
 * head with one that was exported or sealed earlier.
 *
 * The canonical text is what is hashed and what is stored. Outputs enter by digest and size only.
 */

/** The hash before the first event. @public */
export const GENESIS_HASH = '0'.repeat(64);

/** Where a ledger stands: the number of its events and the hash of the last. @public */
export interface LedgerHead {
  eventCount: number;
  hash: string;
}

/** The head of a ledger without events. @public */
export const EMPTY_LEDGER: LedgerHead = { eventCount: 0, hash: GENESIS_HASH };

/** A recorded event with the exact text that was hashed. @public */
export interface LedgerEntry extends RecordedRunEvent {
  /** RFC 8785 text of `{ at, event, previousHash, runId, seq }`. */
  text: string;
}

/** Chains events behind a head, in order. @public */
export function chainEvents(
  runId: string,
  head: LedgerHead,
  events: readonly RunEvent[],
  at: Instant,
): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let previousHash = head.hash;
  let seq = head.eventCount;
  for (const event of events) {
    const text = canonicalText({ runId, seq, at, event, previousHash });
    const hash = sha256Hex(text);
    entries.push({ runId, seq, at, event, previousHash, hash, text });
    previousHash = hash;
    seq += 1;
  }
  return entries;
}

/** The head after these entries. @public */
export function headOf(entries: readonly LedgerEntry[]): LedgerHead {
  const last = entries[entries.length - 1];
  return last ? { eventCount: last.seq + 1, hash: last.hash } : EMPTY_LEDGER;
}

/** Whether a chain holds, and if not, its first broken link. @public */
export type LedgerVerification =
  | { intact: true; head: string }
  | { intact: false; brokenAt: number; message: string };

/**
 * Checks stored entries from the first on: order, links, hashes, and that each text says what its entry says.
 *
 * @param expected - A head known from elsewhere; a ledger that ends earlier or otherwise is broken.
 *
 * @public
 */
export function verifyLedger(
  entries: ReadonlyArray<Omit<LedgerEntry, 'event'>>,
  expected?: LedgerHead,
): LedgerVerification {
  let previousHash = GENESIS_HASH;
  for (const [index, entry] of entries.entries()) {
    const broken = brokenLink(entry, index, previousHash);
    if (broken) return { intact: false, brokenAt: index, message: broken };
    previousHash = entry.hash;
  }
  if (expected && expected.eventCount !== entries.length) {
    return {
      intact: false,
      brokenAt: Math.min(entries.length, expected.eventCount),
      message: `the ledger has ${entries.length} events, expected ${expected.eventCount}`,
    };
  }
  if (expected && expected.hash !== previousHash) {
    return {
      intact: false,
      brokenAt: Math.max(0, entries.length - 1),
      message: 'the last hash is not the one that was known before',
    };
  }
  return { intact: true, head: previousHash };
}

function brokenLink(
  entry: Omit<LedgerEntry, 'event'>,
  index: number,
  previousHash: string,
): string | undefined {
  if (entry.seq !== index) {
    return `event ${index} is missing: found number ${entry.seq} in its place`;
  }
  if (entry.previousHash !== previousHash) {
    return `event ${index} does not follow the one before: its link is another hash`;
  }
  if (sha256Hex(entry.text) !== entry.hash) {
    return `event ${index} was changed: its text does not have its hash`;
  }
  const said = parsed(entry.text);
  const same =
    said?.runId === entry.runId &&
    said.seq === entry.seq &&
    said.at === entry.at &&
    said.previousHash === entry.previousHash;
  return same
    ? undefined
    : `event ${index} was changed: its text tells another place in the ledger`;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
