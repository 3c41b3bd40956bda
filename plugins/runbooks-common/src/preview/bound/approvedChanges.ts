import { isTree, type Tree } from '../../gateway/trees';
import type { DryRunWrite } from '../DryRunWrite';
import type { PreviewTask } from '../previewTask';
import { timeOfRun } from '../shownValue';
import { singleWrites, withName } from '../singleWrites';
import type { ApprovedChange } from './model';
import { writtenFields } from './writtenFields';

/**
 * What the run of a step may change, from the writes that the dry run of its preview made: each that was answered well
 * and would change something. Linear in the objects.
 *
 * @throws TooMuchToCompare
 *
 * @public
 */
export function approvedChanges({
  writes,
  startedAt,
  endedAt,
}: Pick<PreviewTask, 'writes' | 'startedAt' | 'endedAt'>): ApprovedChange[] {
  const moment = timeOfRun(startedAt, endedAt);
  return writes
    .filter(({ answer }) => answer.status < 400)
    .flatMap(write => singleWrites(withName(write)))
    .map(write => changeOf(write, moment))
    .filter(({ kind, fields }) => kind !== 'change' || fields.length > 0);
}

/** True for a write that deletes its object. */
export function isDeletion({ verb, subresource }: DryRunWrite): boolean {
  return verb === 'delete' || subresource === 'eviction';
}

/**
 * What all objects are that are made alike, with generated names, for the same owner: the pods of one ReplicaSet. Which
 * of them is which nobody chooses.
 */
export function kinOf({
  group,
  resource,
  namespace,
  before,
}: DryRunWrite): string | undefined {
  const metadata: Tree =
    isTree(before) && isTree(before.metadata) ? before.metadata : {};
  const { generateName, ownerReferences } = metadata;
  const owner = (Array.isArray(ownerReferences) ? ownerReferences : []).find(
    one => isTree(one) && one.controller === true,
  );
  return typeof generateName === 'string' && typeof owner?.uid === 'string'
    ? JSON.stringify([group, resource, namespace, generateName, owner.uid])
    : undefined;
}

function changeOf(
  write: DryRunWrite,
  moment: (text: string) => string,
): ApprovedChange {
  const { group, resource, subresource, namespace, name } = write;
  const about = { group, resource, subresource, namespace, name };
  if (isDeletion(write)) {
    const kin = kinOf(write);
    return { ...about, kind: 'delete', fields: [], ...(kin ? { kin } : {}) };
  }
  const { fields } = writtenFields(write, moment);
  const kind = write.before === undefined ? 'create' : 'change';
  return { ...about, kind, fields };
}
