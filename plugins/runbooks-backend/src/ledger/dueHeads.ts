import {
  GENESIS_HASH,
  sha256Hex,
  type RunHead,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import type { HeadMac } from './HeadMac';
import { sealedHead } from './storedCheckpoints';
import { HEAD_COLUMNS } from './vouchedLedger';

/** So many runs are sealed by one checkpoint; the rest waits for the next. */
const RUNS_PER_CHECKPOINT = 500;
/**
 * An event may be so much older than the checkpoint that sealed the one before: whoever appends looks at the clock before
 * it waits for the row.
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
 * which that is not so is marked and not looked at again: it would stand in the way of the others.
 */
export async function dueHeads(
  trx: Knex.Transaction,
  macs: HeadMac,
): Promise<DueHeads> {
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
      (await brokenLink(trx, row));
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
): Promise<string | undefined> {
  const { id, event_count: count, sealed_event_count: sealedCount } = row;
  const sealed = await sealedHead(trx, id);
  if ((sealed?.eventCount ?? 0) !== sealedCount) {
    return sealed
      ? `${sealed.eventCount} events of it were sealed in checkpoint ${sealed.number}, its row tells ${sealedCount}`
      : `its row tells that ${sealedCount} events of it were sealed, and no checkpoint holds it`;
  }
  // The last sealed event comes along: what is new must follow from it.
  const first = Math.max(0, sealedCount - 1);
  const links: EventLink[] = await trx('run_events')
    .where({ run_id: id })
    .andWhere('seq', '>=', first)
    .andWhere('seq', '<', count)
    .orderBy('seq')
    .select('seq', 'previous_hash', 'hash', 'canonical_text');
  let earliest = sealed ? Date.parse(sealed.at) - LONGEST_WAIT_MS : -Infinity;
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
    const at = Date.parse(JSON.parse(link.canonical_text).at);
    if (!(at >= earliest)) {
      return `event ${link.seq} tells a time before the events or the checkpoint that it follows`;
    }
    earliest = at;
  }
  const last = links[links.length - 1];
  if (!last) return 'it has no events';
  return last.seq === count - 1 && last.hash === row.head_hash
    ? undefined
    : `event ${last.seq} is not its head`;
}
