import { parseOnCallDocument } from './parseOnCallDocument';

const GOOD = `version: 1
schedules:
  - id: night
    title: Night
    timeZone: Europe/Warsaw
    layers:
      - name: Weekly
        rotates: weekly
        every: 2
        handoff: { day: monday, time: '09:00' }
        start: 2026-01-05
        end: 2026-06-01
        users: [alice, bob]
        onDuty:
          - { days: [monday], from: '09:00', to: '17:00' }
    overrides:
      - { user: carol, from: 2026-03-03T09:00, to: 2026-03-04T09:00, note: swap }
`;
const LAYER = 'schedules[0].layers[0]';
const OVERRIDE = 'schedules[0].overrides[0]';
const DUTY = `${LAYER}.onDuty[0]`;
const DAYS = 'monday, tuesday, wednesday, thursday, friday, saturday, sunday';
const END =
  'expected a time such as "17:00", or "24:00" for the end of the day';
const MOMENT = 'expected a local time such as 2026-12-24T09:00';

/** What is read of the good document after one change. */
function changed(from: string, to: string) {
  expect(GOOD).toContain(from);
  return parseOnCallDocument(GOOD.replace(from, to));
}

describe('each mistake in an on-call document is told once, with place, value and what is expected', () => {
  it('a good one has none', () => {
    const { schedules, problems } = parseOnCallDocument(GOOD);
    expect(problems).toEqual([]);
    expect(schedules).toMatchObject([{ id: 'night', title: 'Night' }]);
  });

  // prettier-ignore
  it.each<[from: string, to: string, line: number, message: string]>([
    ["time: '09:00'", 'time: 9', 10, `${LAYER}.handoff.time is 9; expected a time such as "09:00", in quotes`],
    ["time: '09:00'", "time: 'x09:00'", 10, `${LAYER}.handoff.time is "x09:00"; expected a time such as "09:00"`],
    ["time: '09:00'", "time: '09:00x'", 10, `${LAYER}.handoff.time is "09:00x"; expected a time such as "09:00"`],
    ["to: '17:00'", 'to: 17', 15, `${DUTY}.to is 17; expected a time such as "17:00", in quotes`],
    ["to: '17:00'", "to: 'x17:00'", 15, `${DUTY}.to is "x17:00"; ${END}`],
    ["to: '17:00'", "to: '17:00x'", 15, `${DUTY}.to is "17:00x"; ${END}`],
    ['days: [monday]', 'days: []', 15, `${DUTY}.days is []; expected at least one weekday`],
    ['days: [monday]', 'days: [monday, moonday]', 15, `${DUTY}.days[1] is "moonday"; expected a weekday: ${DAYS}`],
    ['start: 2026-01-05', 'start: 5', 11, `${LAYER}.start is 5; expected a date such as 2026-01-05`],
    ['end: 2026-06-01', 'end: 2026-01-05', 12, `${LAYER}.end is "2026-01-05"; expected a day after the start, 2026-01-05`],
    ['name: Weekly', 'name: 7', 7, `${LAYER}.name is 7; expected a text`],
    ['name: Weekly', "name: ' '", 7, `${LAYER}.name is " "; expected a text`],
    ['every: 2', 'every: 1.5', 9, `${LAYER}.every is 1.5; expected a whole number of days or weeks`],
    ['every: 2', 'every: 0', 9, `${LAYER}.every is 0; expected 1 or more`],
    ['every: 2', 'every: 367', 9, `${LAYER}.every is 367; expected 366 or less`],
    ["onDuty:\n          - { days: [monday], from: '09:00', to: '17:00' }", 'onDuty: []', 14, `${LAYER}.onDuty is []; expected at least one window`],
    ['note: swap', 'note: 7', 17, `${OVERRIDE}.note is 7; expected a text`],
    ['from: 2026-03-03T09:00', 'from: 7', 17, `${OVERRIDE}.from is 7; ${MOMENT}`],
    ['from: 2026-03-03T09:00', 'from: 2026-03-03T09:00x', 17, `${OVERRIDE}.from is "2026-03-03T09:00x"; ${MOMENT}`],
    ['from: 2026-03-03T09:00', 'from: 2026-03-03T24:00', 17, `${OVERRIDE}.from is "2026-03-03T24:00"; ${MOMENT}`],
    ['from: 2026-03-03T09:00', 'from: 2026-02-30T09:00', 17, `${OVERRIDE}.from is "2026-02-30T09:00"; expected a date that exists, such as 2026-12-24T09:00`],
    ['id: night', "id: 'night!'", 3, 'schedules[0].id is "night!"; expected lower-case letters, digits and hyphens, 63 at most'],
    ['id: night', "id: '!night'", 3, 'schedules[0].id is "!night"; expected lower-case letters, digits and hyphens, 63 at most'],
    ['timeZone: Europe/Warsaw', 'timeZone: 7', 5, 'schedules[0].timeZone is 7; expected an IANA time zone such as Europe/Warsaw'],
    ['overrides:\n      - { user: carol, from: 2026-03-03T09:00, to: 2026-03-04T09:00, note: swap }', 'overrides: 3', 16, 'schedules[0].overrides is 3; expected a list of overrides'],
    ['note: swap', 'colour: red', 17, `${OVERRIDE}.colour is not known and is left out; known are user, from, to, note`],
    ['every: 2', 'colour: red', 9, `${LAYER}.colour is not known and is left out; known are name, rotates, every, handoff, start, end, users, onDuty`],
    ['day: monday, ', 'day: monday, colour: red, ', 10, `${LAYER}.handoff.colour is not known and is left out; known are day, time`],
    ['days: [monday], ', 'days: [monday], colour: red, ', 15, `${DUTY}.colour is not known and is left out; known are days, from, to`],
    ["title: Night", `title: [${'x'.repeat(76)}]`, 4, `schedules[0].title is ["${'x'.repeat(76)}"]; expected a text`],
    ["title: Night", `title: [${'x'.repeat(77)}]`, 4, `schedules[0].title is ["${'x'.repeat(75)}...; expected a text`],
  ])('%s as %s', (from, to, line, message) => {
    expect(changed(from, to).problems).toEqual([{ line, message }]);
  });

  // prettier-ignore
  it.each<[text: string, line: number, message: string]>([
    ['hello', 1, "The document is not a map; expected 'version: 1' and 'schedules'"],
    ['- a', 1, "The document is not a map; expected 'version: 1' and 'schedules'"],
    ['schedules: []\nversion: 2', 2, 'version is 2; expected 1, the only one there is'],
    ['version: 1\nschedules: 3', 2, 'schedules is 3; expected a list'],
  ])('%j as a whole', (text, line, message) => {
    const read = parseOnCallDocument(text);
    expect(read).toEqual({ schedules: [], problems: [{ line, message }] });
  });

  it('a text that is not YAML gives no schedule', () => {
    expect(parseOnCallDocument('a: [').schedules).toEqual([]);
  });

  it('a list of layers that is none, and schedules that are none', () => {
    const layers = GOOD.slice(
      GOOD.indexOf('layers:'),
      GOOD.indexOf('    over'),
    );
    expect(changed(layers, 'layers: 3\n').problems).toMatchObject([
      {
        message: 'schedules[0].layers is 3; expected a list of layers',
      },
    ]);
    const none = parseOnCallDocument('version: 1\nschedules: [null, text, 3]');
    expect(none.schedules).toEqual([]);
    expect(none.problems).toHaveLength(3);
  });

  it('a time with letters in front is no time and has no date', () => {
    const { problems } = changed('from: 2026', 'from: x2026');
    expect(problems.map(({ message }) => message)).toEqual([
      `${OVERRIDE}.from is "x2026-03-03T09:00"; ${MOMENT}`,
      `${OVERRIDE}.from is "x2026-03-03T09:00"; expected a date that exists, such as 2026-12-24T09:00`,
    ]);
  });

  it('a layer and a handoff that are no maps are told as a whole, not letter by letter', () => {
    const handoff = "{ day: monday, time: '09:00' }";
    expect(changed(handoff, 'noon').problems).toHaveLength(1);
    const layer = changed('layers:\n', 'layers:\n      - word\n');
    expect(layer.problems).toHaveLength(1);
    expect(layer.schedules[0].layers).toHaveLength(1);
  });

  it('a document of 512 KiB is read, and one character more is not', () => {
    const most = 512 * 1024;
    const padded = `${GOOD}#`.padEnd(most, 'x');
    expect(parseOnCallDocument(padded).problems).toEqual([]);
    expect(parseOnCallDocument(`${padded}x`)).toEqual({
      schedules: [],
      problems: [
        {
          line: undefined,
          message: `The document has ${
            most + 1
          } characters; expected ${most} at most`,
        },
      ],
    });
  });
});

