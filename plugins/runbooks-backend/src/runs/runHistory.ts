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

function listQuery(
  query: RunListQuery,
  limit: number,
): { text: string; bindings: Record<string, Knex.RawBinding> } {
  const { entityRefs, cursor, requestedBy, procedureId, state } = query;
  const before = cursor === undefined ? undefined : decodeCursor(cursor);
  const conditions = [
    ...conditionsOf(query),
    ...(before
      ? ['(r.started_at, r.id) < (:startedAt::timestamptz, :id::uuid)']
      : []),
  ];
  const where = conditions.map(condition => `and ${condition}`).join(' ');
  return {
    text: `
      with newest as (
        select wanted.entity_ref
          from unnest(:entityRefs::text[]) as wanted (entity_ref)
         cross join lateral (
           select r.started_at, r.id from runs r
            where r.entity_ref = wanted.entity_ref ${where}
            order by r.started_at desc, r.id desc limit 1) as head
         order by head.started_at desc, head.id desc limit :limit)
      select run.*
        from newest
       cross join lateral (
         select r.* from runs r
          where r.entity_ref = newest.entity_ref ${where}
          order by r.started_at desc, r.id desc limit :limit) as run
       order by run.started_at desc, run.id desc limit :limit`,
    bindings: {
      entityRefs: [...new Set(entityRefs)],
      limit,
      ...(requestedBy === undefined ? {} : { requestedBy }),
      ...(procedureId === undefined ? {} : { procedureId }),
      ...(state === undefined ? {} : { state }),
      ...before,
    },
  };
}

/** The entities of which there are runs that the filters leave, and perhaps some more: of several filters it uses one. */
export async function runEntities(
  knex: Knex,
  { requestedBy, procedureId, state }: RunFilters,
): Promise<EntityRef[]> {
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

function conditionsOf({ requestedBy, procedureId, state }: RunFilters) {
  return [
    ...(requestedBy === undefined ? [] : ['r.requested_by = :requestedBy']),
    ...(procedureId === undefined ? [] : ['r.procedure_id = :procedureId']),
    ...(state === undefined ? [] : ['r.state = :state']),
  ];
}
