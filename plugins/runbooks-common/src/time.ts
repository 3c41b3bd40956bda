/** A moment as an ISO 8601 text in UTC with milliseconds: `2026-11-21T02:30:00.000Z`. Sorts as text. @public */
export type Instant = string;

/** A calendar day without a time or zone: `2026-11-21`. @public */
export type LocalDate = string;

/** A reference to a catalog entity in full form: `component:default/auth-service`. @public */
export type EntityRef = string;

/** The instant `milliseconds` after another one. @public */
export function instantAfter(at: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(at) + milliseconds).toISOString();
}

/** Milliseconds from one instant to another; negative when `to` is earlier. @public */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}
