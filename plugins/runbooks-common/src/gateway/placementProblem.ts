import { REPLACEABLE_KINDS } from './ordinaryKinds';
import { podSpecPath } from './podRisk';
import { isTree, type Tree } from './trees';

/** They say on which nodes pods may run: where no node fits, or stops to fit, pods end or never start. */
const PLACEMENT = [
  'nodeSelector',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
];

/** What the API server writes where nobody said anything; kubectl sends it back with a whole template. */
const DEFAULT_SCHEDULER = 'default-scheduler';

/**
 * Why a change of what is there already may stop its pods by where it lets them run; undefined where it says nothing
 * of that. Which nodes would still fit is not known here, so any such change counts, a removal too: what is put whole
 * in the place of a specification of pods takes away what it does not name.
 *
 * @param object - The object, or a part of one, from its root.
 * @param isWhole - It replaces the specification of the pods, as far as the form of the call tells.
 */
export function placementProblem(
  kind: string,
  object: Tree,
  isWhole: boolean,
): string | undefined {
  const levels = levelsOf(kind, object);
  const pod = levels[levels.length - 1] ?? {};
  const directive = levels.flatMap(directivesOf)[0];
  if (directive !== undefined)
    return `what the directive '${directive}' does to where pods run is not understood`;
  const found =
    PLACEMENT.find(key => Object.hasOwn(pod, key)) ?? schedulerOf(pod);
  if (found !== undefined)
    return `it changes '${found}' of pods, which may leave them without a node`;
  const replaces = isWhole || levels.some(replacesItself);
  return replaces && !REPLACEABLE_KINDS.has(kind)
    ? 'it replaces the whole template of its pods, and with it where they may run'
    : undefined;
}

/** `spec` and what is below it, down to the specification of the pods, as far as it is there. */
function levelsOf(kind: string, object: Tree): Tree[] {
  const levels: Tree[] = [];
  let at: unknown = object;
  const path = podSpecPath(kind) ?? [];
  for (const key of path) {
    at = isTree(at) ? at[key] : undefined;
    levels.push(isTree(at) ? at : {});
  }
  return levels;
}

/** Directives that may drop what they do not name. */
function directivesOf(level: Tree): string[] {
  return Object.keys(level).filter(
    key =>
      key.startsWith('$') &&
      !key.startsWith('$setElementOrder/') &&
      !(key === '$patch' && replacesItself(level)),
  );
}

/** How `kubectl rollout undo` puts the template of a StatefulSet or a DaemonSet back. */
function replacesItself(level: Tree): boolean {
  return level.$patch === 'replace';
}

function schedulerOf(pod: Tree): string | undefined {
  return Object.hasOwn(pod, 'schedulerName') &&
    pod.schedulerName !== DEFAULT_SCHEDULER
    ? 'schedulerName'
    : undefined;
}
