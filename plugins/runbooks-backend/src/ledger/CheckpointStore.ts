import {
  GENESIS_HASH,
  nextCheckpoint,
  sha256Hex,
  type Checkpoint,
  type RunHead,
  type Tombstone,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';

/** So many runs are sealed by one checkpoint; the rest waits for the next. */
const RUNS_PER_CHECKPOINT = 500;
/** One replica seals at a time: the key of its lock among Postgres' advisory locks. */
const SEALING_LOCK = 0x52554e53;

/** A ledger that does not follow from what was sealed of it. */
export interface BrokenLedger {
  runId: string;
  message: string;
}

/** What one sealing did. */
export type Sealing =
  | { kind: 'busy' }
  | { kind: 'nothing-due'; broken: BrokenLedger[] }
  | { kind: 'sealed'; checkpoint: Checkpoint; broken: BrokenLedger[] };

/** Signs the text of a checkpoint. */
export interface CheckpointSigner {
  readonly keyId: string;
  sign(text: string): string;
}

/** Keeps the chain of checkpoints. A run is sealed only where its events follow from what was sealed of it before. */
export class CheckpointStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Seals the runs that changed since their last checkpoint, and removes the finished runs that retention no longer
   * keeps, in one transaction. Does nothing while another replica is at it.
   *
   * @param options - `keepFrom`: runs that ended before are removed; none are where it is undefined.
   */
  async seal(options: {
    at: Date;
    signer: CheckpointSigner;
    keepFrom?: Date;
  }): Promise<Sealing> {
    return this.#knex.transaction(async trx => {
      const { rows } = await trx.raw<{ rows: Array<{ free: boolean }> }>(
        'select pg_try_advisory_xact_lock(?) as free',
        [SEALING_LOCK],
      );
      if (!rows[0].free) return { kind: 'busy' };
      const { heads, broken } = await dueHeads(trx);
      const removed = options.keepFrom
        ? await removeRuns(trx, options.keepFrom, options.at)
        : [];
      if (heads.length === 0 && removed.length === 0) {
        return { kind: 'nothing-due', broken };
      }
      const previous = await newest(trx);
      const next = nextCheckpoint(previous, {
        at: options.at.toISOString(),
        heads,
        removed,
        keyId: options.signer.keyId,
      });
      const checkpoint: Checkpoint = {
        text: next.text,
        hash: next.hash,
        signature: options.signer.sign(next.text),
      };
      await insert(trx, next.number, options.at, checkpoint);
      await markSealed(trx, heads);
      return { kind: 'sealed', checkpoint, broken };
    });
  }

  /** The newest checkpoint. */
  async newest(): Promise<Checkpoint | undefined> {
    return newest(this.#knex);
  }

  /** Checkpoints in order, from a number on. */
  async list(from: number, limit: number): Promise<Checkpoint[]> {
    const rows = await this.#knex<CheckpointRow>('ledger_checkpoints')
      .where('number', '>=', from)
      .orderBy('number')
      .limit(limit);
    return rows.map(checkpointOf);
  }
}

interface CheckpointRow {
  number: number;
  at: Date;
  canonical_text: string;
  hash: string;
  signature: string;
}

interface EventLink {
  run_id: string;
  seq: number;
  previous_hash: string;
  hash: string;
  canonical_text: string;
}

/**
 * Heads of the runs that have unsealed events, as their events tell them, not as their rows do. A run whose events
 * were altered is marked and not looked at again: it would stand in the way of the others.
 */
async function dueHeads(
  trx: Knex.Transaction,
): Promise<{ heads: RunHead[]; broken: BrokenLedger[] }> {
  const due: Array<{ id: string; sealed_event_count: number }> = await trx(
    'runs',
  )
    .whereRaw('event_count > sealed_event_count and ledger_fault is null')
    .orderBy('id')
    .limit(RUNS_PER_CHECKPOINT)
    .select('id', 'sealed_event_count');
  const heads: RunHead[] = [];
  const broken: BrokenLedger[] = [];
  for (const { id, sealed_event_count: sealedCount } of due) {
    // The last sealed event comes along: what is new must follow from it.
    const links = await trx<EventLink>('run_events')
      .where({ run_id: id })
      .andWhere('seq', '>=', Math.max(0, sealedCount - 1))
      .orderBy('seq')
      .select('run_id', 'seq', 'previous_hash', 'hash', 'canonical_text');
    const message = brokenLink(links, sealedCount);
    const last = links[links.length - 1];
    if (message || !last) {
      const fault = message ?? 'it has no events';
      broken.push({ runId: id, message: fault });
      await trx('runs').where({ id }).update({ ledger_fault: fault });
    } else {
      heads.push({ runId: id, eventCount: last.seq + 1, hash: last.hash });
    }
  }
  return { heads, broken };
}

