import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import type { Scope } from '../../scope/model';
import { allowedWritesOf } from '../allowedWrites';
import type { AllowedWrites } from '../model';
import { type KubectlWords, kubectlWordsOf } from './kubectlWords';
import { startsOthers } from './startsOthers';

/** Verbs of kubectl whose writes the gateway understands, though their names are not known. */
const UNDERSTOOD = new Set(
  'scale rollout set label annotate autoscale expose patch'.split(' '),
);

/**
 * What the gateway lets a step write: what its calls say, else any write in the namespaces that its text can reach.
 * `destructive` where one of its calls destroys something or cannot be told: only then does the gateway let a script
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
  return {
    kind: 'any-in-namespaces',
    namespaces: namespacesOf(reading, unlisted, scope, defaultNamespace),
    destructive:
      !reading.isRead ||
      reading.effect === 'destructive' ||
      reading.effect === 'unknown' ||
      unlisted.some(call => !isUnderstood(call)),
  };
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
  if (!reading.isRead || unlisted.length === 0) return all;
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
