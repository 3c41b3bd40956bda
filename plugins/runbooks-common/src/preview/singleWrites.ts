import { isTree } from '../gateway/trees';
import type { DryRunWrite } from './DryRunWrite';
import { kindOfMembers } from './kindOf';
import { deletedList } from './unreadAnswer';

/** A write as one of each of its objects: a deletecollection as deletions, every other as it is. */
export function singleWrites(write: DryRunWrite): DryRunWrite[] {
  if (write.verb !== 'deletecollection') return [write];
  const list = deletedList(write);
  if (!list) return [];
  const kind = kindOfMembers(list);
  return (list.items as unknown[]).filter(isTree).map(item => {
    const metadata = isTree(item.metadata) ? item.metadata : {};
    return {
      ...write,
      verb: 'delete',
      namespace: text(metadata.namespace) ?? write.namespace,
      name: text(metadata.name) ?? '*',
      before: kind === undefined ? item : { kind, ...item },
    };
  });
}

/** The write with the name of its object; a generated name by its beginning. */
export function withName(write: DryRunWrite): DryRunWrite {
  if (write.name !== '' || write.verb === 'deletecollection') return write;
  for (const one of [write.sent, write.answer.body]) {
    const metadata = isTree(one) && isTree(one.metadata) ? one.metadata : {};
    const { name, generateName } = metadata;
    if (typeof generateName === 'string' && generateName !== '') {
      return { ...write, name: `${generateName}*` };
    }
    if (typeof name === 'string' && name !== '') return { ...write, name };
  }
  return { ...write, name: '*' };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