function brokenLink(
  links: EventLink[],
  sealedCount: number,
): string | undefined {
  const first = Math.max(0, sealedCount - 1);
  for (const [index, link] of links.entries()) {
    const before = links[index - 1]?.hash;
    const isFollowing =
      index === 0
        ? sealedCount > 0 || link.previous_hash === GENESIS_HASH
        : link.previous_hash === before;
    if (link.seq !== first + index) return `event ${first + index} is missing`;
    if (!isFollowing) return `event ${link.seq} does not follow the one before`;
    if (sha256Hex(link.canonical_text) !== link.hash) {
      return `event ${link.seq} was changed`;
    }
  }
  return undefined;
}

/** Removes finished runs, whole and only where all of their events were sealed, and returns what they said last. */
async function removeRuns(
  trx: Knex.Transaction,
  keepFrom: Date,
  at: Date,
): Promise<Tombstone[]> {
  const candidates: Array<{ id: string; sealed_event_count: number }> =
    await trx('runs')
      .where('finished_at', '<', keepFrom)
      .whereRaw('sealed_event_count = event_count and ledger_fault is null')
      .orderBy('finished_at')
      .limit(RUNS_PER_CHECKPOINT)
      .forUpdate()
      .select('id', 'sealed_event_count');
  const old: RunHead[] = [];
  for (const { id, sealed_event_count: count } of candidates) {
    const last = await sealedEnd(trx, id, count, keepFrom);
    if (last) old.push(last);
  }
  if (old.length === 0) return [];
  const ids = old.map(({ runId }) => runId);
  await trx.raw(`set local runbooks.retention = 'on'`);
  for (const table of [
    'run_output',
    'run_calls',
    'run_secrets',
    'run_events',
    'attempts',
    'change_locks',
    'waiting_approvals',
    'run_starts',
  ]) {
    await trx(table).whereIn('run_id', ids).delete();
  }
  await trx('runs').whereIn('id', ids).delete();
  await trx.raw(`set local runbooks.retention = 'off'`);
  return old.map(head => ({
    ...head,
    removedAt: at.toISOString(),
    because: `it ended before ${keepFrom.toISOString()}`,
  }));
}

/**
 * The head of a run that ended before an instant, as its last sealed event tells it. What its row says is only where to
 * look: whoever has the database can write anything there. A row that tells otherwise is marked.
 */
async function sealedEnd(
  trx: Knex.Transaction,
  runId: string,
  eventCount: number,
  keepFrom: Date,
): Promise<RunHead | undefined> {
  const link = await trx<EventLink>('run_events')
    .where({ run_id: runId, seq: eventCount - 1 })
    .first('hash', 'canonical_text');
  const said = link && JSON.parse(link.canonical_text);
  const isEnd =
    link !== undefined &&
    sha256Hex(link.canonical_text) === link.hash &&
    said.event?.kind === 'run-finished' &&
    new Date(said.at) < keepFrom;
  if (isEnd) return { runId, eventCount, hash: link.hash };
  const fault = 'its row says that it ended long ago, its events do not';
  await trx('runs').where({ id: runId }).update({ ledger_fault: fault });
  return undefined;
}

async function newest(knex: Knex): Promise<Checkpoint | undefined> {
  const row = await knex<CheckpointRow>('ledger_checkpoints')
    .orderBy('number', 'desc')
    .first();
  return row && checkpointOf(row);
}

async function insert(
  trx: Knex.Transaction,
  number: number,
  at: Date,
  checkpoint: Checkpoint,
): Promise<void> {
  await trx<CheckpointRow>('ledger_checkpoints').insert({
    number,
    at,
    canonical_text: checkpoint.text,
    hash: checkpoint.hash,
    signature: checkpoint.signature,
  });
}

async function markSealed(
  trx: Knex.Transaction,
  heads: RunHead[],
): Promise<void> {
  if (heads.length === 0) return;
  await trx.raw(
    `update runs set sealed_event_count = sealed.event_count
       from unnest(?::uuid[], ?::int[]) as sealed (id, event_count)
      where runs.id = sealed.id`,
    [
      heads.map(({ runId }) => runId),
      heads.map(({ eventCount }) => eventCount),
    ],
  );
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  return {
    text: row.canonical_text,
    hash: row.hash,
    signature: row.signature,
  };
}
