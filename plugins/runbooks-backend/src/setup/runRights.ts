import type {
  Impersonation,
  RunRights,
} from '@backstage-runbooks/plugin-runbooks-common';
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
 * @param ask - `impersonation`: runs act as somebody else there, whose rights cannot be asked without being them; then
 *   only whether the account may impersonate those whose names do not depend on the entity. Of the others nothing is
 *   said: a role may name them one by one.
 */
export async function runRights(
  client: Pick<KubernetesClient, 'mayI'>,
  clusterName: string,
  ask: {
    namespaces: readonly string[];
    impersonation?: Impersonation;
    signal: AbortSignal;
  },
): Promise<RunRights> {
  const may = (right: Right) =>
    client.mayI(clusterName, right, { signal: ask.signal });
  const needed = ask.impersonation
    ? impersonating(ask.impersonation)
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

function impersonating({ user = 'runbooks', groups }: Impersonation): Right[] {
  const right = (resource: string, name: string): Right[] =>
    /[{}]/.test(name)
      ? []
      : [{ verb: 'impersonate', group: '', resource, name }];
  return [
    ...right('users', user),
    ...groups.flatMap(group => right('groups', group)),
  ];
}

function inWords({
  verb,
  group,
  resource,
  subresource,
  namespace,
  name,
}: Right): string {
  const kind = `${resource}${group ? `.${group}` : ''}${
    subresource ? `/${subresource}` : ''
  }`;
  const of = name === undefined ? '' : ` ${name}`;
  return `${verb} ${kind}${of}${
    namespace === undefined ? '' : ` in ${namespace}`
  }`;
}
