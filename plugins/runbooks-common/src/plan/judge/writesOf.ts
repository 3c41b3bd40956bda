import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import type { Scope } from '../../scope/model';
import { allowedWritesOf, connectionsIn } from '../allowedWrites';
import type { AllowedWrite, AllowedWrites } from '../model';
import { type KubectlWords, kubectlWordsOf, programOf } from './kubectlWords';
import { startsOthers } from './startsOthers';

/** Verbs of kubectl whose writes the gateway understands, though their names are not known. */
const UNDERSTOOD = new Set(
  'scale rollout set label annotate autoscale expose patch'.split(' '),
);

/** Verbs of kubectl that start nothing in a pod that is there. */
const EXECUTES_NOTHING = new Set(
  (
    'scale rollout set label annotate autoscale expose patch apply create replace delete taint cordon uncordon drain ' +
    'certificate'
  ).split(' '),
);

/**
 * What the gateway lets a step write: what its calls say, else any write in the namespaces that its text can reach.
 * `destructive` where one of its calls destroys something, or anything in it cannot be told, whatever is worse: only then does the gateway let a script
 * go on to its last line, and only then is it asked for before the step starts.
 */
export function writesOf(
  reading: BoundReading,
  scope: Scope,
  defaultNamespace: string,
): AllowedWrites {
  const writes = allowedWritesOf(reading, defaultNamespace, {});
  if (writes.kind !== 'any-in-namespaces') return writes;
  const unlisted = reading.calls.filter(
    call => call.verdict.writes === undefined && !startsOthers(call),
  );
  const executes = executesOf(reading, unlisted, defaultNamespace);
  return {
    kind: 'any-in-namespaces',
    namespaces: namespacesOf(reading, unlisted, scope, defaultNamespace),
    ...(executes.length > 0 ? { executes } : {}),
    destructive:
      executes === 'any' ||
      !reading.isRead ||
      reading.effect === 'destructive' ||
      reading.unknown !== undefined ||
      reading.effect === 'unknown' ||
      unlisted.some(call => !isUnderstood(call)),
  };
}

/** What is executed in pods: what the calls say, or anything where one of them does not tell what it does. */
function executesOf(
  reading: BoundReading,
  unlisted: readonly SeenCall[],
  defaultNamespace: string,
): AllowedWrite[] | 'any' {
  const named = connectionsIn(
    reading.calls.flatMap(({ where, verdict }) =>
      where === 'here' ? verdict.writes ?? [] : [],
    ),
    defaultNamespace,
  );
  const isTold =
    reading.isRead &&
    reading.unknown === undefined &&
    reading.effect !== 'unknown' &&
    unlisted.every(executesNothing) &&
    named.every(
      ({ subresource, command }) => subresource !== 'exec' || command,
    );
  return isTold ? named : 'any';
}

/** A call of which it is known that it starts nothing in a pod, though not what else it writes. */
function executesNothing(call: SeenCall): boolean {
  const { effect } = call.verdict;
  if (call.where === 'there') return true;
  if (effect === 'read' || effect === 'local') return true;
  if (effect === 'unknown') return false;
  const kubectl = kubectlWordsOf(call);
  if (kubectl)
    return !kubectl.unclear && EXECUTES_NOTHING.has(kubectl.verb.value);
  return (
    programOf(call) === 'helm' &&
    call.args.every(
      ({ value, certainty }) =>
        certainty !== 'words' && !value.startsWith('--post-renderer'),
    )
  );
}

function isUnderstood(call: SeenCall): boolean {
  const kubectl = kubectlWordsOf(call);
  return (
    call.verdict.effect === 'change' &&
    kubectl !== undefined &&
    UNDERSTOOD.has(kubectl.verb.value) &&
    !kubectl.options.unclear &&
    !putsBack(kubectl) &&
    !takesPodsAway(kubectl)
  );
}

/** With another label a pod may stand alone: the gateway asks for more where nobody saw its name. */
function takesPodsAway({ verb, operands }: KubectlWords): boolean {
  return (
    verb.value === 'label' &&
    !/^(?:deploy|sts|ds|cj|svc|cm|deployments?|statefulsets?|daemonsets?|cronjobs?|services?|configmaps?)(?:[./]|$)/.test(
      operands[0]?.value ?? '',
    )
  );
}

/** An earlier template may have an account or a node of its own, which no ordinary change gives. */
function putsBack({ verb, operands }: KubectlWords): boolean {
  return verb.value === 'rollout' && operands[0]?.value === 'undo';
}

function namespacesOf(
  reading: BoundReading,
  unlisted: readonly SeenCall[],
  scope: Scope,
  defaultNamespace: string,
): string[] {
  const all = [...new Set([defaultNamespace, ...scope.namespaces])].sort();
  if (!reading.isRead || reading.unknown !== undefined || unlisted.length === 0)
    return all;
  const found = new Set<string>();
  for (const call of reading.calls) {
    if (call.verdict.effect === 'read' || call.verdict.effect === 'local')
      continue;
    if (startsOthers(call)) continue;
    const kubectl = kubectlWordsOf(call);
    const named = kubectl?.options.value('namespace', 'n');
    const isKnown =
      kubectl &&
      !kubectl.unclear &&
      !kubectl.options.unclear &&
      !kubectl.options.has(
        'all-namespaces',
        'A',
        'filename',
        'f',
        'kustomize',
        'k',
        'raw',
      ) &&
      (!named || named.certainty === 'exact');
    if (!isKnown) return all;
    found.add(named?.value ?? defaultNamespace);
  }
  return found.size === 0 ? all : [...found].sort();
}
