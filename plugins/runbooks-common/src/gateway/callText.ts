import type { RequestInfo } from './RequestInfo';

/** What is needed to name a call: a request, or the record of one. @public */
export interface NamedCall {
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
  path?: string;
}

/**
 * A call in words: `patch of deployments.apps/scale "web" in namespace "demo"`.
 *
 * @public
 */
export function callText(call: NamedCall | RequestInfo): string {
  if (!('resource' in call) || call.resource === '') {
    return `${call.verb} of ${call.path ?? 'an unknown URL'}`;
  }
  const group = call.group && `.${call.group}`;
  const subresource = call.subresource && `/${call.subresource}`;
  const name = call.name && ` "${call.name}"`;
  const place = call.namespace && ` in namespace "${call.namespace}"`;
  return `${call.verb} of ${call.resource}${group}${subresource}${name}${place}`;
}
