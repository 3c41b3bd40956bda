import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { CheckpointStore } from '../ledger/CheckpointStore';
import { openDatabase } from '../database/openDatabase';
import { HEADS } from '../testing/heads';
import {
  BUSY_APPROVER,
  BUSY_ENTITY,
  BUSY_PERSON,
  fillHistory,
  PERSON_WITHOUT_RUNS,
  PROCEDURE,
  QUIET_ENTITY,
} from '../testing/history/fillHistory';
import { historyCases } from '../testing/history/historyCases';
import { plansOf } from '../testing/history/QueryPlans';
import { DatabaseRunStore } from './DatabaseRunStore';
import type { RunFilters } from './RunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const RUNS = 20_000;
const ENTITIES = 300;
/** Each has 67 runs on the average, and a page looks at a few of each. */
const ROWS_PER_ENTITY = 8;

describe('the history of 20,000 runs', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    await fillHistory(knex, {
      runs: RUNS,
      entities: ENTITIES,
      people: 100,
      waitingPercent: 5,
    });
    store = new DatabaseRunStore(knex, HEADS);
  }, 300_000);

  it('is read through an index by every filter and page of every route', async () => {
    const cases = historyCases(knex);
    expect(cases.length).toBeGreaterThan(190);
    const scanned: string[] = [];
    const long: string[] = [];
    for (const { name, look } of cases) {
      for (const plan of await plansOf(knex, look)) {
        scanned.push(
          ...plan.scanned.map(table => `${name}: ${table} by ${plan.sql}`),
        );
        if (plan.rowsRead > ENTITIES * ROWS_PER_ENTITY) {
          long.push(`${name}: ${plan.rowsRead} rows by ${plan.sql}`);
        }
      }
    }
    expect(long).toEqual([]);
    // Of a table of few rows Postgres rather reads all of them.
    expect(
      scanned.filter(text => !text.includes(': waiting_approvals by')),
    ).toEqual([]);
  }, 300_000);

  it('has an index for approvals that wait, too', async () => {
    await knex.transaction(async trx => {
      await trx.raw('set local enable_seqscan = off');
      const plans = [];
      for (const { look } of historyCases(trx).filter(({ name }) =>
        name.startsWith('approvals'),
      )) {
        plans.push(...(await plansOf(trx, look)));
      }
      expect(plans.length).toBeGreaterThanOrEqual(2 * 3);
      expect(plans.flatMap(plan => plan.scanned)).toEqual([]);
    });
  }, 60_000);

  it('is looked through for runs to seal and to remove by an index', async () => {
    const checkpoints = new CheckpointStore({
      knex,
      macs: HEADS,
      publicKeys: [],
    });
    const plans = await plansOf(knex, () =>
      checkpoints.seal({
        at: new Date(),
        signer: { keyId: 'none', sign: () => '' },
        keepFrom: new Date('2023-01-01'),
      }),
    );
    expect(plans.flatMap(({ nodes }) => nodes)).toEqual(
      expect.arrayContaining([
        'Index Scan runs_unsealed',
        'Index Scan runs_by_end',
      ]),
    );
    expect(plans.flatMap(({ scanned }) => scanned)).toEqual([]);
  });

  it('looks, for somebody who may see one run of all, at no other one', async () => {
    const plans = await plansOf(knex, () =>
      store.list({ entityRefs: [QUIET_ENTITY] }),
    );
    const page = await store.list({ entityRefs: [QUIET_ENTITY] });
    expect(page.runs).toHaveLength(1);
    expect(page).not.toHaveProperty('nextCursor');
    // Its index entry to find the entity, and its row.
    expect(plans.map(({ rowsRead }) => rowsRead)).toEqual([2]);
  });

  it('looks at no more runs for a page of a busy service than for one of a quiet one and the length of the page', async () => {
    const [plan] = await plansOf(knex, () =>
      store.list({ entityRefs: [BUSY_ENTITY, QUIET_ENTITY], limit: 10 }),
    );
    expect(plan.rowsRead).toBeLessThanOrEqual(2 + 2 * 11);
  });

  it('jumps over runs to name the entities that have some', async () => {
    const [plan] = await plansOf(knex, () => store.runEntities({}));
    const [{ count }] = await knex('runs').countDistinct('entity_ref as count');
    expect(await store.runEntities({})).toHaveLength(Number(count));
    expect(plan.rowsRead).toBeLessThanOrEqual(Number(count) + 1);
  });

  it.each<RunFilters>([
    {},
    { requestedBy: BUSY_PERSON },
    { requestedBy: PERSON_WITHOUT_RUNS },
    { state: 'failed' },
    { procedureId: PROCEDURE },
    { requestedBy: BUSY_PERSON, state: 'open' },
    { requestedBy: BUSY_PERSON, procedureId: PROCEDURE, state: 'succeeded' },
    { approvedBy: BUSY_APPROVER },
    { approvedBy: PERSON_WITHOUT_RUNS },
    { approvedBy: BUSY_APPROVER, state: 'failed' },
    { from: '2024-06-01T00:00:00.000Z', to: '2024-06-03T00:00:00.000Z' },
    {
      approvedBy: BUSY_APPROVER,
      from: '2024-06-01T00:00:00.000Z',
      to: '2024-09-01T00:00:00.000Z',
    },
    { result: 'shortfall' },
    { result: 'rolled-back', requestedBy: BUSY_PERSON },
  ])(
    'is the same as if all runs had been looked at, page by page: %j',
    async filters => {
      const entityRefs = (await store.runEntities(filters)).filter(isVisible);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({
          ...filters,
          entityRefs,
          cursor,
          limit: 100,
        });
        seen.push(...page.runs.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor && seen.length < 500);
      expect(seen).toEqual(await looked(filters, seen.length + 1));
    },
  );

  /** By looking at all runs; one more than were seen, so that none is missing at the end. */
  async function looked(filters: RunFilters, limit: number): Promise<string[]> {
    const rows: Array<{ id: string; entity_ref: EntityRef }> = await knex(
      'runs',
    )
      .modify(builder => {
        const { requestedBy, procedureId, state } = filters;
        const { approvedBy, from, to, result } = filters;
        if (approvedBy) builder.whereRaw('? = any(approved_by)', [approvedBy]);
        if (from) builder.where('started_at', '>=', from);
        if (to) builder.where('started_at', '<', to);
        if (result === 'rolled-back') builder.where('rolled_back', true);
        if (result === 'shortfall') {
          builder
            .where('state', 'succeeded')
            .whereRaw(`(shortfall->>'failed')::int > 0`);
        }
        if (requestedBy) builder.where('requested_by', requestedBy);
        if (procedureId) builder.where('procedure_id', procedureId);
        if (state) builder.where('state', state);
      })
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .select('id', 'entity_ref');
    const visible = rows.filter(row => isVisible(row.entity_ref));
    const isLong = visible.length > 500;
    return visible.slice(0, isLong ? limit - 1 : limit).map(({ id }) => id);
  }

  function isVisible(entityRef: EntityRef): boolean {
    return Number(entityRef.replace(/\D/g, '')) % 3 === 0;
  }
});