describe('what is right is taken as it is written', () => {
  const layerOf = (from: string, to: string) =>
    changed(from, to).schedules[0].layers[0];
  const overridesOf = (from: string, to: string) =>
    changed(from, to).schedules[0].overrides;

  it.each([
    ['2026-03-03T21:00', '2026-03-03T20:00:00.000Z'],
    ['2026-03-03T09:00:30', '2026-03-03T08:00:30.000Z'],
    ['2026-03-03T09:00Z', '2026-03-03T09:00:00.000Z'],
    ['2026-03-03T09:00+01:00', '2026-03-03T08:00:00.000Z'],
    ['2026-03-03T09:00-02:30', '2026-03-03T11:30:00.000Z'],
  ])('an override from %s begins at %s', (written, from) => {
    expect(overridesOf('from: 2026-03-03T09:00', `from: ${written}`)).toEqual([
      {
        userRef: 'user:default/carol',
        from,
        to: '2026-03-04T08:00:00.000Z',
        note: 'swap',
      },
    ]);
  });

  it('an override that cannot be read, or ends before it begins, leaves no other one behind', () => {
    expect(overridesOf('user: carol', "user: 'a b'")).toEqual([]);
    expect(overridesOf('to: 2026-03-04T', 'to: 2026-03-02T')).toEqual([]);
  });

  it('a schedule needs neither overrides nor a title, and an id may be one letter', () => {
    const text = GOOD.slice(0, GOOD.indexOf('    overrides:'))
      .replace('    title: Night\n', '')
      .replace('id: night', 'id: n');
    const { schedules, problems } = parseOnCallDocument(text);
    expect(problems).toEqual([]);
    expect(schedules).toMatchObject([{ id: 'n', title: 'n', overrides: [] }]);
  });

  it('a layer without a name is called Rotation', () => {
    expect(layerOf('name: Weekly\n        ', '').name).toBe('Rotation');
  });

  it('a daily layer begins on its start, whatever weekday its handoff names', () => {
    const text = GOOD.replace('weekly', 'daily').replace('monday', 'friday');
    const [{ layers }] = parseOnCallDocument(text).schedules;
    expect(layers[0]).toMatchObject({
      firstDay: '2026-01-05',
      every: { count: 2, unit: 'day' },
    });
  });

  it('a layer whose users can all not be read is left out', () => {
    const { schedules } = changed('[alice, bob]', "['a b', 3]");
    expect(schedules[0].layers).toEqual([]);
  });

  it('schedules with different ids are all there', () => {
    const second = GOOD.slice(GOOD.indexOf('  - id')).replace('night', 'day');
    const { schedules, problems } = parseOnCallDocument(GOOD + second);
    expect(problems).toEqual([]);
    expect(schedules.map(({ id }) => id)).toEqual(['night', 'day']);
  });
});
