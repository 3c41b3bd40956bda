import {
  GENESIS_HASH,
  sha256Hex,
  type RunHead,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import type { HeadMac } from './HeadMac';
import { readText } from './readText';
import { lastSealing, sealedHead, type SealedHead } from './storedCheckpoints';
import { HEAD_COLUMNS } from './vouchedLedger';

/** So many runs are sealed by one checkpoint; the rest waits for the next. */
const RUNS_PER_CHECKPOINT = 500;
/**
 * An event may be so much older than the one before or than the checkpoint that sealed that, and so much younger than the
 * one that seals it: whoever appends looks at the clock before it waits for the row, a version before let times go back
 * by that, and the clock of a database is set, or becomes that of its successor.
 */
const LONGEST_WAIT_MS = 600_000;

/** A ledger that this portal did not write, or that does not follow from what was sealed of it. */
export interface BrokenLedger {
  runId: string;
  message: string;
}

/** What is to be sealed, and what cannot be. */
export interface DueHeads {
  heads: RunHead[];
  broken: BrokenLedger[];
  /** So many runs were written with another encryption key; they stay as they are. */
  otherKey: number;
}

/**
 * Heads of the runs that have unsealed events, where the portal vouches for them and their events end in them. A run of
 * which that is not so, or that cannot be read, is marked and not looked at again: it would stand in the way of the others.
 *
 * @param options - `at`: of the checkpoint that is to seal them.
 */
export async function dueHeads(
  trx: Knex.Transaction,
  { macs, keys, at }: { macs: HeadMac; keys: TrustedKeys; at: Date },
): Promise<DueHeads> {
  const clock: SealingClock = {
    at: at.getTime(),
    before: (await lastSealing(trx, keys))?.getTime() ?? -Infinity,
  };
  const due: DueRow[] = await unsealed(trx)
    .whereRaw('(head_mac is null or starts_with(head_mac, ?))', [
      `${macs.keyId}:`,
    ])
    .orderBy('id')
    .limit(RUNS_PER_CHECKPOINT)
    .select([...HEAD_COLUMNS, 'sealed_event_count']);
  const heads: RunHead[] = [];
  const broken: BrokenLedger[] = [];
  for (const row of due) {
    const head = { eventCount: row.event_count, hash: row.head_hash };
    const message =
      macs.faultOf(row.id, head, row.head_mac)?.because ??
      (await brokenLink(trx, row, clock));
    if (message === undefined) {
      heads.push({ runId: row.id, ...head });
    } else {
      broken.push({ runId: row.id, message });
      await trx('runs').where({ id: row.id }).update({ ledger_fault: message });
    }
  }
  const [{ count }] = await unsealed(trx)
    .whereRaw('not starts_with(head_mac, ?)', [`${macs.keyId}:`])
    .count();
  return { heads, broken, otherKey: Number(count) };
}

/** When is sealed, and when was sealed before: the later one, where the clock of the database was set back meanwhile. */
interface SealingClock {
  at: number;
  before: number;
}

type DueRow = Pick<RunRow, 'id' | 'event_count' | 'head_hash' | 'head_mac'> & {
  sealed_event_count: number;
};

interface EventLink {
  seq: number;
  previous_hash: string;
  hash: string;
  canonical_text: string;
}

function unsealed(trx: Knex.Transaction) {
  return trx('runs').whereRaw(
    'event_count > sealed_event_count and ledger_fault is null',
  );
}

/** What does not follow from what was sealed of the run, in words. */
async function brokenLink(
  trx: Knex.Transaction,
  row: DueRow,
  clock: SealingClock,
): Promise<string | undefined> {
  try {
    const sealed = await sealedHead(trx, row.id);
    return (
      countFault(row, sealed) ??
      linkFault(await newLinks(trx, row), row, sealed, clock)
    );
  } catch (error) {
    if (error instanceof AlteredLedgerError) return error.because;
    throw error;
  }
}

function countFault(
  { sealed_event_count: sealedCount }: DueRow,
  sealed: SealedHead | undefined,
): string | undefined {
  if ((sealed?.eventCount ?? 0) === sealedCount) return undefined;
  return sealed
    ? `${sealed.eventCount} events of it were sealed in checkpoint ${sealed.number}, its row tells ${sealedCount}`
    : `its row tells that ${sealedCount} events of it were sealed, and no checkpoint holds it`;
}

/** The last sealed event comes along: what is new must follow from it. */
async function newLinks(
  trx: Knex.Transaction,
  { id, event_count: count, sealed_event_count: sealedCount }: DueRow,
): Promise<EventLink[]> {
  return trx('run_events')
    .where({ run_id: id })
    .andWhere('seq', '>=', Math.max(0, sealedCount - 1))
    .andWhere('seq', '<', count)
    .orderBy('seq')
    .select('seq', 'previous_hash', 'hash', 'canonical_text');
}

function linkFault(
  links: readonly EventLink[],
  { event_count: count, head_hash, sealed_event_count: sealedCount }: DueRow,
  sealed: SealedHead | undefined,
  clock: SealingClock,
): string | undefined {
  const first = Math.max(0, sealedCount - 1);
  const latest = Math.max(clock.at, clock.before) + LONGEST_WAIT_MS;
  // What was appended after the clock was set back is older than what was sealed before.
  let newest = sealed ? Math.min(Date.parse(sealed.at), clock.at) : -Infinity;
  for (const [index, link] of links.entries()) {
    const before = links[index - 1]?.hash ?? GENESIS_HASH;
    const isSealed = link.seq < sealedCount;
    const isFollowing = isSealed
      ? link.hash === sealed?.hash
      : link.previous_hash === before;
    if (link.seq !== first + index) return `event ${first + index} is missing`;
    if (sha256Hex(link.canonical_text) !== link.hash) {
      return `event ${link.seq} was changed`;
    }
    if (!isFollowing) return `event ${link.seq} does not follow the one before`;
    if (isSealed) continue;
    const at = timeIn(link.canonical_text);
    if (!(at >= newest - LONGEST_WAIT_MS)) {
      return `event ${link.seq} tells a time before the events or the checkpoint that it follows`;
    }
    if (at > latest) {
      return `event ${link.seq} tells a time after the checkpoint that would seal it`;
    }
    newest = Math.max(newest, at);
  }
  const last = links[links.length - 1];
  if (!last) return 'it has no events';
  return last.seq === count - 1 && last.hash === head_hash
    ? undefined
    : `event ${last.seq} is not its head`;
}

/** Not a number where it tells none. */
function timeIn(text: string): number {
  const said = readText(text) as { at?: string } | undefined;
  return Date.parse(said?.at ?? '');
}
