import type { EntityRef } from '../time';
import { approvingEntities } from './decision';
import type { Run } from './model';

/**
 * The entities to which belongs what the run keeps others from changing: those whose owners had to approve its step
 * that is queued, running, or interrupted and not settled. Their owners may let it go, also where the run's own entity
 * is in the catalog no more.
 *
 * @public
 */
export function lockingEntities(run: Run): EntityRef[] {
  if (run.status.kind === 'finished') return [];
  const held = Object.values(run.steps).flatMap(state =>
    state.status === 'queued' ||
    state.status === 'running' ||
    state.status === 'interrupted'
      ? approvingEntities(run, state.binding.requires)
      : [],
  );
  return [...new Set(held)];
}

/** Whether a command ends what the run keeps others from. @public */
export function letsGo({ kind }: { kind: string }): boolean {
  return ['cancel', 'finish', 'settle-interruption'].includes(kind);
}
