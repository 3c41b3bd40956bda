import type { Knex } from 'knex';

/**
 * The values of a column in the rows that have these values elsewhere, in order. Jumps from one value to the next in an
 * index that begins with the columns of `where` and then the column: what it takes depends on how many values there
 * are, not on how many rows.
 */
export async function distinctValues(
  knex: Knex,
  table: string,
  column: string,
  where: Record<string, string>,
): Promise<string[]> {
  const { text, bindings } = distinctQuery(table, column, where);
  const { rows } = await knex.raw<{ rows: Array<{ value: string }> }>(
    text,
    bindings,
  );
  return rows.map(({ value }) => value);
}

/** The statement, for those who ask for more than the values. */
export function distinctQuery(
  table: string,
  column: string,
  where: Record<string, string>,
): { text: string; bindings: Record<string, string> } {
  const conditions = Object.keys(where).map(
    name => `and :${name}: = :${name}_is`,
  );
  const next = (after: string) => `
    select :column: as value from :table:
     where ${after} ${conditions.join(' ')}
     order by :column: limit 1`;
  return {
    text: `
      with recursive found as (
        (${next('true')})
        union all
        select following.value
          from found cross join lateral (${next(
            ':column: > found.value',
          )}) as following)
      select value from found`,
    bindings: {
      table,
      column,
      ...Object.fromEntries(
        Object.entries(where).flatMap(([name, value]) => [
          [name, name],
          [`${name}_is`, value],
        ]),
      ),
    },
  };
}
