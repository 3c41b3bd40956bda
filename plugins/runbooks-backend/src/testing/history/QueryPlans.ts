import type { Knex } from 'knex';

/** Tables that grow with the runs that there ever were. */
const GROWING = [
  'runs',
  'run_approvers',
  'run_events',
  'run_calls',
  'run_output',
  'attempts',
  'waiting_approvals',
  'ledger_checkpoints',
];

/** Of a table that has no more, Postgres rightly reads all. */
const FEW_ROWS = 1_000;

/** How Postgres did one statement. */
export interface StatementPlan {
  sql: string;
  /** Kinds of nodes with what they read, as `Index Scan runs_by_entity`. */
  nodes: string[];
  /** Growing tables that are read from one end to the other. */
  scanned: string[];
  /** Rows of growing tables and of their indexes that were looked at. */
  rowsRead: number;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** Takes down every statement that is sent meanwhile, and says how Postgres does it. */
export async function plansOf(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<StatementPlan[]> {
  const sent: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
  const take = (query: (typeof sent)[number]) => sent.push(query);
  knex.on('query', take);
  try {
    await work();
  } finally {
    knex.removeListener('query', take);
  }
  const reading = sent.filter(({ sql }) => /^\s*(select|with)\b/i.test(sql));
  const plans: StatementPlan[] = [];
  for (const { sql, bindings } of reading) {
    plans.push(await planOf(knex, sql, bindings));
  }
  return plans;
}

async function planOf(
  knex: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[],
): Promise<StatementPlan> {
  const client = await knex.client.acquireConnection();
  try {
    const { rows } = await client.query({
      text: `explain (analyze, timing off, format json) ${sql}`,
      values: bindings ?? [],
    });
    const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
    return {
      sql: sql.replace(/\s+/g, ' ').trim(),
      nodes: [...new Set(nodes.map(nameOf))],
      scanned: nodes
        .filter(
          node =>
            node['Node Type'] === 'Seq Scan' &&
            rowsOf(node) > FEW_ROWS &&
            GROWING.includes(node['Relation Name'] ?? ''),
        )
        .map(node => node['Relation Name']!),
      rowsRead: nodes
        .filter(node => GROWING.includes(node['Relation Name'] ?? ''))
        .reduce((sum, node) => sum + rowsOf(node), 0),
    };
  } finally {
    await knex.client.releaseConnection(client);
  }
}

function rowsOf(node: PlanNode): number {
  const removed = node['Rows Removed by Filter'] ?? 0;
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function nameOf(node: PlanNode): string {
  const what = node['Index Name'] ?? node['Relation Name'];
  return what === undefined
    ? node['Node Type']
    : `${node['Node Type']} ${what}`;
}
