import type { DryRunWrite } from '../DryRunWrite';
import type { ApprovedChange, CountedWrite, WrittenField } from './model';

/**
 * A change that puts another moment of the run where the run has put one before, such as a second restart: how it
 * counts, and how often the preview has it. Undefined for every other: what it makes of the object is there then, and
 * making it again is nothing.
 *
 * @param about - What was approved for the object.
 */
export function repeatedMoment(
  write: DryRunWrite,
  fields: readonly WrittenField[],
  about: readonly ApprovedChange[],
): { counts: CountedWrite; most: number } | undefined {
  const repeated = fields
    .filter(({ timed, after }) => timed !== undefined && timed === after)
    .map(({ place, after }) => ({ place, after, times: 0 }));
  if (repeated.length === 0) return undefined;
  for (const one of repeated) {
    one.times = about.filter(change => gives(change, one)).length;
  }
  const { group, resource, namespace, name } = write;
  const places = repeated.map(({ place }) => place).sort();
  const what = ['again', group, resource, namespace, name, places];
  // The first time puts it where none of the run was.
  const most = Math.min(...repeated.map(({ times }) => times)) - 1;
  return { counts: { what: JSON.stringify(what), name: '' }, most };
}

function gives(
  { kind, fields }: ApprovedChange,
  wanted: Pick<WrittenField, 'place' | 'after'>,
): boolean {
  return (
    kind !== 'delete' &&
    fields.some(
      ({ place, after }) => place === wanted.place && after === wanted.after,
    )
  );
}
