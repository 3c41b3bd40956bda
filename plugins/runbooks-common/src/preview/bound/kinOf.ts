import { isTree, type Tree } from '../../gateway/trees';
import type { DryRunWrite } from '../DryRunWrite';

/** Controllers that make pods alike. Those of a StatefulSet or a DaemonSet have each a place of its own. */
const MAKE_ALIKE = /^(?:apps\/v1 ReplicaSet|batch\/v1 Job)$/;
/** What the API server adds to the beginning of a name. */
const RANDOM_END = /[bcdfghjklmnpqrstvwxz2456789]{5}$/;
/** A beginning is cut to this before that. */
const MAX_BEGINNING = 58;

/**
 * What all pods are that one ReplicaSet or Job makes, with names that are generated: which of them is which nobody
 * chooses. Undefined for everything else, which is what its name says.
 */
export function kinOf(write: DryRunWrite): string | undefined {
  const { group, resource, namespace, name, before } = write;
  if (group !== '' || resource !== 'pods') return undefined;
  const metadata: Tree =
    isTree(before) && isTree(before.metadata) ? before.metadata : {};
  const { generateName } = metadata;
  const owner = controllerOf(metadata);
  return typeof generateName === 'string' &&
    isGenerated(name, generateName) &&
    typeof owner?.uid === 'string' &&
    MAKE_ALIKE.test(`${owner.apiVersion} ${owner.kind}`)
    ? JSON.stringify([group, resource, namespace, generateName, owner.uid])
    : undefined;
}

function controllerOf({ ownerReferences }: Tree): Tree | undefined {
  const owners: unknown[] = Array.isArray(ownerReferences)
    ? ownerReferences
    : [];
  return owners.filter(isTree).find(({ controller }) => controller === true);
}

function isGenerated(name: string, beginning: string): boolean {
  return (
    RANDOM_END.test(name) &&
    name.slice(0, -5) === beginning.slice(0, MAX_BEGINNING)
  );
}
