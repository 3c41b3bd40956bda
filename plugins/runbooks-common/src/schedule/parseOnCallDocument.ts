import { z } from 'zod/v4';
import type { EntityRef, Instant, LocalDate } from '../time';
import { parseUserRef } from './parseUserRef';
import { readYaml, type ReadYaml } from './readYaml';
import {
  NOBODY,
  type DutyWindow,
  type Rotation,
  type Schedule,
} from './schedule';
import {
  firstInstantOf,
  isLocalDate,
  isTimeZone,
  weekdayOnOrAfter,
  type Weekday,
} from './wallClock';

/** Something wrong in an on-call document: place, value, expectation. @public */
export interface OnCallProblem {
  message: string;
  line?: number;
}

/** What an on-call document says. @public */
export interface OnCallDocument {
  schedules: Schedule[];
  problems: OnCallProblem[];
}

const DAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const user = z.string().transform((text, context): EntityRef => {
  const ref = parseUserRef(text);
  if (ref) return ref;
  context.addIssue("expected a user such as 'alice' or 'user:default/alice'");
  return z.NEVER;
});
const time = z
  .string('expected a time such as "09:00", in quotes')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as "09:00"');
const endTime = z
  .string('expected a time such as "17:00", in quotes')
  .regex(
    /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'expected a time such as "17:00", or "24:00" for the end of the day',
  )
  // An end that is not after its start is on the day after.
  .transform(text => (text === '24:00' ? '00:00' : text));
const date = z
  .string('expected a date such as 2026-01-05')
  .refine(isLocalDate, 'expected a date that exists, such as 2026-01-05');
const day = z.enum(DAYS, `expected a weekday: ${DAYS.join(', ')}`);
const name = z
  .string('expected a text')
  .trim()
  .min(1, 'expected a text')
  .max(200);
const moment = z
  .string('expected a local time such as 2026-12-24T09:00')
  .regex(
    /^\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:\d{2})?$/,
    'expected a local time such as 2026-12-24T09:00',
  )
  .refine(
    text => isLocalDate(text.slice(0, 10)),
    'expected a date that exists, such as 2026-12-24T09:00',
  );

const dutySchema = z.object({
  days: z.array(day).min(1, 'expected at least one weekday'),
  from: time,
  to: endTime,
});

const layerSchema = z
  .object({
    name: name.default('Rotation'),
    rotates: z.enum(['daily', 'weekly'], "expected 'weekly' or 'daily'"),
    every: z
      .int('expected a whole number of days or weeks')
      .min(1, 'expected 1 or more')
      .max(366, 'expected 366 or less')
      .default(1),
    handoff: z.object({ day: day.optional(), time }),
    start: date,
    end: date.optional(),
    users: z.array(z.unknown()).min(1, 'expected at least one user').max(200),
    onDuty: z
      .array(z.unknown())
      .min(1, 'expected at least one window')
      .optional(),
  })
  .superRefine((layer, context) => {
    if (layer.rotates === 'weekly' && !layer.handoff.day) {
      context.addIssue({
        code: 'custom',
        path: ['handoff'],
        message: 'expected the weekday of a weekly handoff as day',
      });
    }
    if (layer.end !== undefined && layer.end <= layer.start) {
      context.addIssue({
        code: 'custom',
        path: ['end'],
        message: `expected a day after the start, ${layer.start}`,
      });
    }
  });

const overrideSchema = z.object({
  user,
  from: moment,
  to: moment,
  note: z.string('expected a text').max(500).optional(),
});

const scheduleSchema = z.object({
  id: z
    .string('expected an id such as identity-primary')
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'expected lower-case letters, digits and hyphens, 63 at most',
    ),
  title: name.optional(),
  timeZone: z
    .string('expected an IANA time zone such as Europe/Warsaw')
    .refine(isTimeZone, 'expected an IANA time zone such as Europe/Warsaw'),
  layers: z.array(z.unknown(), 'expected a list of layers').max(20),
  overrides: z
    .array(z.unknown(), 'expected a list of overrides')
    .max(2000)
    .default([]),
});

/** Keys that are known at each place; others are a problem, because a misspelt one would be lost in silence. */
const KNOWN_KEYS = {
  document: ['version', 'schedules'],
  schedule: Object.keys(scheduleSchema.shape),
  layer: Object.keys(layerSchema.shape),
  handoff: ['day', 'time'],
  duty: Object.keys(dutySchema.shape),
  override: Object.keys(overrideSchema.shape),
};

