import { sha256Hex } from '../ledger/digest';
import type { Instant } from '../time';
import { ComparingLimits, TooMuchToCompare } from './ComparingLimits';
import type { DryRunWrite } from './DryRunWrite';
import type { FieldPreview, ObjectPreview, Preview } from './model';
import {
  objectChanges,
  type ObjectChange,
  type ToldWrite,
} from './objectChanges';
import { parsedWrite } from './parsedWrite';
import { refusalOf } from './refusalOf';
import { cutText, timeOfRun } from './shownValue';
import { withName } from './singleWrites';

/** What is known around the writes of a dry run. @public */
export interface PreviewOptions {
  /** What people must know of it, such as those of `decidePreview`. */
  notes: readonly string[];
  /**
   * Replaces what is secret in a text: values of the run, and what looks like a credential. A value that it changes is
   * not shown at all. A text of several lines is changed where one of them would be.
   */
  hide(text: string): string;
  startedAt: Instant;
  endedAt: Instant;
  /** Why the dry run did not come to its end: the cluster was away, or it took too long. */
  failure?: string;
  /**
   * Why the step did not come to its end, where what it wrote before is true all the same: it waited for something that
   * does not happen in a dry run.
   */
  cutShort?: string;
}

/** One write of an object, as it is shown. */
type ToldOfObject = ToldWrite & Pick<ObjectChange, 'object'>;

/** Of all writes of objects that are shown. */
const MAX_OBJECTS = 50;
/** Of all that is shown of fields. */
const MAX_CHARACTERS = 256 * 1024;
const MAX_NOTES = 20;
const MAX_NOTE_LENGTH = 500;
const MAX_REASON_LENGTH = 2_000;
const TOO_MUCH = 'what it would change is too much to be compared';
const RANK = { delete: 0, recreate: 1, change: 2, create: 3 } as const;

/**
 * What a step would change in the cluster, from the writes that its dry run made, in their order. What the API server
 * keeps about an object or chooses at random is left out, values of Secrets are hidden. Never throws; linear in the
 * objects, and bounded: at most 50 writes of objects with 200 fields each and 256 KiB of fields in all are shown, and the digest
 * covers the rest too. What would take longer than a few seconds to compare has no preview.
 *
 * @public
 */
export function previewOf(
  seen: readonly DryRunWrite[],
  options: PreviewOptions,
): Preview {
  const { hide } = options;
  const say = (text: string) => cutText(hide(text), MAX_REASON_LENGTH);
  const writes = seen.map(parsedWrite).map(withName);
  const refusal = refusalOf(writes);
  if (refusal) return { ...refusal, because: say(refusal.because) };
  const failure = failureOf(writes, options);
  if (failure !== undefined)
    return { outcome: 'failed', because: say(failure) };
  const compared = comparedIn(writes, options);
  if (!compared) return { outcome: 'not-possible', because: TOO_MUCH };
  const { changes, notes: ownNotes } = compared;
  const all = [...options.notes, ...endNotes(options), ...ownNotes];
  const notes = [...new Set(all)]
    .slice(0, MAX_NOTES)
    .map(note => cutText(hide(note), MAX_NOTE_LENGTH));
  const cutShort = options.cutShort !== undefined && {
    cutShort: true as const,
  };
  if (changes.length === 0) {
    return { outcome: 'changes-nothing', notes, ...cutShort };
  }
  const told = toldIn(changes);
  const isOnlyNew = told.every(({ kind }) => kind === 'create');
  const more = told.length - MAX_OBJECTS;
  return {
    outcome: isOnlyNew ? 'creates' : 'changes',
    objects: shownObjects(told.slice(0, MAX_OBJECTS), hide),
    ...(more > 0 ? { more } : {}),
    notes,
    ...cutShort,
    digest: digestOfChanges(changes),
  };
}

/** Undefined where it would take too long. */
function comparedIn(
  writes: readonly DryRunWrite[],
  { hide, startedAt, endedAt }: PreviewOptions,
): ReturnType<typeof objectChanges> | undefined {
  const limits = new ComparingLimits(hide);
  try {
    return objectChanges(writes, timeOfRun(startedAt, endedAt), limits);
  } catch (error) {
    if (error instanceof TooMuchToCompare) return undefined;
    throw error;
  }
}

function failureOf(
  writes: readonly DryRunWrite[],
  { failure, cutShort }: PreviewOptions,
): string | undefined {
  return failure ?? (writes.length === 0 ? cutShort : undefined);
}

function endNotes({ cutShort }: PreviewOptions): string[] {
  return cutShort === undefined
    ? []
    : [
        `The dry run was cut short: ${cutShort}. What the step would do after that is not shown, and its run is not held to what is shown.`,
      ];
}

/** Independent of the order in which objects are written: some steps write several at once. */
function digestOfChanges(changes: readonly ObjectChange[]): string {
  const records = changes.map(({ key, writes }) =>
    JSON.stringify([
      key,
      writes.map(({ kind, digest, times }) => [kind, digest, times]),
    ]),
  );
  return sha256Hex(records.sort().join('\n'));
}

/** Objects by the write of each that matters most, and the writes of each in their order. */
function toldIn(changes: readonly ObjectChange[]): ToldOfObject[] {
  const rank = ({ writes }: ObjectChange) =>
    Math.min(...writes.map(({ kind }) => RANK[kind]));
  return changes
    .map(change => ({ change, rank: rank(change) }))
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ change: { object, writes } }) =>
      writes.map(write => ({ object, ...write })),
    );
}

function shownObjects(
  told: readonly ToldOfObject[],
  hide: (text: string) => string,
): ObjectPreview[] {
  let left = MAX_CHARACTERS;
  return told.map(change => {
    const headline = headlineOf(change);
    const fields: FieldPreview[] = [];
    for (const field of change.fields) {
      left -= lengthOf(field);
      if (left < 0) break;
      fields.push(field);
    }
    const more = change.count - fields.length;
    const { kind, group, namespace, name } = change.object;
    return {
      change: change.kind === 'recreate' ? 'change' : change.kind,
      object: {
        kind: cutText(kind, MAX_NOTE_LENGTH),
        group: cutText(group, MAX_NOTE_LENGTH),
        namespace: cutText(hide(namespace), MAX_NOTE_LENGTH),
        name: cutText(hide(name), MAX_NOTE_LENGTH),
      },
      ...(headline === undefined
        ? {}
        : { headline: cutText(hide(headline), MAX_NOTE_LENGTH) }),
      fields,
      ...(more > 0 ? { more } : {}),
    };
  });
}

function headlineOf({ headline, times }: ToldOfObject): string | undefined {
  const often = times > 1 ? [`${times} times in a row`] : [];
  const says = [...(headline === undefined ? [] : [headline]), ...often];
  return says.length > 0 ? says.join(', ') : undefined;
}

function lengthOf({ path, before = '', after = '' }: FieldPreview): number {
  return path.length + before.length + after.length;
}
