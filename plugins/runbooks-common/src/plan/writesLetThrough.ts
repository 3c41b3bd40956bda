import { assertNever } from '../assertNever';
import type { Scope } from '../scope/model';
import type { AllowedWrites } from './model';

/** An object, or everything in a namespace where there is none. `*` as namespace is each, '' none. @public */
export interface WrittenPlace {
  namespace: string;
  object?: { group: string; resource: string; name: string };
}

const READ_VERBS = new Set(['get', 'list', 'watch']);

/**
 * Where the gateway lets a step write: what owners are asked for and what is locked come from here alone.
 *
 * Where the writes of a step could not be listed, it may write anything in its namespaces and besides whatever a grant
 * of its scope names, in other namespaces and in none.
 *
 * @public
 */
export function writesLetThrough(
  writes: AllowedWrites,
  { grants }: Pick<Scope, 'grants'>,
): WrittenPlace[] {
  switch (writes.kind) {
    case 'none':
      return [];
    case 'listed':
      return writes.writes.map(({ namespace, group, resource, name, verb }) =>
        placeOf(namespace, { group, resource, name }, verb),
      );
    case 'any-in-namespaces':
      return [
        ...writes.namespaces.map(namespace => ({ namespace })),
        ...grants.flatMap(({ namespace, group, resource, names, verbs }) =>
          verbs
            .filter(verb => !READ_VERBS.has(verb))
            .flatMap(verb =>
              names.map(name =>
                // `pods/exec` is a write to its object.
                placeOf(
                  namespace,
                  { group, resource: resource.split('/', 1)[0], name },
                  verb,
                ),
              ),
            ),
        ),
      ];
    default:
      return assertNever(writes);
  }
}

/** One whose name or kind is open may be any; what is done to a namespace is done to everything in it. */
function placeOf(
  namespace: string,
  object: Required<WrittenPlace>['object'],
  verb: string,
): WrittenPlace {
  if (object.group === '' && object.resource === 'namespaces') {
    return { namespace: object.name || '*' };
  }
  const isOpen =
    [object.group, object.resource, object.name].includes('*') ||
    object.name === '' ||
    verb === 'deletecollection';
  return isOpen ? { namespace } : { namespace, object };
}
