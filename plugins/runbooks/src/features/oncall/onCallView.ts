import type {
  Contact,
  EntityRef,
  EscalationEntry,
  Instant,
  OnCallScheduleView,
  OnCallView,
  Person,
} from '@backstage-runbooks/plugin-runbooks-common';
import { nearMomentWords, zoneWords } from '../../words/timeWords';

/** Who to call, as a card shows it. Times are in the zone of the person looking. */
export interface OnCallCardView {
  schedules: ScheduleLine[];
  owners: Array<{ groupRef: EntityRef; members: Person[] }>;
  problems: string[];
}

export interface ScheduleLine {
  id: string;
  title: string;
  source: string;
  /** The group whose schedule it is, where that is not the owner itself but a group above it. */
  ofGroup?: EntityRef;
  now?: TurnLine;
  next?: TurnLine;
}

export interface TurnLine {
  person: Person;
  reach: Reach[];
  /** "until Mon 09:00 GMT+1" or "from Mon 09:00 GMT+1" */
  when: string;
  /** The moment of `when`. */
  at: string;
}

/** One way to reach somebody. `href` is missing where there is nothing to follow. */
export interface Reach {
  kind: 'phone' | 'slack' | 'email';
  text: string;
  href?: string;
}

/** Escalation contacts as the runbooks themselves write them, each once. */
export interface WrittenContacts {
  contacts: Contact[];
  escalation: EscalationEntry[];
}

/** Turns what the server knows into what is shown at the moment `now`. */
export function onCallCardView(
  view: OnCallView,
  now: number,
  timeZone?: string,
): OnCallCardView {
  return {
    schedules: view.schedules.map(one => ({
      ...scheduleLine(one, now, timeZone),
      ...(view.owners.some(owner => owner.groupRef === one.groupRef)
        ? {}
        : { ofGroup: one.groupRef }),
    })),
    owners: view.owners.map(({ groupRef, members }) => ({ groupRef, members })),
    problems: view.problems.map(problem =>
      problem.source
        ? `${problem.message} (${problem.source}${
            problem.line ? `:${problem.line}` : ''
          })`
        : problem.message,
    ),
  };
}

function scheduleLine(
  schedule: OnCallScheduleView,
  now: number,
  timeZone?: string,
): ScheduleLine {
  return {
    id: schedule.id,
    title: schedule.title,
    source: schedule.source,
    now: schedule.now && {
      person: schedule.now.person,
      reach: waysToReach(schedule.now.person),
      when: `until ${whenWords(schedule.now.shift.to, now, timeZone)}`,
      at: schedule.now.shift.to,
    },
    next: schedule.next && {
      person: schedule.next.person,
      reach: waysToReach(schedule.next.person),
      when: `from ${whenWords(schedule.next.shift.from, now, timeZone)}`,
      at: schedule.next.shift.from,
    },
  };
}

function whenWords(at: Instant, now: number, timeZone?: string): string {
  return `${nearMomentWords(at, now, timeZone)} ${zoneWords(at, timeZone)}`;
}

/** How to reach somebody, the fastest way first. */
export function waysToReach(person: {
  phone?: string;
  slack?: string;
  email?: string;
}): Reach[] {
  const ways: Reach[] = [];
  if (person.phone) {
    ways.push({
      kind: 'phone',
      text: person.phone,
      href: `tel:${person.phone.replace(/[^+\d]/g, '')}`,
    });
  }
  if (person.slack) ways.push({ kind: 'slack', text: person.slack });
  if (person.email) {
    ways.push({
      kind: 'email',
      text: person.email,
      href: `mailto:${person.email}`,
    });
  }
  return ways;
}

/** Contacts and escalation entries of several documents, without repetitions. */
export function writtenContacts(
  documents: Array<{ contacts: Contact[]; escalation: EscalationEntry[] }>,
): WrittenContacts {
  return {
    contacts: uniqueBy(
      documents.flatMap(one => one.contacts),
      one => [one.name, one.role, one.phone, one.email, one.slack].join('|'),
    ),
    escalation: uniqueBy(
      documents.flatMap(one => one.escalation),
      one => [one.level, one.who, one.when, one.contact].join('|'),
    ),
  };
}

function uniqueBy<T>(values: T[], key: (value: T) => string): T[] {
  return [...new Map(values.map(value => [key(value), value])).values()];
}