const MAX_LENGTH = 512 * 1024;

/**
 * Reads the on-call document of a group (YAML, version 1). Never throws: what is wrong is a problem with its line and
 * leaves the rest in force. Left out are, as small as it goes, the override, the duty window, the layer or the schedule
 * that cannot be read. The turns of a user that cannot be read stay theirs, so that nobody else's move: nobody has
 * them, or a layer below. Keys that are not known are a problem and nothing more.
 *
 * ```yaml
 * version: 1
 * schedules:
 *   - id: identity-primary
 *     title: Identity, primary
 *     timeZone: Europe/Warsaw
 *     layers:
 *       - name: Weekly
 *         rotates: weekly
 *         handoff: { day: monday, time: '09:00' }
 *         start: 2026-01-05
 *         users: [alice, bob]
 *     overrides:
 *       - { user: carol, from: 2026-12-24T09:00, to: 2026-12-27T09:00 }
 * ```
 *
 * @public
 */
export function parseOnCallDocument(text: string): OnCallDocument {
  if (text.length > MAX_LENGTH) {
    return failed(
      `The document has ${text.length} characters; expected ${MAX_LENGTH} at most`,
    );
  }
  const yaml = readYaml(text);
  if (!yaml.ok) return { schedules: [], problems: yaml.problems };
  const { value } = yaml;
  if (!isRecord(value)) {
    return failed(
      "The document is not a map; expected 'version: 1' and 'schedules'",
      1,
    );
  }
  if (value.version !== 1) {
    return failed(
      `version is ${shown(value.version)}; expected 1, the only one there is`,
      yaml.lineOf(['version']),
    );
  }
  if (!Array.isArray(value.schedules)) {
    return failed(
      `schedules is ${shown(value.schedules)}; expected a list`,
      yaml.lineOf(['schedules']),
    );
  }
  return readSchedules(value, value.schedules, yaml);
}

function readSchedules(
  document: Record<string, unknown>,
  items: unknown[],
  yaml: ReadYaml,
): OnCallDocument {
  const problems = unknownKeys(document, [], KNOWN_KEYS.document, yaml);
  const schedules: Schedule[] = [];
  items.forEach((item, index) => {
    const path = ['schedules', index];
    problems.push(...unknownKeysOfSchedule(item, path, yaml));
    const read = reader(yaml, problems);
    const parsed = read(scheduleSchema, item, path);
    if (!parsed) return;
    if (schedules.some(({ id }) => id === parsed.id)) {
      problems.push(
        problemAt([...path, 'id'], 'expected an id that is used once', yaml),
      );
      return;
    }
    schedules.push(toSchedule(parsed, path, yaml, problems));
  });
  return { schedules, problems };
}

type Read = <T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: Path,
) => T | undefined;

/** Reads one part; where that fails it says why, and the part is left out. */
function reader(yaml: ReadYaml, problems: OnCallProblem[]): Read {
  return (schema, value, path) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      problems.push(
        problemAt([...path, ...issue.path.map(toKey)], issue.message, yaml),
      );
    }
    return undefined;
  };
}

function toSchedule(
  given: z.infer<typeof scheduleSchema>,
  path: Path,
  yaml: ReadYaml,
  problems: OnCallProblem[],
): Schedule {
  const { id, timeZone } = given;
  const read = reader(yaml, problems);
  return {
    id,
    title: given.title ?? id,
    timeZone,
    layers: given.layers.flatMap(
      (layer, index) =>
        readLayer(layer, [...path, 'layers', index], timeZone, read) ?? [],
    ),
    overrides: given.overrides.flatMap((item, index) => {
      const override = read(overrideSchema, item, [
        ...path,
        'overrides',
        index,
      ]);
      if (!override) return [];
      const from = instantIn(override.from, timeZone);
      const to = instantIn(override.to, timeZone);
      if (from < to) {
        return [{ userRef: override.user, from, to, note: override.note }];
      }
      problems.push(
        problemAt(
          [...path, 'overrides', index, 'to'],
          `expected a time after ${override.from}; the override is left out`,
          yaml,
        ),
      );
      return [];
    }),
  };
}

