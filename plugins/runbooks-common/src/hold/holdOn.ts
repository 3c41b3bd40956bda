import { mayHaveChanged } from '../gateway/callDone';
import type { PlannedStep, StepBinding } from '../plan/model';
import { approvingEntities } from '../run/decision';
import type { Run } from '../run/model';
import type { EntityRef } from '../time';
import type { Hold } from './model';

const CHANGING: ReadonlyArray<PlannedStep['effect']> = [
  'unknown',
  'change',
  'destructive',
];

/**
 * The first of the holds that keeps a step from starting, as it would run now; undefined where none does.
 *
 * What only reads goes on. A command inside a pod that is only expected to read goes on in a freeze, and not where
 * everything was stopped. A rollback goes on in a freeze where its run has changed something already: half done is worse
 * than undone.
 *
 * @public
 */
export function holdOn(
  run: Run,
  step: Pick<PlannedStep, 'phase'>,
  binding: Pick<StepBinding, 'verdict' | 'requires'>,
  holds: readonly Hold[],
): Hold | undefined {
  if (!mayBeHeld(binding)) return undefined;
  const changes = changesSomething(binding);
  const isWayBack = step.phase.role === 'rollback' && hasChanged(run);
  const written = [
    run.plan.entityRef,
    ...approvingEntities(run, binding.requires),
  ];
  return holds.find(
    hold =>
      concerns(hold, written, run.plan.cluster) &&
      (hold.kind === 'stop' || (changes && !isWayBack)),
  );
}

/** Whether any hold could keep a step from starting. @public */
export function mayBeHeld(binding: Pick<StepBinding, 'verdict'>): boolean {
  return changesSomething(binding) || binding.verdict.writes.kind !== 'none';
}

/** Whether a hold is about what any of the entities has on a cluster. @public */
export function concerns(
  { entityRefs, clusters }: Hold,
  ofEntities: readonly EntityRef[],
  cluster: string | undefined,
): boolean {
  const isHere =
    clusters === undefined ||
    (cluster !== undefined && clusters.includes(cluster));
  return isHere && (entityRefs?.some(ref => ofEntities.includes(ref)) ?? true);
}

/** A hold in words, for whoever wanted to start something. @public */
export function holdInWords({
  kind,
  name,
  because,
  by,
  since,
  until,
}: Hold): string {
  const why = because === undefined ? '' : `: ${because}`;
  if (kind === 'freeze') {
    return `Changes are frozen until ${
      until ?? 'further notice'
    } (${name})${why}. What only reads goes on`;
  }
  const when = since === undefined ? '' : ` at ${since}`;
  return `All changes were stopped${when} by ${
    by ?? 'the configuration'
  }${why}. What only reads goes on`;
}

function changesSomething({ verdict }: Pick<StepBinding, 'verdict'>): boolean {
  return CHANGING.includes(verdict.effect) || verdict.unknown !== undefined;
}

/** Whether a step of the run has changed something in a cluster, or may have. */
function hasChanged(run: Run): boolean {
  return Object.values(run.steps).some(state => {
    switch (state.status) {
      case 'succeeded':
      case 'failed':
        return mayHaveChanged(state.result.calls);
      case 'running':
      case 'interrupted':
        return state.binding.verdict.writes.kind !== 'none';
      default:
        return false;
    }
  });
}
