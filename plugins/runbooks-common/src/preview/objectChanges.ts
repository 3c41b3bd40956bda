import { isTree, type Tree } from '../gateway/trees';
import type { ComparedHow } from './Comparison';
import type { ComparingLimits } from './ComparingLimits';
import type { DryRunWrite } from './DryRunWrite';
import { comparedTrees } from './comparedTrees';
import { isDeletion } from './isDeletion';
import { kindOf } from './kindOf';
import type { FieldPreview, ObjectPreview } from './model';
import { objectDifference, type ObjectDifference } from './objectDifference';
import { objectKey } from './refusalOf';
import { singleWrites } from './singleWrites';

/** What one write of a step, or several in a row that are the same, would make of an object. */
export interface ToldWrite {
  kind: 'create' | 'change' | 'delete' | 'recreate';
  headline?: string;
  fields: FieldPreview[];
  /** Of all fields that differ. */
  count: number;
  /** Of all that differs; '' of a deletion. */
  digest: string;
  /** How often in a row. */
  times: number;
}

/** What the writes of a step would make of one object. */
export interface ObjectChange {
  key: string;
  object: ObjectPreview['object'];
  /** In their order, at least one: each is shown and counts, whatever comes after it. */
  writes: ToldWrite[];
}

type Moment = ComparedHow['moment'];
type Compare = (
  before: Tree | undefined,
  after: Tree | undefined,
) => ObjectDifference;

/** What is done to one object, write by write. */
interface ObjectStory extends ObjectChange {
  resource: string;
  /** How often it is written, a deletion and the creation after it as one. */
  tries: number;
  /** The object that was deleted by the last write. */
  deleted?: { before: Tree | undefined };
}

/**
 * What would become of each object that a step writes, write by write, in the order of the first writes; without those
 * that stay. No write hides another one: a run may leave out any of them, and end with what one in between gives.
 *
 * @throws TooMuchToCompare
 */
export function objectChanges(
  writes: readonly DryRunWrite[],
  moment: Moment,
  limits: ComparingLimits,
): { changes: ObjectChange[]; notes: string[] } {
  const stories = new Map<string, ObjectStory>();
  for (const write of writes) {
    if (write.answer.status >= 400) continue;
    for (const one of singleWrites(write)) {
      const key = objectKey(one);
      const story = stories.get(key) ?? storyOf(key, one);
      stories.set(key, story);
      tell(story, one, (was, is) => differenceOf(one, was, is, moment, limits));
    }
  }
  const told = [...stories.values()].filter(story => story.writes.length > 0);
  return {
    changes: told.map(({ key, object, writes: all }) => ({
      key,
      object,
      writes: all,
    })),
    notes: told.flatMap(notesOn),
  };
}

function storyOf(key: string, write: DryRunWrite): ObjectStory {
  const { group, resource, namespace, name } = write;
  const kind = kindOf(write, write.before, write.answer.body);
  return {
    key,
    object: { kind, group, namespace, name },
    resource,
    tries: 0,
    writes: [],
  };
}

function tell(story: ObjectStory, write: DryRunWrite, compare: Compare): void {
  const before = isTree(write.before) ? write.before : undefined;
  const { deleted } = story;
  if (isDeletion(write)) {
    story.tries += 1;
    story.deleted = { before };
    add(story, deletionOf(story));
    return;
  }
  const after = isTree(write.answer.body) ? write.answer.body : undefined;
  if (deleted) {
    // Both are told by one: what is deleted, and what comes in its place.
    story.deleted = undefined;
    const was = deleted.before ?? before;
    story.writes.pop();
    add(story, toldOf(write, 'recreate', compare(was, after)));
    return;
  }
  story.tries += 1;
  const difference = compare(before, after);
  const kind = before === undefined ? 'create' : 'change';
  if (kind === 'change' && difference.digest === '') return;
  add(story, toldOf(write, kind, difference));
}

function deletionOf({ object }: ObjectChange): ToldWrite {
  const headline = `deletes the ${object.kind} ${object.name}`;
  return {
    kind: 'delete',
    headline,
    fields: [],
    count: 0,
    digest: '',
    times: 1,
  };
}

function toldOf(
  write: DryRunWrite,
  kind: ToldWrite['kind'],
  { facts, fields, count, digest }: ObjectDifference,
): ToldWrite {
  const headlines = [
    ...(kind === 'recreate' ? ['is deleted and created anew'] : []),
    facts.headline(write, kind === 'create') ?? [],
  ].flat();
  return {
    kind,
    ...(headlines.length > 0 ? { headline: headlines.join(', ') } : {}),
    fields,
    count,
    digest,
    times: 1,
  };
}

/** The same again gives nothing that is not told; each object with a generated name is another one. */
function add({ object, writes }: ObjectChange, told: ToldWrite): void {
  const last = writes.at(-1);
  const isSame =
    last?.kind === told.kind &&
    last.digest === told.digest &&
    !object.name.endsWith('*');
  if (last && isSame) last.times += 1;
  else writes.push(told);
}

function differenceOf(
  write: DryRunWrite,
  before: Tree | undefined,
  after: Tree | undefined,
  moment: Moment,
  limits: ComparingLimits,
): ObjectDifference {
  const { was, is, how } = comparedTrees(write, before, after);
  return objectDifference(was, is, { moment, ...how }, limits);
}

function notesOn({ object, resource, tries, writes }: ObjectStory): string[] {
  const name = `${object.kind} ${object.name}`;
  const notes: string[] = [];
  if (tries > 1) {
    notes.push(
      `${name} is written ${tries} times; each write was tried as if it were the only one, and the step may leave out any of them.`,
    );
  }
  const isDeleted = writes.some(
    ({ kind }) => kind === 'delete' || kind === 'recreate',
  );
  if (isDeleted && resource === 'namespaces') {
    notes.push(`All that is in namespace ${object.name} goes with it.`);
  }
  if (isDeleted && resource === 'customresourcedefinitions') {
    notes.push(`All objects of the kind that ${name} defines go with it.`);
  }
  return notes;
}