/** Undefined where too little of the layer can be read to say who has a turn when. */
function readLayer(
  item: unknown,
  path: Path,
  timeZone: string,
  read: Read,
): Rotation | undefined {
  const layer = read(layerSchema, item, path);
  if (!layer) return undefined;
  const users = layer.users.map(
    (one, index) => read(user, one, [...path, 'users', index]) ?? NOBODY,
  );
  const onDuty = layer.onDuty?.flatMap(
    (one, index) => read(dutySchema, one, [...path, 'onDuty', index]) ?? [],
  );
  const isEmpty = users.every(one => one === NOBODY) || onDuty?.length === 0;
  return isEmpty ? undefined : toRotation(layer, users, onDuty, timeZone);
}

function toRotation(
  layer: z.infer<typeof layerSchema>,
  users: EntityRef[],
  onDuty: Array<z.infer<typeof dutySchema>> | undefined,
  timeZone: string,
): Rotation {
  return {
    name: layer.name,
    timeZone,
    every: {
      count: layer.every,
      unit: layer.rotates === 'weekly' ? 'week' : 'day',
    },
    handoffTime: layer.handoff.time,
    firstDay: firstDayOf(layer),
    endDay: layer.end,
    users,
    onDuty: onDuty?.map(
      (window): DutyWindow => ({
        days: window.days.map(weekdayNumber),
        from: window.from,
        to: window.to,
      }),
    ),
  };
}

/** A weekly rotation begins on the first of its weekdays that is not before its start. */
function firstDayOf(layer: z.infer<typeof layerSchema>): LocalDate {
  return layer.rotates === 'weekly' && layer.handoff.day
    ? weekdayOnOrAfter(layer.start, weekdayNumber(layer.handoff.day))
    : layer.start;
}

function weekdayNumber(weekday: (typeof DAYS)[number]): Weekday {
  return (DAYS.indexOf(weekday) + 1) as Weekday;
}

/** A time without an offset is one of the schedule's wall clock. */
function instantIn(written: string, timeZone: string): Instant {
  const text = written.replace(' ', 'T');
  return /(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? new Date(text).toISOString()
    : firstInstantOf(text, timeZone);
}

type Path = Array<string | number>;

function unknownKeysOfSchedule(
  schedule: unknown,
  path: Path,
  yaml: ReadYaml,
): OnCallProblem[] {
  if (!isRecord(schedule)) return [];
  return [
    ...unknownKeys(schedule, path, KNOWN_KEYS.schedule, yaml),
    ...listOf(schedule.layers).flatMap((layer, index) => {
      const place = [...path, 'layers', index];
      return [
        ...unknownKeys(layer, place, KNOWN_KEYS.layer, yaml),
        ...unknownKeys(
          isRecord(layer) ? layer.handoff : undefined,
          [...place, 'handoff'],
          KNOWN_KEYS.handoff,
          yaml,
        ),
        ...listOf(isRecord(layer) ? layer.onDuty : []).flatMap((duty, n) =>
          unknownKeys(duty, [...place, 'onDuty', n], KNOWN_KEYS.duty, yaml),
        ),
      ];
    }),
    ...listOf(schedule.overrides).flatMap((override, index) =>
      unknownKeys(
        override,
        [...path, 'overrides', index],
        KNOWN_KEYS.override,
        yaml,
      ),
    ),
  ];
}

function unknownKeys(
  value: unknown,
  path: Path,
  known: string[],
  yaml: ReadYaml,
): OnCallProblem[] {
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .filter(key => !known.includes(key))
    .map(key => ({
      message: `${placeOf([
        ...path,
        key,
      ])} is not known and is left out; known are ${known.join(', ')}`,
      line: yaml.lineOf([...path, key]),
    }));
}

function problemAt(
  path: Path,
  expectation: string,
  yaml: ReadYaml,
): OnCallProblem {
  return {
    message: `${placeOf(path)} is ${shown(yaml.valueAt(path))}; ${expectation}`,
    line: yaml.lineOf(path),
  };
}

/** `schedules[0].layers[1].handoff` */
function placeOf(path: Path): string {
  return path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function toKey(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function failed(message: string, line?: number): OnCallDocument {
  return { schedules: [], problems: [{ message, line }] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
