import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  AllowedWrite,
  AllowedWrites,
  RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import {
  bound,
  CHANGE_STEP,
  planOf,
  queued,
  REQUESTER,
  resultOf,
  started,
  startedBy,
} from '../testing/runs';
import { DatabaseRunStore } from './DatabaseRunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('one changing step at a time', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS);
  }, 60_000);

  beforeEach(() => emptyRuns(knex));

  it('for each object: the second run is refused, with the run that is in the way named and linked', async () => {
    const [first, second] = [await newRun(), await newRun()];
    await change(first, writing(deployment('web')));
    await expect(change(second, writing(deployment('web')))).rejects.toThrow(
      `Another run is changing deployments.apps web in shop on local right now; wait until its step has ended and is settled`,
    );
    expect((await store.get(second)).steps[CHANGE_STEP.id].status).toBe(
      'pending',
    );
    await change(second, writing(deployment('api')));
  });

  it('by the locks alone: without them two runs change one object at once', async () => {
    const [first, second] = [await newRun(), await newRun()];
    await change(first, writing(deployment('web')));
    await knex('change_locks').delete();
    await change(second, writing(deployment('web')));
    for (const id of [first, second]) {
      expect((await store.get(id)).steps[CHANGE_STEP.id].status).toBe('queued');
    }
  });

  it('exactly one of twenty runs that want one object at once gets it', async () => {
    const ids = await Promise.all([...Array(20)].map(() => newRun()));
    const outcomes = await Promise.allSettled(
      ids.map(id => change(id, writing(deployment('web')))),
    );
    expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(1);
    expect(await knex('change_locks')).toHaveLength(1);
  });

  it('exactly one of a run that wants a namespace and one that wants an object in it gets it, in either order', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = [await newRun(), await newRun()];
      const wants = [
        () => change(one, anywhereIn('shop')),
        () => change(other, writing(deployment('web'))),
      ];
      const outcomes = await Promise.allSettled(
        (round % 2 ? wants.reverse() : wants).map(want => want()),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      await knex('change_locks').delete();
    }
  });

  it.each<{ what: string; one: AllowedWrites; other: AllowedWrites }>([
    {
      what: 'another namespace',
      one: anywhereIn('shop'),
      other: anywhereIn('pay'),
    },
    {
      what: 'an object of another kind with the same name',
      one: writing(deployment('web')),
      other: writing({ ...deployment('web'), resource: 'statefulsets' }),
    },
    {
      what: 'a cluster-wide object and a namespace',
      one: writing({
        ...deployment('n1'),
        group: '',
        resource: 'nodes',
        namespace: '',
      }),
      other: anywhereIn('shop'),
    },
  ])('does not hold back $what', async ({ one, other }) => {
    await change(await newRun(), one);
    await expect(change(await newRun(), other)).resolves.toBeDefined();
  });

  it.each<{ what: string; one: AllowedWrites; other: AllowedWrites }>([
    {
      what: 'a subresource of the same object',
      one: writing(deployment('web')),
      other: writing({ ...deployment('web'), subresource: 'scale' }),
    },
    {
      what: 'a write by selector in the namespace',
      one: writing(deployment('web')),
      other: writing({
        ...deployment('*'),
        verb: 'deletecollection',
        selector: 'app=x',
      }),
    },
  ])('holds back $what', async ({ one, other }) => {
    await change(await newRun(), one);
    await expect(change(await newRun(), other)).rejects.toThrow(
      'is changing deployments.apps web in shop on local',
    );
  });

  it('is for one cluster: the same object on another is another object', async () => {
    await change(await newRun(), writing(deployment('web')));
    await expect(
      change(await newRun('other'), writing(deployment('web'))),
    ).resolves.toBeDefined();
  });

  it('lets go when the step has ended', async () => {
    const [first, second] = [await newRun(), await newRun()];
    await change(first, writing(deployment('web')));
    await store.change(first, new Date(), () => [
      started(CHANGE_STEP.id),
      {
        kind: 'step-finished',
        stepId: CHANGE_STEP.id,
        attempt: 1,
        result: resultOf({ ok: false }),
      },
    ]);
    await expect(
      change(second, writing(deployment('web'))),
    ).resolves.toBeDefined();
  });

  it('holds on while nobody knows how the step ended, and lets go when a person has settled it', async () => {
    const [first, second] = [await newRun(), await newRun()];
    await change(first, writing(deployment('web')));
    await store.change(first, new Date(), () => [
      started(CHANGE_STEP.id),
      {
        kind: 'step-interrupted',
        stepId: CHANGE_STEP.id,
        attempt: 1,
        because: 'the worker was lost',
      },
    ]);
    await expect(change(second, writing(deployment('web')))).rejects.toThrow(
      'Another run is changing deployments.apps web in shop on local',
    );
    await store.change(first, new Date(), () => [
      {
        kind: 'interruption-settled',
        stepId: CHANGE_STEP.id,
        by: REQUESTER,
        as: 'done',
        reason: 'looked at it',
      },
    ]);
    await change(second, writing(deployment('web')));
  });

  function change(runId: string, writes: AllowedWrites) {
    const { binding } = bound(CHANGE_STEP.id);
    const event: RunEvent = {
      ...(queued(CHANGE_STEP.id) as Extract<RunEvent, { kind: 'step-queued' }>),
      binding: { ...binding, verdict: { ...binding.verdict, writes } },
    };
    return store.change(runId, new Date(), () => [event]);
  }

  async function newRun(cluster = 'local'): Promise<string> {
    const runId = randomUUID();
    await store.create(
      { runId, events: startedBy(REQUESTER, planOf({ cluster })), secrets: [] },
      new Date(),
    );
    return runId;
  }
});

function deployment(name: string): AllowedWrite {
  return {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: '',
    namespace: 'shop',
    name,
  };
}

function writing(...writes: AllowedWrite[]): AllowedWrites {
  return { kind: 'listed', writes };
}

function anywhereIn(...namespaces: string[]): AllowedWrites {
  return { kind: 'any-in-namespaces', namespaces, destructive: false };
}
