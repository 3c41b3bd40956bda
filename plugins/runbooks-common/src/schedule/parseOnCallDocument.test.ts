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

  // prettier-ignore
  it.each<[what: string, from: string, to: string, path: string]>([
    ['a user', 'user:default/Bob]', "'user:default/<img src=x>']", 'layers[0].users[1]'],
    ['a duty window', "from: '09:00', to: '17:00' }", "from: '09:00', to: '17:00' }\n          - { days: [friday], from: '09:00', to: '25:00' }", 'layers[1].onDuty[1].to'],
    ['a layer', "handoff: { time: 08:00 }", "handoff: { time: 8 }", 'layers[1].handoff.time'],
    ['an override', 'user: dan', "user: 'group:default/x'", 'overrides[1].user'],
  ])('leaves all else in force where %s cannot be read', (_, from, to, path) => {
    const { schedules, problems } = parseOnCallDocument(good.replace(from, to));
    expect(problems.some(({ message, line }) => message.startsWith(`schedules[0].${path} is `) && line !== undefined)).toBe(true);
    expect(schedules).toHaveLength(1);
    // Alice's turn, and carol's override.
    expect(onCallAt(schedules[0], '2026-01-06T12:00:00.000Z')).toMatchObject({ userRef: 'user:default/alice' });
    expect(onCallAt(schedules[0], '2026-03-03T08:00:00.000Z')).toMatchObject({ userRef: 'user:default/carol' });
  });

  it('gives the turns of a user that cannot be read to nobody else', () => {
    const { schedules } = parseOnCallDocument(
      good.replace('user:default/Bob]', "'user:default/<img src=x>', eve]"),
    );
    const at = (day: string) =>
      onCallAt(schedules[0], `${day}T12:00:00.000Z`)?.userRef;
    expect([at('2026-01-06'), at('2026-01-13'), at('2026-01-20')]).toEqual([
      'user:default/alice',
      undefined,
      'user:default/eve',
    ]);
  });

  it('makes no layer of office hours one of all hours because its window cannot be read', () => {
    const { schedules } = parseOnCallDocument(
      good.replace("to: '17:00'", "to: '25:00'"),
    );
    expect(schedules[0].layers.map(({ name }) => name)).toEqual(['Weekly']);
  });

  it('takes 24:00 for the end of the day', () => {
    const { schedules, problems } = parseOnCallDocument(
      good.replace("from: '09:00', to: '17:00'", "from: '00:00', to: '24:00'"),
    );
    expect(problems).toHaveLength(1);
    const on = (at: string) => onCallAt(schedules[0], at)?.userRef;
    // Carol has Mondays and Tuesdays of June, whole; by Warsaw's clock they end at 22:00 UTC.
    expect(on('2026-06-02T21:59:00.000Z')).toBe('user:default/carol');
    expect(on('2026-06-02T22:00:00.000Z')).not.toBe('user:default/carol');
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
