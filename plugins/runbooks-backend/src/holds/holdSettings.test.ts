import { ConfigReader } from '@backstage/config';
import { readHoldSettings } from './holdSettings';

const read = (changes: unknown) =>
  readHoldSettings(new ConfigReader({ runbooks: { changes } } as never));
const FREEZE = {
  name: 'Year end',
  from: '2026-12-18T18:00:00+01:00',
  until: '2027-01-04T08:00+01:00',
};

describe('runbooks.changes', () => {
  it('holds nothing where it is missing', () => {
    expect(readHoldSettings(new ConfigReader({}))).toEqual({ freezes: [] });
  });

  it('reads moments with their offset, and entities with complete references', () => {
    expect(
      read({
        stopped: 'we move',
        freezes: [
          { ...FREEZE, entities: { owners: ['payments'] }, clusters: ['prod'] },
        ],
      }),
    ).toEqual({
      stopped: 'we move',
      freezes: [
        {
          name: 'Year end',
          from: '2026-12-18T17:00:00.000Z',
          until: '2027-01-04T07:00:00.000Z',
          entities: { owners: ['group:default/payments'] },
          clusters: ['prod'],
        },
      ],
    });
  });

  it.each([
    [{ freeze: [] }, 'runbooks.changes.freeze'],
    [{ stopped: true }, 'runbooks.changes.stopped'],
    [{ freezes: {} }, 'runbooks.changes.freezes'],
    [{ freezes: [{ ...FREEZE, name: '' }] }, 'freezes[0].name'],
    [{ freezes: [{ ...FREEZE, from: '2026-12-18' }] }, 'freezes[0].from'],
    [{ freezes: [{ ...FREEZE, from: '2026-12-18T18:00' }] }, 'freezes[0].from'],
    [
      { freezes: [{ ...FREEZE, from: '2026-13-18T18:00Z' }] },
      'freezes[0].from',
    ],
    [{ freezes: [{ ...FREEZE, until: FREEZE.from }] }, 'freezes[0].until'],
    [{ freezes: [{ ...FREEZE, entities: {} }] }, 'freezes[0].entities'],
    [{ freezes: [{ ...FREEZE, cluster: 'prod' }] }, 'freezes[0].cluster'],
  ])('refuses %j by its key', (changes, key) => {
    expect(() => read(changes)).toThrow(
      `'${
        key.startsWith('runbooks') ? key : `runbooks.changes.${key}`
      }'; expected`,
    );
  });
});
