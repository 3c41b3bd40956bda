import { decideCall } from '../../gateway/decideCall';
import { readProblem } from '../../gateway/readProblem';
import { isWrite } from '../../gateway/RequestInfo';
import { infoOf } from '../../shell/effects/apiRequest';
import { resourceNamed } from '../../shell/effects/kubectl/resources';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import type { GrantedCall } from '../../scope/isGranted';
import type { Scope } from '../../scope/model';
import { type KubectlWords, kubectlWordsOf } from './kubectlWords';
import { namespaceOf } from './namespaceOf';

/**
 * Why the gateway would refuse what calls only read or rehearse, whatever was approved; undefined where it would not,
 * or where it cannot be told.
 */
export function readsRefused(
  calls: readonly SeenCall[],
  scope: Scope,
  defaultNamespace: string,
): string | undefined {
  for (const call of calls) {
    if (call.where === 'there') continue;
    const problem =
      requestRefused(call, scope) ??
      rehearsalRefused(call, scope, defaultNamespace) ??
      readRefused(call, scope, defaultNamespace);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What is asked by its path is asked of the gateway itself, as a step that may read every Secret of the scope. */
function requestRefused(call: SeenCall, scope: Scope): string | undefined {
  for (const request of call.verdict.requests ?? []) {
    const info = infoOf(request);
    if (info.kind === 'resource' && isWrite(info)) continue;
    const decision = decideCall(
      info,
      { kind: 'none' },
      {
        scope,
        secrets: { kind: 'any' },
        allowed: { kind: 'none' },
        destructive: true,
        preview: false,
        observeOnly: false,
      },
    );
    const because =
      decision.kind === 'refuse'
        ? decision.because
        : withheldBecause(call, decision.secrets);
    if (because !== undefined)
      return `"${request.method} ${request.path}" is refused: ${because}`;
  }
  return undefined;
}

/** A client that takes tables is answered without data. */
function withheldBecause(
  { args }: SeenCall,
  view: Extract<ReturnType<typeof decideCall>, { kind: 'pass' }>['secrets'],
): string | undefined {
  const takesTables = args.some(({ value }) => /;\s*as=/i.test(value));
  return view?.kind === 'without-data' && !takesTables
    ? view.because
    : undefined;
}

/** A dry run goes as far as a read. What it tells of Secrets is judged as reading them. */
function rehearsalRefused(
  call: SeenCall,
  scope: Scope,
  defaultNamespace: string,
): string | undefined {
  const { rehearses } = call.verdict;
  if (!rehearses || asksNobody(call)) return undefined;
  for (const write of rehearses) {
    const { namespace = defaultNamespace } = write;
    if (/[*$]/.test(namespace)) continue;
    const problem = readProblem({ ...write, namespace }, scope);
    if (problem !== undefined)
      return `the dry run of "${write.verb} ${write.resource} ${
        write.name
      }" in ${namespace || 'no namespace'} is refused: ${problem}`;
  }
  return undefined;
}

/** `kubectl create --dry-run=client` builds the object by itself. */
function asksNobody(call: SeenCall): boolean {
  const words = kubectlWordsOf(call);
  const how = words?.options.value('dry-run');
  return words?.verb.value === 'create' && how?.value === 'client';
}

const READING = new Set(['get', 'describe', 'logs', 'top']);

/** Where reads stay in the namespaces of the scope: an ordinary read of another one. */
function readRefused(
  call: SeenCall,
  scope: Scope,
  defaultNamespace: string,
): string | undefined {
  if (scope.reads === 'cluster') return undefined;
  const words = kubectlWordsOf(call);
  const isTold =
    words &&
    !words.unclear &&
    !words.options.unclear &&
    READING.has(words.verb.value) &&
    !words.options.has('filename', 'f', 'raw', 'kustomize', 'k');
  const namespace = isTold && namespaceOf(call, defaultNamespace);
  if (!isTold || namespace === undefined || namespace === false)
    return undefined;
  for (const read of readsOf(words, namespace === '*' ? '' : namespace)) {
    const problem = readProblem(read, scope);
    if (problem !== undefined)
      return `it reads ${read.resource} in ${
        namespace === '*' || read.namespace === ''
          ? 'all of the cluster'
          : namespace
      }, and ${problem}`;
  }
  return undefined;
}

function readsOf(
  { verb, operands }: KubectlWords,
  namespace: string,
): GrantedCall[] {
  const at = (kind: string, name: string): GrantedCall[] => {
    const resource = resourceNamed(kind);
    return resource
      ? [
          {
            verb: name === '' ? 'list' : 'get',
            group: resource.group,
            resource: resource.resource,
            subresource: '',
            namespace: resource.namespaced ? namespace : '',
            name,
          },
        ]
      : [];
  };
  if (verb.value === 'logs' || verb.value === 'top')
    return at(operands[0]?.value.startsWith('no') ? 'nodes' : 'pods', '*');
  const [first, ...names] = operands.filter(isExact);
  if (!first || names.length < operands.length - 1) return [];
  if (first.value.includes('/'))
    return [first, ...names].flatMap(({ value }) => {
      const [kind, name = ''] = value.split('/');
      return at(kind, name);
    });
  return first.value
    .split(',')
    .flatMap(kind =>
      names.length === 0
        ? at(kind, '')
        : names.flatMap(({ value }) => at(kind, value)),
    );
}

function isExact({ certainty }: Argument): boolean {
  return certainty === 'exact';
}
