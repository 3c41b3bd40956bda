import type {
  AllowedWrite,
  AllowedWrites,
  PlannedStep,
} from '@backstage-runbooks/plugin-runbooks-common';
import { listWords } from '../../words/listWords';
import { secretNamesWords } from '../scope/scopeView';

/** More objects than this are counted. */
const MAX_NAMED = 3;

/**
 * Why a step needs the owners of several entities, in whole sentences: what each of them has that the step may write or read.
 * Undefined where it needs one at most, which needs no reason.
 */
export function whyTheseOwners(
  step: Pick<PlannedStep, 'requires' | 'writes' | 'secrets'>,
): string | undefined {
  const { requires, writes, secrets } = step;
  if (!('approvedBy' in requires) || requires.approvedBy.length < 2) {
    return undefined;
  }
  const reasons = [writesReason(writes), secretsReason(secrets)].filter(
    (reason): reason is string => reason !== undefined,
  );
  return reasons.length > 0
    ? reasons
        .map(
          (reason, index) =>
            `Each of them ${index > 0 ? 'also ' : ''}${reason}.`,
        )
        .join(' ')
    : undefined;
}

function writesReason(writes: AllowedWrites): string | undefined {
  switch (writes.kind) {
    case 'any-in-namespaces':
      return `has objects in ${listWords(
        writes.namespaces,
      )}, and which objects there the step writes cannot be told from its text`;
    case 'listed': {
      const open = writes.writes.filter(isOpen);
      if (open.length > 0) {
        return `has objects in ${listWords(
          placesOf(open),
        )}, and which objects there the step writes or goes into is not known by name`;
      }
      return writes.writes.length > 0
        ? `has what the step may write, by its label or because its workloads use it: ${objectsOf(
            writes.writes,
          )}`
        : undefined;
    }
    default:
      return undefined;
  }
}

function secretsReason(secrets: PlannedStep['secrets']): string | undefined {
  switch (secrets.kind) {
    case 'named':
      return `has the Secrets that the step reads, or objects beside one that nobody has: ${secretNamesWords(
        secrets.names,
      )}`;
    case 'none':
      return undefined;
    default:
      return 'has objects where the step may read Secrets that are not known by name';
  }
}

function isOpen({ name, resource, verb }: AllowedWrite): boolean {
  return (
    [name, resource].includes('*') || name === '' || verb === 'deletecollection'
  );
}

function placesOf(writes: AllowedWrite[]): string[] {
  return [...new Set(writes.map(({ namespace }) => placeWords(namespace)))];
}

function placeWords(namespace: string): string {
  if (namespace === '*') return 'any namespace';
  return namespace || 'the cluster';
}

function objectsOf(writes: AllowedWrite[]): string {
  const all = [
    ...new Set(
      writes.map(
        ({ resource, name, namespace }) =>
          `${resource} ${name} in ${placeWords(namespace)}`,
      ),
    ),
  ];
  return all.length > MAX_NAMED
    ? `${all.slice(0, MAX_NAMED).join(', ')} and ${all.length - MAX_NAMED} more`
    : listWords(all);
}
