import type { DryRunWrite } from '../DryRunWrite';
import { isDeletion } from '../isDeletion';
import { parsedWrite } from '../parsedWrite';
import type { PreviewTask } from '../previewTask';
import { timeOfRun } from '../shownValue';
import { singleWrites, withName } from '../singleWrites';
import { kinOf } from './kinOf';
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
    .flatMap(write => singleWrites(withName(parsedWrite(write))))
    .map(write => changeOf(write, moment))
    .filter(({ kind, fields }) => kind !== 'change' || fields.length > 0);
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
