import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { Holds } from './Holds';
import { Stops } from './Stops';
import { HEADS } from '../testing/heads';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const LEA = 'user:default/lea';
const SAM = 'user:default/sam';

describe('the stop of all changes', () => {
  let knex: Knex;
  let stops: Stops;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    stops = new Stops(knex);
  }, 60_000);

  beforeEach(() => knex('stops').delete());

  it('holds for all from when somebody made it until somebody ends it, and both stay to be read', async () => {
    expect(await stops.current()).toBeUndefined();
    const made = await stops.begin(LEA, 'a fire');
    expect(await stops.current()).toEqual(made);
    expect(made).toMatchObject({ kind: 'stop', by: LEA, because: 'a fire' });
    const holds = new Holds({
      settings: { freezes: [] },
      stops,
      facts: { ofRefs: async () => [] },
    });
    expect(await holds.on(['component:default/any'], new Date())).toEqual([
      made,
    ]);
    await stops.end(SAM);
    expect(await holds.all(new Date())).toEqual([]);
    expect(await knex('stops')).toMatchObject([
      { stopped_by: LEA, ended_by: SAM, reason: 'a fire' },
    ]);
  });

  it('is made by one of many who try at once; the others are told who did', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        stops.begin(`user:default/u${n}`, 'x'),
      ),
    );
    const made = tries.filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
    const refused = tries.flatMap(one =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    expect(new Set(refused.map(({ name }) => name))).toEqual(
      new Set(['ConflictError']),
    );
    expect(refused[0].message).toMatch(
      /^All changes are stopped already by user:default\/u\d, since .*: x$/,
    );
  });

  it('is not ended where there is none', async () => {
    await expect(stops.end(LEA)).rejects.toThrow('Nobody has stopped');
  });
});
