import { isGranted, type GrantedCall } from '../scope/isGranted';
import type { Scope } from '../scope/model';
import { namespacesInWords } from '../scope/namespacesInWords';

/** Why a run may not read something that is no Secret data: it is further than its reads go; undefined where it may. */
export function readProblem(
  call: GrantedCall,
  scope: Scope,
): string | undefined {
  const isNear =
    scope.reads === 'cluster' ||
    scope.namespaces.includes(call.namespace) ||
    isNamespaceItself(call, scope) ||
    isGranted(call, scope);
  return isNear
    ? undefined
    : `this run may read in ${namespacesInWords(scope.namespaces)} only`;
}

function isNamespaceItself(call: GrantedCall, scope: Scope): boolean {
  return (
    call.verb === 'get' &&
    call.group === '' &&
    call.resource === 'namespaces' &&
    scope.namespaces.includes(call.name)
  );
}
