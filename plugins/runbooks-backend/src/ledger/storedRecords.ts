import { createHash } from 'node:crypto';
import {
  CallsDigest,
  type ApiCall,
  type AttemptRecord,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunCallRow, RunEventRow, RunOutputRow } from '../database/tables';
import type { AttemptRef } from '../runs/RunStore';

const EVENTS_AT_ONCE = 100;
const CALLS_AT_ONCE = 500;
/** Each has at most 64 KiB. */
const CHUNKS_AT_ONCE = 16;

/** The events of a run as they are stored, in order, piece by piece. */
export async function* storedEvents(
  knex: Knex,
  runId: string,
): AsyncGenerator<RunEventRow[]> {
  let next = 0;
  for (;;) {
    const rows = await knex<RunEventRow>('run_events')
      .where({ run_id: runId })
      .andWhere('seq', '>=', next)
      .orderBy('seq')
      .limit(EVENTS_AT_ONCE);
    if (rows.length > 0) yield rows;
    if (rows.length < EVENTS_AT_ONCE) return;
    next = rows[rows.length - 1].seq + 1;
  }
}

/** The calls of an attempt in the order of their digest, piece by piece. */
export async function* storedCalls(
  knex: Knex,
  { runId, stepId, attempt }: AttemptRef,
): AsyncGenerator<ApiCall[]> {
  let last: RunCallRow | undefined;
  for (;;) {
    const query = knex<RunCallRow>('run_calls')
      .where({ run_id: runId, step_id: stepId, attempt })
      .orderBy('at')
      .orderBy('id')
      .limit(CALLS_AT_ONCE);
    if (last) void query.whereRaw('(at, id) > (?, ?)', [last.at, last.id]);
    const rows: RunCallRow[] = await query;
    if (rows.length > 0) yield rows.map(({ call }) => call as ApiCall);
    if (rows.length < CALLS_AT_ONCE) return;
    last = rows[rows.length - 1];
  }
}

/** The output of an attempt, piece by piece. */
export async function* storedOutput(
  knex: Knex,
  { runId, stepId, attempt }: AttemptRef,
): AsyncGenerator<string> {
  let last = '-1';
  for (;;) {
    const rows: RunOutputRow[] = await knex<RunOutputRow>('run_output')
      .where({ run_id: runId, step_id: stepId, attempt })
      .andWhere('byte_offset', '>', last)
      .orderBy('byte_offset')
      .limit(CHUNKS_AT_ONCE);
    if (rows.length > 0) yield rows.map(({ text }) => text).join('');
    if (rows.length < CHUNKS_AT_ONCE) return;
    last = rows[rows.length - 1].byte_offset;
  }
}

/**
 * The events with digests of what their attempts left, in the transaction that appends them: the run's row is locked,
 * so nothing of an attempt is stored between its digest and its end.
 */
export async function withRecords(
  trx: Knex.Transaction,
  runId: string,
  events: readonly RunEvent[],
): Promise<RunEvent[]> {
  const recorded: RunEvent[] = [];
  for (const event of events) {
    switch (event.kind) {
      case 'step-finished':
        recorded.push({
          ...event,
          record: {
            calls: await callsRecord(trx, { runId, ...event }),
            outputDigest: event.result.outputDigest,
          },
        });
        break;
      case 'step-interrupted':
        recorded.push({
          ...event,
          record: {
            calls: await callsRecord(trx, { runId, ...event }),
            outputDigest: await outputDigest(trx, { runId, ...event }),
          },
        });
        break;
      default:
        recorded.push(event);
    }
  }
  return recorded;
}

async function callsRecord(
  trx: Knex.Transaction,
  attempt: AttemptRef,
): Promise<AttemptRecord['calls']> {
  const digest = new CallsDigest();
  for await (const calls of storedCalls(trx, attempt)) {
    for (const call of calls) digest.add(call);
  }
  return digest.end();
}

async function outputDigest(
  trx: Knex.Transaction,
  attempt: AttemptRef,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const text of storedOutput(trx, attempt)) hash.update(text);
  return hash.digest('hex');
}
