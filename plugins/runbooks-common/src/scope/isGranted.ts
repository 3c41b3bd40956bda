import type { Scope } from './model';

/** A call, or a write that is planned, as far as grants speak of it. @public */
export interface GrantedCall {
  verb: string;
  /** '' for the core group. */
  group: string;
  resource: string;
  subresource: string;
  /** '' for kinds without a namespace. */
  namespace: string;
  /** '' for collections; `*` of a planned write for any. */
  name: string;
}

/**
 * True where a grant of the scope names the call: its verb, group, resource (`pods/exec` for a subresource, as in
 * RBAC), namespace and name. A call without a name, such as one for a collection, needs a grant for any name.
 *
 * The one meaning of a grant: planning and the gateway ask here.
 *
 * @param options.anyName - The name is not known yet: only the rest is compared.
 * @public
 */
export function isGranted(
  call: GrantedCall,
  scope: Scope,
  options: { anyName?: boolean } = {},
): boolean {
  const resource = call.subresource
    ? `${call.resource}/${call.subresource}`
    : call.resource;
  return scope.grants.some(
    grant =>
      grant.verbs.includes(call.verb) &&
      grant.group === call.group &&
      grant.resource === resource &&
      grant.namespace === call.namespace &&
      (options.anyName ||
        grant.names.includes('*') ||
        (call.name !== '' && grant.names.includes(call.name))),
  );
}
