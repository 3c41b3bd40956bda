import type { SeenCall } from '../../shell/judgeCall';
import { byGrantOnly } from '../../scope/byGrantOnly';
import { endsPodsOfNode } from '../../gateway/nodeProblem';
import { isGranted } from '../../scope/isGranted';
import type { Scope } from '../../scope/model';
import { namespacesInWords } from '../../scope/namespacesInWords';
import type { AllowedWrite, AllowedWrites } from '../model';
import { kubectlWordsOf } from './kubectlWords';
import { namespaceOf } from './namespaceOf';
import { readsRefused } from './readsRefused';
import { secretReadsOf } from './secretReadsOf';

/**
 * Why the gateway would refuse what a step writes, reads or rehearses, whatever was approved; undefined where it lies in
 * the scope. Nobody is asked to approve such a step.
 */
export function outsideScope(
  writes: AllowedWrites,
  calls: readonly SeenCall[],
  scope: Scope,
  defaultNamespace: string,
): string | undefined {
  const problem =
    podsEnded(writes, calls) ??
    writesOutside(writes, scope) ??
    secretsOutside(calls, scope, defaultNamespace) ??
    readsRefused(calls, scope, defaultNamespace);
  return problem === undefined ? undefined : `outside the scope: ${problem}`;
}

function writesOutside(
  writes: AllowedWrites,
  scope: Scope,
): string | undefined {
  switch (writes.kind) {
    case 'none':
      return undefined;
    case 'any-in-namespaces': {
      const outside = writes.namespaces.filter(
        name => !scope.namespaces.includes(name),
      );
      return outside.length === 0
        ? undefined
        : `it writes in ${namespacesInWords(
            outside,
          )}, and this run may write in ${namespacesInWords(scope.namespaces)}`;
    }
    default:
      return ofListed(
        writes.writes.filter(write => !isGranted(write, scope)),
        scope,
      );
  }
}

function ofListed(
  writes: readonly AllowedWrite[],
  scope: Scope,
): string | undefined {
  return writes
    .map(write => writeOutside(write, scope))
    .find(problem => problem !== undefined);
}

/** Whatever ends the pods of a node, in a script too: no list of those who are asked would be complete. */
function podsEnded(
  writes: AllowedWrites,
  calls: readonly SeenCall[],
): string | undefined {
  const all = [
    ...(writes.kind === 'listed' ? writes.writes : []),
    ...calls.flatMap(({ where, verdict }) =>
      where === 'here' ? verdict.writes ?? [] : [],
    ),
  ];
  const ends = all.some(
    write =>
      (write.namespace === '*' && write.subresource === 'eviction') ||
      endsPodsOfNode(write),
  );
  return ends
    ? 'it evicts pods of all namespaces, or may end some, and whose they are is known only when it runs: a node is drained by hand, and labelled by hand'
    : undefined;
}

function writeOutside(write: AllowedWrite, scope: Scope): string | undefined {
  const what = `${write.verb} ${write.resource}${
    write.subresource && `/${write.subresource}`
  } ${write.name}`;
  const special = byGrantOnly(write);
  if (special !== undefined)
    return `"${what}" ${special}, which only a grant of runbooks.scopes that names it allows`;
  if (write.namespace === '*')
    return `"${what}" writes in all namespaces, and this run may write in ${namespacesInWords(
      scope.namespaces,
    )}`;
  return scope.namespaces.includes(write.namespace)
    ? undefined
    : `"${what}" writes in ${
        write.namespace
      }, and this run may write in ${namespacesInWords(scope.namespaces)}`;
}

function secretsOutside(
  calls: readonly SeenCall[],
  scope: Scope,
  defaultNamespace: string,
): string | undefined {
  for (const call of calls) {
    if (
      call.where === 'there' ||
      secretReadsOf([call], defaultNamespace).kind === 'none'
    )
      continue;
    const namespace = namespaceOf(call, defaultNamespace);
    if (namespace === undefined || scope.namespaces.includes(namespace))
      continue;
    const read = {
      verb: 'get',
      group: '',
      resource: 'secrets',
      subresource: '',
      namespace,
      name: '',
    };
    if (namespace !== '*' && isGranted({ ...read, name: nameOf(call) }, scope))
      continue;
    return `it reads Secrets in ${
      namespace === '*' ? 'all namespaces' : namespace
    }, and this run may read them in ${namespacesInWords(scope.namespaces)}`;
  }
  return undefined;
}

function nameOf(call: SeenCall): string {
  const words = kubectlWordsOf(call)?.operands ?? [];
  return words[1]?.value ?? words[0]?.value.split('/')[1] ?? '*';
}
