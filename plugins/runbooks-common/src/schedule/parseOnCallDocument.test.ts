import { onCallAt } from './onCallAt';
import { parseOnCallDocument } from './parseOnCallDocument';
import { parseUserRef } from './parseUserRef';

const good = `version: 1
schedules:
  - id: identity-primary
    title: Identity, primary
    timeZone: Europe/Warsaw
    layers:
      - name: Weekly
        rotates: weekly
        handoff: { day: monday, time: '09:00' }
        start: 2026-01-01
        users: [alice, user:default/Bob]
      - name: Office hours
        rotates: daily
        every: 2
        handoff: { time: 08:00 }
        start: 2026-06-01
        end: 2026-07-01
        users: [carol]
        onDuty:
          - { days: [monday, tuesday], from: '09:00', to: '17:00' }
    overrides:
      - { user: carol, from: 2026-03-03T09:00, to: 2026-03-04 09:00, note: swap }
      - { user: dan, from: 2026-03-05T09:00Z, to: 2026-03-05T10:00+01:00 }
`;

describe('reading an on-call document', () => {
  it('reads schedules, layers and overrides', () => {
    const { schedules, problems } = parseOnCallDocument(good);
    expect(problems).toEqual([
      {
        line: 23,
        message:
          'schedules[0].overrides[1].to is "2026-03-05T10:00+01:00"; expected a time after 2026-03-05T09:00Z; the override is left out',
      },
    ]);
    expect(schedules).toHaveLength(1);
    expect(schedules[0].layers).toMatchObject([
      {
        every: { count: 1, unit: 'week' },
        firstDay: '2026-01-05',
        users: ['user:default/alice', 'user:default/bob'],
      },
      {
        every: { count: 2, unit: 'day' },
        firstDay: '2026-06-01',
        endDay: '2026-07-01',
        onDuty: [{ days: [1, 2], from: '09:00', to: '17:00' }],
      },
    ]);
    expect(onCallAt(schedules[0], '2026-03-03T08:00:00.000Z')).toMatchObject({
      userRef: 'user:default/carol',
      source: 'override: swap',
      to: '2026-03-04T08:00:00.000Z',
    });
  });

  // prettier-ignore
  it.each<[change: string, from: string, to: string, line: number, message: string]>([
    ['a zone that does not exist', 'Europe/Warsaw', 'Europe/Warschau', 5, 'schedules[0].timeZone is "Europe/Warschau"; expected an IANA time zone such as Europe/Warsaw'],
    ['a weekday that does not exist', 'day: monday', 'day: moonday', 9, 'schedules[0].layers[0].handoff.day is "moonday"; expected a weekday: monday, tuesday, wednesday, thursday, friday, saturday, sunday'],
    ['a weekly handoff without a day', 'day: monday, ', '', 9, 'schedules[0].layers[0].handoff is {"time":"09:00"}; expected the weekday of a weekly handoff as day'],
    ['a time that does not exist', "time: '09:00'", "time: '25:00'", 9, 'schedules[0].layers[0].handoff.time is "25:00"; expected a time such as "09:00"'],
    ['a date that does not exist', '2026-01-01', '2026-02-30', 10, 'schedules[0].layers[0].start is "2026-02-30"; expected a date that exists, such as 2026-01-05'],
    ['nobody', '[alice, user:default/Bob]', '[]', 11, 'schedules[0].layers[0].users is []; expected at least one user'],
    ['somebody who is no user', '[alice, ', '[group:default/a, ', 11, "schedules[0].layers[0].users[0] is \"group:default/a\"; expected a user such as 'alice' or 'user:default/alice'"],
    ['another rhythm', 'rotates: weekly', 'rotates: monthly', 8, "schedules[0].layers[0].rotates is \"monthly\"; expected 'weekly' or 'daily'"],
    ['an end before the start', 'end: 2026-07-01', 'end: 2026-05-01', 17, 'schedules[0].layers[1].end is "2026-05-01"; expected a day after the start, 2026-06-01'],
    ['a missing id', '- id: identity-primary\n    title:', '- title:', 3, 'schedules[0].id is missing; expected an id such as identity-primary'],
    ['a misspelt key', 'overrides:', 'overides:', 21, 'schedules[0].overides is not known and is left out; known are id, title, timeZone, layers, overrides'],
    ['a key of later versions', 'version: 1', 'version: 1\npolicies: []', 2, 'policies is not known and is left out; known are version, schedules'],
    ['another version', 'version: 1', 'version: 2', 1, 'version is 2; expected 1, the only one there is'],
  ])('points at %s', (_, from, to, line, message) => {
    const { problems } = parseOnCallDocument(good.replace(from, to));
    const problem = problems.find(each => each.message.includes(message));
    expect(problem?.message).toBe(message);
    expect(problem?.line).toBe(line);
  });

  it('points at text that is not YAML', () => {
    const broken = good.replace('Europe/Warsaw', '[Europe');
    expect(parseOnCallDocument(broken).problems[0]).toEqual({
      line: 6,
      message: expect.stringMatching(/^This is not YAML: /),
    });
  });

  it('keeps the schedules that can be read', () => {
    const second = good
      .slice(good.indexOf('  - id'))
      .replace('identity-primary', 'second')
      .replace('Europe/Warsaw', 'Nowhere');
    const { schedules, problems } = parseOnCallDocument(good + second);
    expect(schedules.map(({ id }) => id)).toEqual(['identity-primary']);
    expect(problems.map(({ line }) => line)).toContain(26);
  });

  it('refuses an id that is used twice', () => {
    const again = good.slice(good.indexOf('  - id'));
    const { schedules, problems } = parseOnCallDocument(good + again);
    expect(schedules).toHaveLength(1);
    expect(problems[1].message).toBe(
      'schedules[1].id is "identity-primary"; expected an id that is used once',
    );
  });

  it.each(['', 'hello', '- a', 'version: 1', 'version: 1\nschedules: 3'])(
    'has a problem and no schedule for %j',
    text => {
      const { schedules, problems } = parseOnCallDocument(text);
      expect(schedules).toEqual([]);
      expect(problems).toHaveLength(1);
    },
  );

  it('does not unfold a document that unfolds without end', () => {
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]']
      .concat(
        Array.from(
          { length: 9 },
          (_, n) =>
            `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(',')}]`,
        ),
      )
      .join('\n');
    expect(parseOnCallDocument(bomb).problems[0].message).toMatch(
      /^This is not YAML: /,
    );
  });

  it.each([
    ['alice', 'user:default/alice'],
    ['User:default/Alice', 'user:default/alice'],
    ['ops/alice.b', 'user:ops/alice.b'],
    ['alice@example.com', undefined],
    ['group:default/a', undefined],
    ['', undefined],
  ])('reads the user %j as %j', (text, ref) => {
    expect(parseUserRef(text)).toBe(ref);
  });
});
