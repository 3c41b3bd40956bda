import { isTree, type Tree } from '../gateway/trees';
import type { ComparedHow } from './Comparison';
import type { ComparingLimits } from './ComparingLimits';
import type { DryRunWrite } from './DryRunWrite';
import { comparedTrees } from './comparedTrees';
import { kindOf } from './kindOf';
import type { FieldPreview, ObjectPreview } from './model';
import { objectDifference, type ObjectDifference } from './objectDifference';
import { objectKey } from './refusalOf';
import { singleWrites } from './singleWrites';

/** What the writes of a step would make of one object. */
export interface ObjectChange {
  key: string;
  kind: 'create' | 'change' | 'delete' | 'recreate';
  object: ObjectPreview['object'];
  headline?: string;
  fields: FieldPreview[];
  /** Of all fields that differ. */
  count: number;
  /** Of all that differs, one for each write. */
  digests: string[];
}

type Moment = ComparedHow['moment'];

/** What is done to one object, write by write. */
interface ObjectStory {
  key: string;
  write: DryRunWrite;
  kind: string;
  writes: number;
  creates: boolean;
  /** The object that was deleted, and was not created again. */
  deleted?: { before: Tree | undefined };
  recreates: boolean;
  differences: ObjectDifference[];
}

/**
 * What would become of each object that a step writes, in the order of the first writes; without those that stay.
 *
 * @throws TooMuchToCompare
 */
export function objectChanges(
  writes: readonly DryRunWrite[],
  moment: Moment,
  limits: ComparingLimits,
): { changes: ObjectChange[]; notes: string[] } {
  const stories = new Map<string, ObjectStory>();
  const notes: string[] = [];
  for (const write of writes) {
    if (write.answer.status >= 400) continue;
    for (const one of singleWrites(write)) {
      const key = objectKey(one);
      const story = stories.get(key) ?? storyOf(key, one);
      stories.set(key, story);
      tell(story, one, (was, is) => differenceOf(one, was, is, moment, limits));
    }
  }
  const changes: ObjectChange[] = [];
  for (const story of stories.values()) {
    const change = changeOf(story);
    if (!change) continue;
    changes.push(change);
    notes.push(...notesOn(story, change));
  }
  return { changes, notes };
}

function storyOf(key: string, write: DryRunWrite): ObjectStory {
  return {
    key,
    write,
    kind: kindOf(write, write.before, write.answer.body),
    writes: 0,
    creates: false,
    recreates: false,
    differences: [],
  };
}

function tell(
  story: ObjectStory,
  write: DryRunWrite,
  compare: (
    before: Tree | undefined,
    after: Tree | undefined,
  ) => ObjectDifference,
): void {
  story.writes += 1;
  const before = isTree(write.before) ? write.before : undefined;
  if (write.verb === 'delete' || write.subresource === 'eviction') {
    story.deleted = { before };
    story.differences = [];
    story.recreates = false;
    return;
  }
  const after = isTree(write.answer.body) ? write.answer.body : undefined;
  if (story.deleted) {
    const was = story.deleted.before ?? before;
    story.recreates = true;
    story.deleted = undefined;
    story.differences = [compare(was, after)];
    return;
  }
  story.creates ||= before === undefined;
  story.differences.push(compare(before, after));
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

function changeOf(story: ObjectStory): ObjectChange | undefined {
  const { key, write, differences } = story;
  const object = {
    kind: story.kind,
    group: write.group,
    namespace: write.namespace,
    name: write.name,
  };
  if (story.deleted) {
    const headline = `deletes the ${object.kind} ${object.name}`;
    return {
      key,
      kind: 'delete',
      object,
      headline,
      fields: [],
      count: 0,
      digests: [],
    };
  }
  const digests = differences.map(({ digest }) => digest);
  const isSame = digests.every(digest => digest === '');
  if (isSame && !story.creates && !story.recreates) return undefined;
  const { fields, count } = merged(differences);
  const headlines = [
    ...(story.recreates ? ['is deleted and created anew'] : []),
    ...new Set(
      differences.flatMap(
        ({ facts }) => facts.headline(write, story.creates) ?? [],
      ),
    ),
  ];
  return {
    key,
    kind: kindOfChange(story),
    object,
    ...(headlines.length > 0 ? { headline: headlines.join(', ') } : {}),
    fields,
    count,
    digests,
  };
}

function kindOfChange(story: ObjectStory): ObjectChange['kind'] {
  if (story.recreates) return 'recreate';
  return story.creates ? 'create' : 'change';
}

/** Fields of several writes: of one that more of them change, the first value before and the last one after. */
function merged(differences: readonly ObjectDifference[]) {
  if (differences.length === 1) return differences[0];
  const fields = new Map<string, FieldPreview>();
  let beyond = 0;
  for (const difference of differences) {
    beyond += difference.count - difference.fields.length;
    for (const field of difference.fields) {
      const first = fields.get(field.path);
      fields.set(field.path, first ? both(first, field) : field);
    }
  }
  return { fields: [...fields.values()], count: fields.size + beyond };
}

function both(first: FieldPreview, last: FieldPreview): FieldPreview {
  const { path } = first;
  if (first.hidden || last.hidden) return { path, hidden: true };
  return {
    path,
    ...(first.before === undefined ? {} : { before: first.before }),
    ...(last.after === undefined ? {} : { after: last.after }),
  };
}

function notesOn(story: ObjectStory, { object }: ObjectChange): string[] {
  const name = `${object.kind} ${object.name}`;
  const notes: string[] = [];
  const isTriedTwice = story.differences.length > 1;
  if (isTriedTwice) {
    notes.push(
      `${name} is written ${story.writes} times; each write was tried as if it were the only one.`,
    );
  }
  if (story.deleted && story.write.resource === 'namespaces') {
    notes.push(`All that is in namespace ${object.name} goes with it.`);
  }
  if (story.deleted && story.write.resource === 'customresourcedefinitions') {
    notes.push(`All objects of the kind that ${name} defines go with it.`);
  }
  return notes;
}
