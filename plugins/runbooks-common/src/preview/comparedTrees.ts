import { isTree, type Tree } from '../gateway/trees';
import type { ComparedHow } from './Comparison';
import type { DryRunWrite } from './DryRunWrite';
import { withoutGeneratedName } from './generatedName';
import {
  withoutBookkeeping,
  withoutChoices,
  withoutTemplateCount,
} from './givenByServer';
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
  // What is created anew loses the status that controllers gave it, whatever it was by then.
  const was = before && withoutBookkeeping(before, withStatus && !isCreated);
  const is = after && compared(after, write, withStatus);
  const sent = isTree(write.sent) ? write.sent : undefined;
  const uid = isTree(after?.metadata) ? after.metadata.uid : undefined;
  return {
    was: was && (isCounted(write) ? withoutTemplateCount(was) : was),
    is: is && withoutGiven(is, before, write),
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

function withoutGiven(
  is: Tree,
  before: Tree | undefined,
  write: DryRunWrite,
): Tree {
  if (isCounted(write)) return withoutTemplateCount(is);
  const isService = write.group === '' && write.resource === 'services';
  return isService ? withoutChoices(is, before, write.sent) : is;
}

function isCounted({ group, resource }: DryRunWrite): boolean {
  return group === 'apps' && resource === 'daemonsets';
}
