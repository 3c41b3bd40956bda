import type { OnCallView } from '@backstage-runbooks/plugin-runbooks-common';
import { LENA_PERSON, SAM_PERSON } from '../../testing/people';
import { runbookSummaries } from '../../testing/documents';
import { onCallCardView, waysToReach, writtenContacts } from './onCallView';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const VIEW: OnCallView = {
  entityRef: 'component:default/auth-service',
  owners: [],
  schedules: [
    {
      id: 'primary',
      title: 'Primary',
      timeZone: 'Europe/Berlin',
      groupRef: 'group:default/identity',
      source: 'on-call/identity.yaml',
      now: {
        shift: {
          userRef: SAM_PERSON.userRef,
          from: '2026-11-16T08:00:00.000Z',
          to: '2026-11-23T08:00:00.000Z',
          source: 'weekly',
        },
        person: SAM_PERSON,
      },
      next: {
        shift: {
          userRef: LENA_PERSON.userRef,
          from: '2026-11-23T08:00:00.000Z',
          to: '2026-11-30T08:00:00.000Z',
          source: 'weekly',
        },
        person: LENA_PERSON,
      },
    },
  ],
  problems: [
    { message: 'Unknown user.', source: 'on-call/identity.yaml', line: 8 },
  ],
};

describe('who is on call', () => {
  it.each([
    ['Europe/Berlin', 'until Mon 09:00 GMT+1', 'from Mon 09:00 GMT+1'],
    ['America/Los_Angeles', 'until Mon 00:00 PST', 'from Mon 00:00 PST'],
  ])('is told in the zone of the person looking: %s', (zone, until, from) => {
    const [schedule] = onCallCardView(VIEW, NOW, zone).schedules;
    expect(schedule.now?.when).toBe(until);
    expect(schedule.next?.when).toBe(from);
  });

  it('is told with the group whose schedule it is, where the owner has none of its own', () => {
    const of = (groupRef: string) =>
      onCallCardView(
        { ...VIEW, owners: [{ groupRef, displayName: 'Owner', members: [] }] },
        NOW,
      ).schedules[0].ofGroup;
    expect(of('group:default/sessions')).toBe('group:default/identity');
    expect(of('group:default/identity')).toBeUndefined();
  });

  it('names the place of a problem', () => {
    expect(onCallCardView(VIEW, NOW).problems).toEqual([
      'Unknown user. (on-call/identity.yaml:8)',
    ]);
  });

  it('offers the phone first and only ways that are there', () => {
    expect(waysToReach(SAM_PERSON).map(way => way.kind)).toEqual([
      'phone',
      'slack',
      'email',
    ]);
    expect(waysToReach(SAM_PERSON)[0].href).toBe('tel:+15550142');
    expect(waysToReach({})).toEqual([]);
  });

  it('takes contacts written in several documents once', () => {
    const documents = runbookSummaries();
    const { contacts, escalation } = writtenContacts([
      documents[0],
      documents[0],
    ]);
    expect(contacts).toHaveLength(1);
    expect(escalation).toHaveLength(2);
  });
});
