import { OnCallService } from './OnCallService';
import { Ownership } from './Ownership';
import { onCallParts, ON_CALL_DOCUMENT } from './__testUtils__/identityCatalog';

const AUTH = 'component:default/auth';
const AT = new Date('2026-01-07T12:00:00Z');

function service(options: Parameters<typeof onCallParts>[0] = {}) {
  const parts = onCallParts(options);
  return new OnCallService({ ...parts, ownership: new Ownership(parts) });
}

const EVERYBODY = async (refs: Iterable<string>) => new Set(refs);

describe('who is on call for an entity', () => {
  it('shows the owners with their people, and who is on call now and next', async () => {
    await expect(service().view(AUTH, AT, EVERYBODY)).resolves.toMatchObject({
      entityRef: AUTH,
      owners: [
        {
          groupRef: 'group:default/identity',
          members: [
            {
              userRef: 'user:default/ana',
              displayName: 'Ana Nowak',
              email: 'ana@example.com',
              phone: '+48 600 000 001',
              slack: '@ana',
              known: true,
            },
            { userRef: 'user:default/ben', displayName: 'ben', known: true },
          ],
        },
      ],
      schedules: [
        {
          id: 'platform',
          title: 'Platform',
          timeZone: 'Europe/Warsaw',
          groupRef: 'group:default/platform',
          source: 'groups/on-call.yaml',
          now: {
            shift: {
              from: '2026-01-05T08:00:00.000Z',
              to: '2026-01-12T08:00:00.000Z',
            },
            person: { userRef: 'user:default/dan', known: true },
          },
          next: {
            shift: { from: '2026-01-12T08:00:00.000Z' },
            person: { userRef: 'user:default/eve', known: false },
          },
        },
      ],
    });
  });

  it('names people in the rotation whom the catalog does not know', async () => {
    const { problems } = await service().view(AUTH, AT, EVERYBODY);
    expect(problems).toEqual([
      {
        message:
          "user:default/eve takes turns in 'Platform' and is not in the catalog",
        source: 'groups/on-call.yaml',
      },
    ]);
  });

  it('names a hole within two weeks by the clock of the schedule', async () => {
    const document = ON_CALL_DOCUMENT.replace('[dan, eve]', '[dan]').replace(
      'start: 2026-01-05',
      'start: 2026-01-05\n        end: 2026-01-12',
    );
    const { problems } = await service({ document }).view(AUTH, AT, EVERYBODY);
    expect(problems.map(({ message }) => message)).toEqual([
      'Nobody is on call for component:default/auth from 2026-01-12 09:00 to 2026-01-21 13:00 (Europe/Warsaw)',
    ]);
  });

  it('takes the nights of an office-hours schedule for meant while another one covers them', async () => {
    const office = `  - id: office
    title: Office
    timeZone: Europe/Warsaw
    layers:
      - rotates: weekly
        handoff: { day: monday, time: '09:00' }
        start: 2026-01-05
        users: [ben]
        onDuty:
          - { days: [monday], from: '09:00', to: '17:00' }
`;
    const both = ON_CALL_DOCUMENT.replace('[dan, eve]', '[dan]') + office;
    const { problems, schedules } = await service({ document: both }).view(
      AUTH,
      AT,
      EVERYBODY,
    );
    expect(problems).toEqual([]);
    expect(schedules[1]).toMatchObject({
      id: 'office',
      next: { shift: { from: '2026-01-12T08:00:00.000Z' } },
    });
    expect(schedules[1].now).toBeUndefined();
  });

  it('does not mind people who left and whose turns are over', async () => {
    const document = `${ON_CALL_DOCUMENT.replace(
      '[dan, eve]',
      '[dan]',
    )}      - rotates: weekly
        handoff: { day: monday, time: '09:00' }
        start: 2025-01-06
        end: 2025-06-02
        users: [eve]
    overrides:
      - { user: eve, from: 2025-12-24T09:00, to: 2025-12-27T09:00 }
`;
    const { problems } = await service({ document }).view(AUTH, AT, EVERYBODY);
    expect(problems).toEqual([]);
  });

  it('points at the line of a document that is wrong', async () => {
    const document = ON_CALL_DOCUMENT.replace('Warsaw', 'Warschau');
    await expect(
      service({ document }).view(AUTH, AT, EVERYBODY),
    ).resolves.toMatchObject({
      schedules: [],
      problems: [
        {
          message: expect.stringContaining('"Europe/Warschau"; expected'),
          line: 5,
          source: 'groups/on-call.yaml',
        },
      ],
    });
  });

  it('says why a document cannot be read, and shows the owners all the same', async () => {
    const document = new Error('it lies outside of the allowed folders');
    await expect(
      service({ document }).view(AUTH, AT, EVERYBODY),
    ).resolves.toMatchObject({
      owners: [{ groupRef: 'group:default/identity' }],
      problems: [
        {
          message:
            'The on-call document of group:default/platform cannot be read: it lies outside of the allowed folders',
        },
      ],
    });
  });

  it.each([
    [
      'component:default/invoices',
      /^group:default\/billing has no on-call schedule/,
    ],
    ['component:default/orphan', /has no owner, so nobody is on call for it$/],
  ])('says for %s what is missing', async (entityRef, message) => {
    const { problems } = await service().view(entityRef, AT, EVERYBODY);
    expect(problems[0].message).toMatch(message);
  });

  it('does not know entities that the catalog does not know', async () => {
    await expect(
      service().view('component:default/gone', AT, EVERYBODY),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('tells of people whom the person who looks may not see nothing but their name', async () => {
    const view = await service().view(AUTH, AT, async () => new Set());
    expect(view.owners.flatMap(({ members }) => members)).toEqual([
      { userRef: 'user:default/ana', displayName: 'ana', known: true },
      { userRef: 'user:default/ben', displayName: 'ben', known: true },
    ]);
    const open = await service().view(AUTH, AT, EVERYBODY);
    expect(JSON.stringify(open)).toContain('ana@example.com');
    expect(JSON.stringify(view)).not.toContain('ana@example.com');
  });
});
