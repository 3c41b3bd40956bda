import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import { decodeCursor, encodeCursor } from './cursor';
import { distinctValues } from './distinctValues';
import type { RunFilters, RunListQuery } from './RunStore';

const DEFAULT_PAGE_SIZE = 25;

/**
 * A page of the runs of some entities, newest first.
 *
 * Looks at runs of these entities only, so that what it takes tells nothing of others. The runs of a page are of those
 * entities whose newest runs are the newest: one look at the index for each entity finds these, and a page of each of
 * them holds the page of all. So it does not matter how many runs there are.
 */
export async function listRuns(
  knex: Knex,
  query: RunListQuery,
): Promise<{ rows: RunRow[]; nextCursor?: string }> {
  const limit = query.limit ?? DEFAULT_PAGE_SIZE;
  if (query.entityRefs.length === 0) return { rows: [] };
  const { text, bindings } = listQuery(query, limit + 1);
  const { rows } = await knex.raw<{ rows: RunRow[] }>(text, bindings);
  const page = rows.slice(0, limit);
  const last = page[page.length - 1];
  return {
    rows: page,
    ...(rows.length > limit && last
      ? { nextCursor: encodeCursor(last.started_at.toISOString(), last.id) }
      : {}),
  };
}

/** As the partial index of it says it. */
const IS_SHORT = `r.state = 'succeeded' and r.shortfall <> '{"failed": 0, "unexpected": 0, "notDone": 0, "skipped": 0}'::jsonb`;

/** What each filter asks of a run; of an approver, which has a table of its own, `LOOKED_AT` asks. */
const CONDITIONS: Record<keyof RunFilters, (value: string) => string[]> = {
  requestedBy: () => ['r.requested_by = :requestedBy'],
  procedureId: () => ['r.procedure_id = :procedureId'],
  state: () => ['r.state = :state'],
  approvedBy: () => [],
  from: () => ['r.started_at >= :from::timestamptz'],
  to: () => ['r.started_at < :to::timestamptz'],
  result: value => (value === 'shortfall' ? [IS_SHORT] : ['r.rolled_back']),
};

/** Runs of one entity, newest first; of an approver, no more than that person's. */
const LOOKED_AT = {
  all: (entityRef: string, where: string) =>
    `from runs r where r.entity_ref = ${entityRef} ${where}
      order by r.started_at desc, r.id desc`,
  approved: (entityRef: string, where: string) =>
    `from run_approvers a join runs r on r.id = a.run_id
      where a.approved_by = :approvedBy and a.entity_ref = ${entityRef} ${where
      .replace(/\br\.started_at\b/g, 'a.started_at')
      .replace(/\br\.id\b/g, 'a.run_id')}
      order by a.started_at desc, a.run_id desc`,
};

function listQuery(
  query: RunListQuery,
  limit: number,
): { text: string; bindings: Record<string, Knex.RawBinding> } {
  const { entityRefs, cursor, ...filters } = query;
  const before = cursor === undefined ? undefined : decodeCursor(cursor);
  const used = filtersIn(filters);
  const where = [
    ...used.flatMap(([name, value]) => CONDITIONS[name](value)),
    ...(before
      ? ['(r.started_at, r.id) < (:startedAt::timestamptz, :id::uuid)']
      : []),
  ]
    .map(condition => `and ${condition}`)
    .join(' ');
  const lookedAt =
    LOOKED_AT[filters.approvedBy === undefined ? 'all' : 'approved'];
  return {
    text: `
      with newest as (
        select wanted.entity_ref
          from unnest(:entityRefs::text[]) as wanted (entity_ref)
         cross join lateral (
           select r.started_at, r.id ${lookedAt(
             'wanted.entity_ref',
             where,
           )} limit 1) as head
         order by head.started_at desc, head.id desc limit :limit)
      select run.*
        from newest
       cross join lateral (
         select r.* ${lookedAt('newest.entity_ref', where)} limit :limit) as run
       order by run.started_at desc, run.id desc limit :limit`,
    bindings: {
      entityRefs: [...new Set(entityRefs)],
      limit,
      ...Object.fromEntries(used.filter(([name]) => name !== 'result')),
      ...before,
    },
  };
}

function filtersIn(filters: RunFilters): Array<[keyof RunFilters, string]> {
  return (Object.keys(CONDITIONS) as Array<keyof RunFilters>).flatMap(name => {
    const value = filters[name];
    return value === undefined ? [] : [[name, value]];
  });
}

/** The entities of which there are runs that the filters leave, and perhaps some more: of several filters it uses one. */
export async function runEntities(
  knex: Knex,
  { requestedBy, approvedBy, procedureId, state }: RunFilters,
): Promise<EntityRef[]> {
  if (approvedBy !== undefined) {
    return distinctValues(knex, 'run_approvers', 'entity_ref', {
      approved_by: approvedBy,
    });
  }
  const used: Array<[string, string | undefined]> = [
    ['requested_by', requestedBy],
    ['procedure_id', procedureId],
    ['state', state],
  ];
  const where = used.flatMap(([column, value]) =>
    value === undefined ? [] : [{ [column]: value }],
  );
  return distinctValues(knex, 'runs', 'entity_ref', where[0] ?? {});
}
