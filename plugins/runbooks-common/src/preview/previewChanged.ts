import type { FieldPreview, ObjectPreview, Preview } from './model';
import { cutText } from './shownValue';

type Told = Extract<Preview, { objects: ObjectPreview[] }>;

const MAX_DIFFERENCES = 3;
const MAX_VALUE_LENGTH = 100;
const MAX_REASON_LENGTH = 300;

/**
 * What a step would change now, other than when it was approved, in words; undefined where it would change the same.
 * Notes do not count, nor how a failure is worded; one that is cut short is no preview of what was seen whole.
 *
 * @public
 */
export function previewChanged(
  approved: Preview,
  now: Preview,
): string | undefined {
  if (isWholePreview(approved) && isCut(now)) {
    return 'it would wait now for what does not happen in a dry run, so that not all of it can be tried';
  }
  if (isTold(now)) {
    return isTold(approved)
      ? differences(approved, now)
      : listed(now.objects.map(onlyNow), now.more ?? 0);
  }
  if (isTold(approved)) return saysNow(now);
  return isSame(approved, now) ? undefined : saysNow(now);
}

function isTold(preview: Preview): preview is Told {
  return preview.outcome === 'creates' || preview.outcome === 'changes';
}

/** Whether it shows all that the step would do. @public */
export function isWholePreview(preview: Preview): boolean {
  const isShown = isTold(preview) || preview.outcome === 'changes-nothing';
  return isShown && !isCut(preview);
}

function isCut(preview: Preview): boolean {
  return 'cutShort' in preview && preview.cutShort === true;
}

function isSame(
  approved: Exclude<Preview, Told>,
  now: Exclude<Preview, Told>,
): boolean {
  if (approved.outcome !== now.outcome) return false;
  if (approved.outcome === 'failed' || !('because' in approved)) return true;
  return 'because' in now && approved.because === now.because;
}

function saysNow(now: Exclude<Preview, Told>): string {
  switch (now.outcome) {
    case 'changes-nothing':
      return 'it would change nothing now';
    case 'refused':
      return `it would be refused now: ${short(now.because)}`;
    case 'not-possible':
      return `there is no preview now, because ${short(now.because)}`;
    default:
      return `its preview failed now: ${short(now.because)}`;
  }
}

function differences(approved: Told, now: Told): string | undefined {
  const isInPart = [approved, now].some(isShownInPart);
  if (isInPart && approved.digest === now.digest) return undefined;
  const was = byName(approved.objects, now.objects);
  const is = byName(now.objects, approved.objects);
  const told: string[] = [];
  for (const [name, object] of is) {
    const before = was.get(name);
    if (before) told.push(...differencesOf(before, object));
    // What is shown of one of them only may stand beyond in the other.
    else if (!approved.more) told.push(onlyNow(object));
  }
  for (const [name, object] of was) {
    if (!is.has(name) && !now.more) {
      told.push(`${nameOf(object)} would not be ${done(object)} now`);
    }
  }
  if (told.length > 0) return listed(told, 0);
  return approved.digest === now.digest
    ? undefined
    : 'more would be different now, beyond what is shown';
}

/** Which part is shown may depend on the order in which a step writes. */
function isShownInPart({ more, objects }: Told): boolean {
  return more !== undefined || objects.some(one => one.more !== undefined);
}

/** What of an object would be another now than in the preview that was approved, in words. */
export function differencesOf(
  approved: ObjectPreview,
  now: ObjectPreview,
): string[] {
  const name = nameOf(now);
  if (approved.change !== now.change) {
    return [`${name} would be ${done(now)} now, not ${done(approved)}`];
  }
  const was = new Map(approved.fields.map(field => [field.path, field]));
  const is = new Map(now.fields.map(field => [field.path, field]));
  const told: string[] = [];
  for (const [path, field] of is) {
    const before = was.get(path);
    if (!before) {
      if (!approved.more) told.push(`${name} would ${phrase(field)} now`);
    } else if (!isSameField(before, field)) {
      told.push(
        `${name} would ${phrase(field)} now, not ${rest(before, field)}`,
      );
    }
  }
  for (const [path, field] of was) {
    if (!is.has(path) && !now.more) {
      told.push(`${name} would not ${phrase(field)} now`);
    }
  }
  return told;
}

function isSameField(one: FieldPreview, other: FieldPreview): boolean {
  return (
    one.before === other.before &&
    one.after === other.after &&
    one.hidden === other.hidden
  );
}

/**
 * What would become of a field:
 *
 *   Deployment web would go from 3 to 4 replicas now, not from 2
 *                        ^
 */
export function phrase(field: FieldPreview): string {
  const { path, before, after, hidden } = field;
  if (hidden) return `have another value at ${path}`;
  if (before === undefined && after === undefined) return `change ${path}`;
  if (before === undefined) return `get ${path} ${value(after)}`;
  if (after === undefined) return `lose ${path} ${value(before)}`;
  const move = `go from ${value(before)} to ${value(after)}`;
  return path === 'spec.replicas' ? `${move} replicas` : `${move} at ${path}`;
}

/** What of the approved field was another. */
function rest(approved: FieldPreview, now: FieldPreview): string {
  const { before, after, hidden } = approved;
  const isMove = [approved, now].every(
    one => one.before !== undefined && one.after !== undefined,
  );
  if (hidden || !isMove) return phrase(approved);
  if (after === now.after) return `from ${value(before)}`;
  if (before === now.before) return `to ${value(after)}`;
  return `from ${value(before)} to ${value(after)}`;
}

function onlyNow(object: ObjectPreview): string {
  return `${nameOf(object)} would be ${done(object)} now`;
}

function done({ change }: ObjectPreview): string {
  switch (change) {
    case 'create':
      return 'created';
    case 'delete':
      return 'deleted';
    default:
      return 'changed';
  }
}

/** `Deployment web` */
export function nameOf({ object }: ObjectPreview): string {
  return `${object.kind} ${cutText(object.name, MAX_VALUE_LENGTH)}`;
}

/** Of an object with several writes each stands for itself: the first change of it, the second, its deletion. */
function byName(
  objects: readonly ObjectPreview[],
  others: readonly ObjectPreview[],
): Map<string, ObjectPreview> {
  const written = [objects, others].map(timesByName);
  const seen = new Map<string, number>();
  return new Map(
    objects.map(one => {
      const name = keyOf(one);
      if (written.every(times => (times.get(name) ?? 0) < 2)) {
        return [name, one];
      }
      const write = `${name} ${one.change}`;
      const count = seen.get(write) ?? 0;
      seen.set(write, count + 1);
      return [`${write} ${count}`, one];
    }),
  );
}

function timesByName(objects: readonly ObjectPreview[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const one of objects) {
    const name = keyOf(one);
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return times;
}

function keyOf({ object }: ObjectPreview): string {
  const { kind, group, namespace, name } = object;
  return JSON.stringify([group, kind, namespace, name]);
}

function listed(told: readonly string[], others: number): string {
  const more = told.length - MAX_DIFFERENCES + others;
  const first = told.slice(0, MAX_DIFFERENCES).join('; ');
  return more > 0 ? `${first}; and ${more} more` : first;
}

function value(text: string | undefined): string {
  return text === '' ? "''" : cutText(text ?? '', MAX_VALUE_LENGTH);
}

function short(text: string): string {
  return cutText(text, MAX_REASON_LENGTH);
}
