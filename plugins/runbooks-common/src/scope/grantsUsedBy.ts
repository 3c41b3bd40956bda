import type { PlannedStep } from '../plan/model';
import { isGranted } from './isGranted';
import type { Scope, ScopeGrant } from './model';

const READ_VERBS = ['get', 'list', 'watch'];

/**
 * The grants of a scope that a step can make use of: those that name one of its writes or a Secret that it reads. Where
 * its writes could not be listed, all that let something be written; where ordinary reads stay in the namespaces of the
 * scope, all that let something be read, because what a step reads is not listed.
 *
 * @public
 */
export function grantsUsedBy(
  step: Pick<PlannedStep, 'writes' | 'secrets'>,
  scope: Scope,
): ScopeGrant[] {
  return scope.grants.filter(
    grant => writesBy(step, grant, scope) || readsBy(step, grant, scope),
  );
}

function writesBy(
  { writes }: Pick<PlannedStep, 'writes'>,
  grant: ScopeGrant,
  scope: Scope,
): boolean {
  switch (writes.kind) {
    case 'listed':
      return writes.writes.some(write =>
        isGranted(
          write,
          { ...scope, grants: [grant] },
          { anyName: write.name === '*' },
        ),
      );
    case 'any-in-namespaces':
      return grant.verbs.some(verb => !READ_VERBS.includes(verb));
    default:
      return false;
  }
}

function readsBy(
  { secrets }: Pick<PlannedStep, 'secrets'>,
  grant: ScopeGrant,
  { reads }: Scope,
): boolean {
  if (!grant.verbs.some(verb => READ_VERBS.includes(verb))) return false;
  if (grant.group !== '' || grant.resource !== 'secrets') {
    return reads === 'namespaces';
  }
  switch (secrets.kind) {
    case 'none':
      return false;
    case 'named':
      return secrets.names.some(
        ({ namespace, name }) =>
          namespace === grant.namespace &&
          (grant.names.includes('*') || grant.names.includes(name)),
      );
    default:
      return true;
  }
}
