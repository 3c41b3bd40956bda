import type { EntityRef, Instant } from '../time';

/** A person's turn, half open: `from <= t < to`. @public */
export interface Shift {
  userRef: EntityRef;
  from: Instant;
  to: Instant;
  /** Which rotation or override it comes from. */
  source: string;
}

/** How to reach a person. @public */
export interface Person {
  userRef: EntityRef;
  displayName: string;
  email?: string;
  phone?: string;
  slack?: string;
  picture?: string;
  /** False when the catalog does not know them (any more). */
  known: boolean;
}

/** Who is on call for an entity, and who owns it. @public */
export interface OnCallView {
  entityRef: EntityRef;
  /** The owners of the entity and their members, nested groups included. */
  owners: Array<{
    groupRef: EntityRef;
    displayName: string;
    members: Person[];
  }>;
  schedules: OnCallScheduleView[];
  /** Why there is none, or what is wrong with it: place, value, expectation. */
  problems: Array<{ message: string; line?: number; source?: string }>;
}

/** @public */
export interface OnCallScheduleView {
  id: string;
  title: string;
  /** IANA time zone. */
  timeZone: string;
  /** The group that it belongs to, the owner or its nearest ancestor with one. */
  groupRef: EntityRef;
  /** File it was read from. */
  source: string;
  now?: { shift: Shift; person: Person };
  next?: { shift: Shift; person: Person };
}
