import {
  countCalls,
  isWrite,
  type ApiCall,
  type CallsPage,
  type DoneCall,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunCallRow, RunOutputRow } from '../database/tables';
import { fencedWrite } from './fencedWrite';
import { Pace } from './Pace';
import { RUN_CHANNEL, runPayload } from './RunSignals';
import type { AttemptRef, AttemptStore, HeldAttempt } from './RunStore';

/** Of new output of a run all replicas are told so often. */
const TELL_OUTPUT_EVERY_MS = 100;
const CALLS_ON_A_PAGE = 500;

/** Output and calls of attempts in PostgreSQL. */
export class DatabaseAttemptStore implements AttemptStore {
  readonly #knex: Knex;
  readonly #pace: Pace<string>;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#pace = new Pace(TELL_OUTPUT_EVERY_MS, runId => {
      // Whoever waits looks by itself from time to time, too.
      this.#tellOutput(runId).catch(() => {});
    });
  }

  async appendOutput(
    attempt: HeldAttempt,
    offset: number,
    text: string,
  ): Promise<void> {
    const told = this.#pace.tellsNow(attempt.runId)
      ? 'pg_notify(:channel, :payload)'
      : 'run_id';
    await fencedWrite(
      this.#knex,
      attempt,
      `, written as (
         insert into run_output (run_id, step_id, attempt, byte_offset, byte_length, text)
         select run_id, step_id, number, :offset, :length, :text from held
         on conflict (run_id, step_id, attempt, byte_offset) do update set text = excluded.text
         where run_output.byte_length = excluded.byte_length
         returning run_id)
       select ${told} from written`,
      {
        offset,
        length: Buffer.byteLength(text),
        // Postgres has no NUL in text; the replacement has the same number of bytes as the character it stands for.
        text: text.replaceAll('\0', ' '),
        channel: RUN_CHANNEL,
        payload: runPayload(attempt.runId, 'output'),
      },
    );
  }

  async #tellOutput(runId: string): Promise<void> {
    await this.#knex.raw('select pg_notify(:channel, :payload)', {
      channel: RUN_CHANNEL,
      payload: runPayload(runId, 'output'),
    });
  }

  /** Looks at the chunks of the page and at one in front of it, however many there are. */
  async readOutput(ref: AttemptRef, offset: number, maxBytes: number) {
    const rows = await this.#knex.raw<{ rows: RunOutputRow[] }>(
      `select byte_offset, byte_length, text
         from run_output
        where run_id = :runId and step_id = :stepId and attempt = :attempt
          and byte_offset >= coalesce((
            select max(byte_offset) from run_output
             where run_id = :runId and step_id = :stepId and attempt = :attempt
               and byte_offset <= :offset), 0)
          and byte_offset < :end
          and byte_offset + byte_length > :offset
        order by byte_offset`,
      { ...ref, offset, end: offset + maxBytes },
    );
    const chunks = rows.rows.map(({ text }) => text).join('');
    const first = rows.rows[0];
    const skipped = first ? Math.max(0, offset - Number(first.byte_offset)) : 0;
    const text =
      skipped === 0 ? chunks : Buffer.from(chunks).subarray(skipped).toString();
    return { offset, text, nextOffset: offset + Buffer.byteLength(text) };
  }

  async recordCall(attempt: HeldAttempt, call: ApiCall): Promise<void> {
    await fencedWrite(
      this.#knex,
      attempt,
      `insert into run_calls
         (id, run_id, step_id, attempt, at, call, is_write, is_refused, status, duration_ms)
       select :id, run_id, step_id, number, :at, :call::jsonb, :isWrite, :isRefused, :status, :durationMs from held
       on conflict (id) do update
         set call = excluded.call, is_write = excluded.is_write, is_refused = excluded.is_refused, status = excluded.status, duration_ms = excluded.duration_ms
       where run_calls.run_id = excluded.run_id and run_calls.step_id = excluded.step_id
         and run_calls.attempt = excluded.attempt
       returning id`,
      {
        id: call.id,
        at: new Date(call.at),
        call: JSON.stringify(call),
        isWrite: !call.dryRun && isWrite(call),
        isRefused: call.decision === 'refused',
        status: call.status ?? null,
        durationMs: call.durationMs ?? null,
      },
    );
  }

  async calls(
    { runId, stepId, attempt }: AttemptRef,
    options: { after?: string; onlyChanges?: boolean } = {},
  ): Promise<CallsPage> {
    const { after, onlyChanges } = options;
    const place = { run_id: runId, step_id: stepId, attempt };
    const query = this.#knex<RunCallRow>('run_calls')
      .where(place)
      .orderBy('at')
      .orderBy('id')
      .limit(CALLS_ON_A_PAGE + 1);
    if (onlyChanges) void query.where({ is_write: true, is_refused: false });
    if (after !== undefined) {
      const last = this.#knex<RunCallRow>('run_calls')
        .where({ ...place, id: after })
        .select('at', 'id');
      void query.whereRaw('(at, id) > (?)', [last]);
    }
    const rows: RunCallRow[] = await query;
    const calls = rows
      .slice(0, CALLS_ON_A_PAGE)
      .map(({ call }) => call as ApiCall);
    return {
      calls,
      ...(rows.length > CALLS_ON_A_PAGE
        ? { next: calls[calls.length - 1].id }
        : {}),
    };
  }

  async callCounts(ref: AttemptRef) {
    const { rows } = await this.#knex.raw<{
      rows: Array<DoneCall & { status: number | null; times: number }>;
    }>(
      `select call->>'verb' as verb, call->>'group' as "group", call->>'resource' as resource,
              call->>'subresource' as subresource, call->>'decision' as decision,
              (call->>'dryRun')::boolean as "dryRun", status, count(*)::int as times
         from run_calls
        where run_id = :runId and step_id = :stepId and attempt = :attempt
        group by 1, 2, 3, 4, 5, 6, 7`,
      { runId: ref.runId, stepId: ref.stepId, attempt: ref.attempt },
    );
    return countCalls(
      rows.map(row => ({ ...row, status: row.status ?? undefined })),
    );
  }
}
