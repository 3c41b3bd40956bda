import { isTree, type Tree } from '../gateway/trees';
import type { DryRunWrite } from './DryRunWrite';

/**
 * Why it cannot be told what a write that was answered well would change: the object before, or the answer, could not
 * be read. Undefined where it can.
 */
export function unreadAnswer(write: DryRunWrite): string | undefined {
  const { verb, subresource, resource, name, before, answer } = write;
  if (verb === 'delete' || subresource === 'eviction') return undefined;
  if (verb === 'deletecollection') {
    return deletedList(write)
      ? undefined
      : `which ${resource} it deletes could not be read`;
  }
  const isCreated = verb === 'create' || answer.status === 201;
  if (!isCreated && !isTree(before)) {
    return `what ${resource} ${name} is now could not be read`;
  }
  return isTree(answer.body) && answer.body.kind !== 'Status'
    ? undefined
    : `the answer about ${resource} ${name} could not be read`;
}

/** The objects of a deletecollection. */
export function deletedList({
  before,
  answer,
}: DryRunWrite): (Tree & { items: readonly unknown[] }) | undefined {
  return [before, answer.body].find(
    (one): one is Tree & { items: readonly unknown[] } =>
      isTree(one) && Array.isArray(one.items),
  );
}
