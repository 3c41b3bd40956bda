import { Ownership } from './Ownership';
import {
  entityOf,
  identityCatalog,
  onCallParts,
} from './__testUtils__/identityCatalog';

const AUTH = 'component:default/auth';
/** Dan's week. */
const DANS_WEEK = new Date('2026-01-07T12:00:00Z');
/** Eve's week. */
const EVES_WEEK = new Date('2026-01-14T12:00:00Z');

describe('who may decide for an entity', () => {
  const ownership = new Ownership(onCallParts({}));

  // prettier-ignore
  it.each<[string, string, string, Date, string | false]>([
    ['a member of the owner', 'user:default/ana', AUTH, DANS_WEEK, `member of group:default/identity, which owns ${AUTH}`],
    ['a member of a group below the owner', 'user:default/ben', AUTH, DANS_WEEK, `member of group:default/identity-web, part of group:default/identity, which owns ${AUTH}`],
    ['whoever is on call', 'user:default/dan', AUTH, DANS_WEEK, `on call for ${AUTH} (schedule 'Platform' of group:default/platform)`],
    ['somebody whose week is over', 'user:default/dan', AUTH, EVES_WEEK, false],
    ['somebody of another group', 'user:default/cleo', AUTH, DANS_WEEK, false],
    ['somebody on call whom the catalog does not know', 'user:default/eve', AUTH, EVES_WEEK, false],
    ['the user that owns it', 'user:default/gus', 'component:default/solo', DANS_WEEK, 'owner of component:default/solo'],
    ['anybody, where nobody owns it', 'user:default/ana', 'component:default/orphan', DANS_WEEK, false],
    ['anybody, where it does not exist', 'user:default/ana', 'component:default/gone', DANS_WEEK, false],
    ['a member, for the group itself', 'user:default/ana', 'group:default/identity', DANS_WEEK, 'member of group:default/identity, which owns group:default/identity'],
  ])('%s: %s for %s', async (_, user, entity, at, entitledBy) => {
    const entitlement = await ownership.entitlementOf(user, entity, at);
    expect(entitlement.entitled && entitlement.entitledBy).toBe(entitledBy);
  });

  it('says why somebody may not', async () => {
    await expect(
      ownership.entitlementOf('user:default/cleo', AUTH, DANS_WEEK),
    ).resolves.toEqual({
      entitled: false,
      because: `user:default/cleo neither belongs to group:default/identity, which owns ${AUTH}, nor is on call for it`,
    });
    await expect(
      ownership.entitlementOf('user:default/eve', AUTH, EVES_WEEK),
    ).resolves.toEqual({
      entitled: false,
      because: 'user:default/eve is not in the catalog',
    });
  });

  it('calls everybody and everything by name, also what the catalog does not know', async () => {
    const names = await ownership.namesOf([
      'user:default/ana',
      AUTH,
      'user:default/eve',
    ]);
    expect(names.get('user:default/ana')).toMatch(/^Ana/);
    expect(names.get(AUTH)).toBe('auth');
    expect(names.get('user:default/eve')).toBe('eve');
  });

  it('takes the catalog as it is at the moment, not as it was', async () => {
    const parts = onCallParts({});
    const before = new Ownership(parts);
    await expect(
      before.entitlementOf('user:default/ana', AUTH, DANS_WEEK),
    ).resolves.toMatchObject({ entitled: true });

    const left = identityCatalog().map(entity => ({
      ...entity,
      relations: entity.relations?.filter(
        ({ targetRef }) => targetRef !== 'user:default/ana',
      ),
    }));
    const { catalog } = onCallParts({ entities: left });
    jest
      .spyOn(parts.catalog, 'getEntitiesByRefs')
      .mockImplementation(catalog.getEntitiesByRefs.bind(catalog));
    await expect(
      before.entitlementOf('user:default/ana', AUTH, DANS_WEEK),
    ).resolves.toMatchObject({ entitled: false });
  });

  it('names those who may approve, on call first, without those who left', async () => {
    await expect(ownership.approversOf(AUTH, DANS_WEEK)).resolves.toEqual([
      expect.objectContaining({
        userRef: 'user:default/dan',
        entitledBy: expect.stringMatching(/^on call for/),
      }),
      expect.objectContaining({
        userRef: 'user:default/ana',
        displayName: 'Ana Nowak',
      }),
      expect.objectContaining({ userRef: 'user:default/ben' }),
    ]);
    const inEvesWeek = await ownership.approversOf(AUTH, EVES_WEEK);
    expect(inEvesWeek.map(({ userRef }) => userRef)).toEqual([
      'user:default/ana',
      'user:default/ben',
    ]);
  });

  it('reads the owner of the nearest group with a document only', async () => {
    const nearer = identityCatalog().map(entity =>
      entity.metadata.name === 'identity'
        ? {
            ...entity,
            metadata: {
              ...entity.metadata,
              annotations: {
                'backstage-runbooks.io/on-call-ref': 'file:./nearer.yaml',
              },
            },
          }
        : entity,
    );
    const parts = onCallParts({ entities: nearer });
    const readRef = jest.spyOn(parts.refs, 'readRef');
    await new Ownership(parts).approversOf(AUTH, DANS_WEEK);
    expect(readRef.mock.calls.map(([, ref]) => ref)).toEqual([
      'file:./nearer.yaml',
    ]);
  });

  it('still knows the owners where the on-call document cannot be read', async () => {
    const broken = new Ownership(onCallParts({ document: new Error('gone') }));
    await expect(
      broken.entitlementOf('user:default/ana', AUTH, DANS_WEEK),
    ).resolves.toMatchObject({ entitled: true });
    await expect(
      broken.entitlementOf('user:default/dan', AUTH, DANS_WEEK),
    ).resolves.toMatchObject({ entitled: false });
  });

  it('refuses rather than guesses where the catalog does not answer', async () => {
    const parts = onCallParts({});
    jest
      .spyOn(parts.catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('catalog is down'));
    await expect(
      new Ownership(parts).entitlementOf('user:default/ana', AUTH, DANS_WEEK),
    ).rejects.toThrow('catalog is down');
  });

  it('walks groups of any depth and stops where they form a cycle', async () => {
    const chain = Array.from({ length: 30 }, (_, n) =>
      entityOf('Group', `g${n}`, {
        hasMember: [`user:default/u${n}`],
        parentOf: [`group:default/g${(n + 1) % 30}`],
      }),
    );
    const deep = new Ownership(onCallParts({ entities: chain }));
    const members = await deep.membersOf('group:default/g0');
    expect(members).toHaveLength(30);
  });
});
