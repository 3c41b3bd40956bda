type Tree = Readonly<Record<string, unknown>>;

/** They say on which nodes pods may run: where no node fits, or stops to fit, pods end or never start. */
const PLACEMENT = [
  'nodeSelector',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
  'schedulerName',
];

/** What the API server writes where nobody said anything; kubectl sends it back with a whole template. */
const DEFAULT_SCHEDULER = 'default-scheduler';

/**
 * Why a change of what is there already may stop its pods by where it lets them run; undefined where it says nothing
 * of that. Which nodes would still fit is not known here, so any such change counts, a removal too.
 */
export function placementProblem(kind: string, spec: Tree): string | undefined {
  const pod = podSpecOf(kind, spec);
  const found = PLACEMENT.find(
    key => Object.hasOwn(pod, key) && pod[key] !== DEFAULT_SCHEDULER,
  );
  if (found !== undefined)
    return `it changes '${found}' of pods, which may leave them without a node`;
  // A directive may drop what it does not name.
  const directive = Object.keys(pod).find(
    key => key.startsWith('$') && !key.startsWith('$setElementOrder/'),
  );
  return directive === undefined
    ? undefined
    : `what the directive '${directive}' does to where pods run is not understood`;
}

function podSpecOf(kind: string, spec: Tree): Tree {
  switch (kind) {
    case '/pods':
      return spec;
    case 'batch/cronjobs':
      return below(spec, 'jobTemplate', 'spec', 'template', 'spec');
    default:
      return below(spec, 'template', 'spec');
  }
}

function below(tree: Tree, ...keys: string[]): Tree {
  return keys.reduce<Tree>((at, key) => {
    const next = at[key];
    return typeof next === 'object' && next !== null && !Array.isArray(next)
      ? (next as Tree)
      : {};
  }, tree);
}
