import { isTree, type Tree } from '../gateway/trees';
import type { ComparedHow } from './Comparison';
import type { DryRunWrite } from './DryRunWrite';
import { withoutBookkeeping, withoutChoices } from './givenByServer';

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
  const { group, resource, subresource } = write;
  const clean = (tree: Tree | undefined) =>
    tree && withoutBookkeeping(tree, subresource);
  const isService = group === '' && resource === 'services';
  const is = clean(after);
  const sent = isTree(write.sent) ? write.sent : undefined;
  const uid = isTree(after?.metadata) ? after.metadata.uid : undefined;
  return {
    was: clean(before),
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
