import type { RunRights } from '@backstage-runbooks/plugin-runbooks-common';
import type { KubernetesClient, Right } from '../kubernetes';

/** What runs read in the whole cluster: where an entity's pods are, and whose a namespace is. */
const READS: readonly Right[] = [
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'get', group: '', resource: 'namespaces' },
  { verb: 'list', group: 'apps', resource: 'deployments' },
];
/** What most procedures do in a namespace of a scope. */
const WRITES: readonly Right[] = [
  { verb: 'patch', group: 'apps', resource: 'deployments' },
  {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: 'scale',
  },
  { verb: 'delete', group: '', resource: 'pods' },
];
const EVERYTHING: Right = { verb: '*', group: '*', resource: '*' };

/** Where more namespaces are configured, the first ones stand for all. */
const MAX_NAMESPACES = 10;

/**
 * What the account of runs may not do, and whether it may do everything, as the API server's authorization says.
 *
 * @param ask - `impersonates`: runs act as somebody else there, whose rights cannot be asked without being them; then
 *   only whether the account may impersonate.
 */
export async function runRights(
  client: Pick<KubernetesClient, 'mayI'>,
  clusterName: string,
  ask: {
    namespaces: readonly string[];
    impersonates: boolean;
    signal: AbortSignal;
  },
): Promise<RunRights> {
  const may = (right: Right) =>
    client.mayI(clusterName, right, { signal: ask.signal });
  const needed = ask.impersonates
    ? [{ verb: 'impersonate', group: '', resource: 'users' }]
    : [
        ...READS,
        ...ask.namespaces
          .slice(0, MAX_NAMESPACES)
          .flatMap(namespace => WRITES.map(right => ({ ...right, namespace }))),
      ];
  const [all, ...allowed] = await Promise.all([EVERYTHING, ...needed].map(may));
  return {
    missing: needed.filter((_, at) => !allowed[at]).map(inWords),
    all,
  };
}

function inWords({
  verb,
  group,
  resource,
  subresource,
  namespace,
}: Right): string {
  const kind = `${resource}${group ? `.${group}` : ''}${
    subresource ? `/${subresource}` : ''
  }`;
  return `${verb} ${kind}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
