import { isTree } from '../gateway/trees';
import { resourceNamed } from '../shell/effects/kubectl/resources';

/** Kinds of answers that are not the object itself. */
const NOT_ITSELF =
  /^(?:Status|Scale|Eviction|DeleteOptions|Table|PartialObjectMetadata(?:List)?|List|.{1,100}Options)$/;
const MAX_KIND_LENGTH = 100;

/** The kind of an object: as the cluster answers it, else by the name of its resource. */
export function kindOf(
  { group, resource }: { group: string; resource: string },
  ...objects: unknown[]
): string {
  for (const object of objects) {
    const kind = isTree(object) ? object.kind : undefined;
    if (
      typeof kind === 'string' &&
      kind !== '' &&
      kind.length <= MAX_KIND_LENGTH &&
      !NOT_ITSELF.test(kind)
    ) {
      return kind.toWellFormed();
    }
  }
  const known = resourceNamed(group ? `${resource}.${group}` : resource);
  return known?.kind ?? resource;
}

/** The kind of the members of a list: `PodList` holds Pods. */
export function kindOfMembers(list: unknown): string | undefined {
  const kind = isTree(list) ? list.kind : undefined;
  return typeof kind === 'string' && /.List$/.test(kind)
    ? kind.slice(0, -'List'.length)
    : undefined;
}
