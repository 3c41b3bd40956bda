import type { GrantedCall } from './isGranted';

/** Of Kubernetes, and of OpenShift, which keeps a second door to the same objects. */
const RIGHTS_GROUPS = new Set([
  'rbac.authorization.k8s.io',
  'authorization.openshift.io',
]);

/** They hand out credentials or sign them: no scope holds them by itself. */
const CREDENTIAL_SUBRESOURCES = new Set(['token', 'approval']);

/**
 * What a write does that no scope holds by itself, in words that follow "it"; undefined for what a namespace of the
 * scope allows. Only a grant that names it allows it, at planning as in the gateway.
 */
export function byGrantOnly(
  call: Pick<GrantedCall, 'group' | 'subresource' | 'namespace'>,
): string | undefined {
  if (changesRights(call)) return 'changes rights';
  if (CREDENTIAL_SUBRESOURCES.has(call.subresource))
    return 'makes a credential';
  return call.namespace === '' ? 'is in no namespace' : undefined;
}

/** True for what says who may do what. */
export function changesRights({ group }: Pick<GrantedCall, 'group'>): boolean {
  return RIGHTS_GROUPS.has(group);
}
