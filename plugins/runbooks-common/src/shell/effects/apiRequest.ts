import { describeRequest } from '../../gateway/describeRequest';
import {
  commandOf,
  isWrite,
  selectorOf,
  type RequestInfo,
} from '../../gateway/RequestInfo';
import type { KubernetesWrite } from '../model';

/** A request of the API server that a command makes by its path, as it would be sent. */
export interface ApiRequest {
  /** HTTP method. */
  method: string;
  /** Path and query. */
  path: string;
}

/** What a request does, in the words of Kubernetes authorization: as the gateway understands it. */
export function infoOf({ method, path }: ApiRequest): RequestInfo {
  return describeRequest(method, path);
}

/**
 * What a request writes; none for reads and for what the gateway understands as no resource, which it refuses. The
 * name of what is created stands in the body and may be any.
 */
export function writesOfRequest(request: ApiRequest): KubernetesWrite[] {
  const info = infoOf(request);
  if (info.kind !== 'resource' || !isWrite(info)) return [];
  const { verb, group, resource, subresource, namespace, name } = info;
  return [
    {
      verb,
      group,
      resource,
      subresource,
      namespace,
      name: name || '*',
      ...(verb === 'deletecollection' ? { selector: selectorOf(info) } : {}),
      ...(subresource === 'exec' ? { command: commandOf(info) } : {}),
    },
  ];
}
