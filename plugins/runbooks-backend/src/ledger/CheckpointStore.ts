import {
  nextCheckpoint,
  trustedKeys,
  type Checkpoint,
  type RunHead,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { dueHeads, type BrokenLedger } from './dueHeads';
import type { HeadMac } from './HeadMac';
import { removeRuns } from './removeRuns';
import {
  listCheckpoints,
  newestCheckpoint,
  type CheckpointRow,
} from './storedCheckpoints';

/** One replica seals at a time: the key of its lock among Postgres' advisory locks. */
const SEALING_LOCK = 0x52554e53;

/** What one sealing did. */
export type Sealing =
  | { kind: 'busy' }
  | { kind: 'nothing-due'; broken: BrokenLedger[]; otherKey: number }
  | {
      kind: 'sealed';
      checkpoint: Checkpoint;
      broken: BrokenLedger[];
      /** So many runs were written with another encryption key, and are not sealed. */
      otherKey: number;
    };

/** Signs the text of a checkpoint. */
export interface CheckpointSigner {
  readonly keyId: string;
  sign(text: string): string;
}

/**
 * Keeps the chain of checkpoints. A run is sealed only where the portal vouches for its head, and its events end in that
 * and follow from what was sealed of it before.
 */
export class CheckpointStore {
  readonly #knex: Knex;
  readonly #macs: HeadMac;
  readonly #keys: TrustedKeys;

  /** @param options - `publicKeys`: of checkpoints, current and former, in hex. */
  constructor(options: {
    knex: Knex;
    macs: HeadMac;
    publicKeys: readonly string[];
  }) {
    this.#knex = options.knex;
    this.#macs = options.macs;
    this.#keys = trustedKeys(options.publicKeys);
  }

  /**
   * Seals the runs that changed since their last checkpoint, and removes the finished runs that retention no longer
   * keeps, in one transaction. Does nothing while another replica is at it.
   *
   * @param options - `keepFrom`: runs whose end was sealed before are removed; none are where it is undefined.
   */
  async seal(options: {
    at: Date;
    signer: CheckpointSigner;
    keepFrom?: Date;
  }): Promise<Sealing> {
    const { at, signer, keepFrom } = options;
    const [keys, macs] = [this.#keys, this.#macs];
    return this.#knex.transaction(async trx => {
      const { rows } = await trx.raw<{ rows: Array<{ free: boolean }> }>(
        'select pg_try_advisory_xact_lock(?) as free',
        [SEALING_LOCK],
      );
      if (!rows[0].free) return { kind: 'busy' };
      const due = await dueHeads(trx, { macs, keys, at });
      const { removed, broken } = keepFrom
        ? await removeRuns(trx, { keepFrom, at, keys, macs })
        : { removed: [], broken: [] };
      const { heads, otherKey } = due;
      const found = { broken: [...due.broken, ...broken], otherKey };
      if (heads.length === 0 && removed.length === 0) {
        return { kind: 'nothing-due', ...found };
      }
      const next = nextCheckpoint(await newestCheckpoint(trx), {
        at: at.toISOString(),
        heads,
        removed,
        keyId: signer.keyId,
      });
      const checkpoint: Checkpoint = {
        text: next.text,
        hash: next.hash,
        signature: signer.sign(next.text),
      };
      await insert(trx, next.number, at, checkpoint);
      await markSealed(trx, heads, at);
      return { kind: 'sealed', checkpoint, ...found };
    });
  }

  /** The newest checkpoint. */
  async newest(): Promise<Checkpoint | undefined> {
    return newestCheckpoint(this.#knex);
  }

  /** Checkpoints in order, from a number on. */
  async list(from: number, limit: number): Promise<Checkpoint[]> {
    return listCheckpoints(this.#knex, from, limit);
  }
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
  at: Date,
): Promise<void> {
  if (heads.length === 0) return;
  await trx.raw(
    `update runs set sealed_event_count = sealed.event_count, sealed_at = ?
       from unnest(?::uuid[], ?::int[]) as sealed (id, event_count)
      where runs.id = sealed.id`,
    [
      at,
      heads.map(({ runId }) => runId),
      heads.map(({ eventCount }) => eventCount),
    ],
  );
}
