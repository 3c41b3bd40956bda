import type { Scope } from '../scope/model';
import type { ResourceRequest } from './RequestInfo';

/**
 * True where a grant of the scope names the call: its verb, group, resource (`pods/exec` for a subresource, as in
 * RBAC), namespace and name. A call without a name, such as one for a collection, needs a grant for any name.
 *
 * @param options.anyName - The name is not known yet: only the rest is compared.
 */
export function isGranted(
  info: ResourceRequest,
  scope: Scope,
  options: { anyName?: boolean } = {},
): boolean {
  const resource = info.subresource
    ? `${info.resource}/${info.subresource}`
    : info.resource;
  return scope.grants.some(
    grant =>
      grant.verbs.includes(info.verb) &&
      grant.group === info.group &&
      grant.resource === resource &&
      grant.namespace === info.namespace &&
      (options.anyName ||
        grant.names.includes('*') ||
        (info.name !== '' && grant.names.includes(info.name))),
  );
}
