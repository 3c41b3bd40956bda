import { isTree, type Tree } from '../gateway/trees';
import type { ComparedHow } from './Comparison';
import type { DryRunWrite } from './DryRunWrite';
import { withoutGeneratedName } from './generatedName';
import { withoutBookkeeping, withoutChoices } from './givenByServer';
import { writesStatus } from './writesStatus';

/** What of an object before and after a write is compared, and how: without what the API server keeps and chooses. */
export function comparedTrees(
  write: DryRunWrite,
  before: Tree | undefined,
  after: Tree | undefined,
): {
  was: Tree | undefined;
  is: Tree | undefined;
  how: Pick<ComparedHow, 'isSecret' | 'creates'>;
} {
  const { group, resource } = write;
  const withStatus = writesStatus(write, before, after);
  const isCreated = write.before === undefined;
  const isService = group === '' && resource === 'services';
  const is = after && compared(after, write, withStatus);
  const sent = isTree(write.sent) ? write.sent : undefined;
  const uid = isTree(after?.metadata) ? after.metadata.uid : undefined;
  return {
    // What is created anew loses the status that controllers gave it, whatever it was by then.
    was: before && withoutBookkeeping(before, withStatus && !isCreated),
    is: is && isService ? withoutChoices(is, before, write.sent) : is,
    how: {
      isSecret: group === '' && resource === 'secrets',
      ...(before === undefined
        ? {
            creates: {
              name: write.name,
              ...(sent && { sent }),
              ...(typeof uid === 'string' && uid !== '' && { uid }),
            },
          }
        : {}),
    },
  };
}

function compared(after: Tree, write: DryRunWrite, withStatus: boolean): Tree {
  const cleaned = withoutBookkeeping(after, withStatus);
  return write.before === undefined
    ? withoutGeneratedName(cleaned, write, after)
    : cleaned;
}
