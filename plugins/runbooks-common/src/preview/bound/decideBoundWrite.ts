import { createRedactor, SecretForms } from '../../redaction';
import { TooMuchToCompare } from '../ComparingLimits';
import type { DryRunWrite } from '../DryRunWrite';
import { isDeletion } from '../isDeletion';
import { parsedWrite } from '../parsedWrite';
import { cutText, timeOfRun } from '../shownValue';
import { singleWrites, withName } from '../singleWrites';
import { unreadAnswer } from '../unreadAnswer';
import { EarlierWrites } from './EarlierWrites';
import { kinOf } from './kinOf';
import type {
  ApprovedChange,
  BoundWriteDecision,
  BoundWriteTask,
  CountedWrite,
  WrittenField,
} from './model';
import {
  changedWords,
  createdWords,
  deletedWords,
  repeatedWords,
} from './refusalWords';
import { repeatedMoment } from './repeatedMoment';
import { writtenFields, type Moment, type Written } from './writtenFields';

/** Why a write may not be made, without what is hidden. */
type Problem = (hide: (text: string) => string) => string;

type OneDecision =
  | { kind: 'pass'; counts?: CountedWrite }
  | { kind: 'refuse'; problem: Problem };

const PASS: OneDecision = { kind: 'pass' };
const MAX_REASON_LENGTH = 1_000;

/**
 * Decides whether a write of an attempt may be made, by what the preview of its step showed that it would do.
 *
 * - A deletion passes where the preview deletes the object, or a pod that the same ReplicaSet or Job has made alike, as
 *   often as that.
 * - A create passes where the preview creates the same object. One whose name is generated passes as often as there.
 * - A change passes where it makes of the object what a write of the preview makes of it: the fields that this one
 *   changes get its values, each from the value that they had then or were given by a write of the preview; no other
 *   field changes, unless a write of the preview is taken back whole. A moment of the run is put on top of another one
 *   as often as there.
 * - What changes nothing that a preview counts passes.
 *
 * Only fields that the write itself changes are looked at, so that others may change the object in between elsewhere.
 * Never throws; linear in the object and in what was approved.
 *
 * @public
 */
export function decideBoundWrite(asked: BoundWriteTask): BoundWriteDecision {
  const task = { ...asked, write: parsedWrite(asked.write) };
  const unread = unreadAnswer(task.write);
  const problems: Problem[] = [];
  const counts: CountedWrite[] = [];
  const moment = timeOfRun(task.startedAt, task.endedAt);
  try {
    if (unread !== undefined) return refused(task, () => unread);
    for (const write of singleWrites(withName(task.write))) {
      const counted = [...task.counted, ...counts];
      const decision = decideOne(write, { ...task, counted }, moment);
      if (decision.kind === 'refuse') problems.push(decision.problem);
      else if (decision.counts) counts.push(decision.counts);
    }
    const [first] = problems;
    return first ? refused(task, first) : { kind: 'pass', counts };
  } catch (error) {
    if (!(error instanceof TooMuchToCompare)) throw error;
    return {
      kind: 'refuse',
      because: 'it is too much to be compared with what the approval showed',
    };
  }
}

function refused(
  { secrets }: BoundWriteTask,
  problem: Problem,
): BoundWriteDecision {
  const forms = new SecretForms();
  for (const value of secrets) forms.add(value);
  const redactor = createRedactor({ secrets: forms });
  const hide = (text: string) => redactor.push(text) + redactor.flush();
  const because = cutText(hide(problem(hide)), MAX_REASON_LENGTH);
  return { kind: 'refuse', because };
}

function decideOne(
  write: DryRunWrite,
  task: BoundWriteTask,
  moment: Moment,
): OneDecision {
  const about = task.approved.filter(one => isAbout(one, write));
  if (isDeletion(write)) return decideDeletion(write, task, about);
  const written = writtenFields(write, moment);
  return write.before === undefined
    ? decideCreate(write, written, task, about, moment)
    : decideChange(write, written, task, about, moment);
}

function isAbout(one: ApprovedChange, write: DryRunWrite): boolean {
  return (
    one.group === write.group &&
    one.resource === write.resource &&
    one.namespace === write.namespace &&
    one.name === write.name
  );
}

function decideDeletion(
  write: DryRunWrite,
  { approved, counted }: BoundWriteTask,
  about: readonly ApprovedChange[],
): OneDecision {
  const kin = kinOf(write);
  const alike = approved.filter(one => kin !== undefined && one.kin === kin);
  const isShown = about.some(({ kind }) => kind === 'delete');
  if (alike.length === 0) {
    return isShown ? PASS : refuse(() => deletedWords(write));
  }
  const names = new Set(
    counted.flatMap(({ what, name }) => (what === kin ? [name] : [])),
  );
  const most = new Set(alike.map(({ name }) => name)).size;
  return names.has(write.name) || names.size < most
    ? { kind: 'pass', counts: { what: kin!, name: write.name } }
    : refuse(() => deletedWords(write));
}

function decideCreate(
  write: DryRunWrite,
  { fields }: Written,
  { counted, shown }: BoundWriteTask,
  about: readonly ApprovedChange[],
  moment: Moment,
): OneDecision {
  const record = recordOf(fields);
  const same = about.filter(
    one =>
      one.kind === 'create' &&
      one.subresource === write.subresource &&
      recordOf(one.fields) === record,
  );
  const isGenerated = write.name.endsWith('*');
  const { group, resource, subresource, namespace, name } = write;
  const object = [group, resource, subresource, namespace, name];
  const what = JSON.stringify([...object, record]);
  const times = timesOf(what, counted);
  if (same.length > 0 && (!isGenerated || times < same.length)) {
    return isGenerated ? { kind: 'pass', counts: { what, name: '' } } : PASS;
  }
  const isTooOften = same.length > 0;
  return refuse(hide => {
    const now = writtenFields(write, moment, hide).shown;
    return createdWords(write, { shown, now, isTooOften });
  });
}

/** In whatever order they stand. */
function recordOf(fields: readonly WrittenField[]): string {
  return JSON.stringify(
    fields.map(({ place, after }) => JSON.stringify([place, after])).sort(),
  );
}

function decideChange(
  write: DryRunWrite,
  written: Written,
  { shown, counted }: BoundWriteTask,
  about: readonly ApprovedChange[],
  moment: Moment,
): OneDecision {
  if (written.fields.length === 0) return PASS;
  const earlier = new EarlierWrites(written, about, moment);
  const models = about.filter(
    one => one.kind !== 'delete' && one.subresource === write.subresource,
  );
  const differing = [...models, undefined].map(model =>
    earlier.differingFrom(model),
  );
  if (differing.some(places => places.length === 0)) {
    const again = repeatedMoment(write, written.fields, about);
    if (!again) return PASS;
    const { counts, most } = again;
    return timesOf(counts.what, counted) < most
      ? { kind: 'pass', counts }
      : refuse(() => repeatedWords(write));
  }
  // Of several writes of the preview the one that it is most like tells best what is wrong.
  const nearest = differing.reduce((one, other) =>
    other.length < one.length ? other : one,
  );
  return refuse(hide =>
    changedWords(write, {
      shown,
      places: nearest,
      now: writtenFields(write, moment, hide).shown,
    }),
  );
}

function timesOf(what: string, counted: readonly CountedWrite[]): number {
  return counted.filter(one => one.what === what).length;
}

function refuse(problem: Problem): OneDecision {
  return { kind: 'refuse', problem };
}
