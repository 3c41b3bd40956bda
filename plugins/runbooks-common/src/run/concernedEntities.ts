import type { EntityRef } from '../time';
import { approvingEntities } from './decision';
import { lockingEntities } from './lockingEntities';
import type { Run } from './model';

/**
 * The run's own entity first, then each whose owners must approve one of its steps, as it was planned, as it waits
 * now, or as it holds locks. Who may read the runs of one of them may read this run: nobody can approve what they may not see.
 *
 * @public
 */
export function concernedEntities(run: Run): EntityRef[] {
  const planned = run.plan.steps.flatMap(({ requires }) =>
    'approvedBy' in requires ? requires.approvedBy : [],
  );
  const waiting = Object.values(run.steps).flatMap(state =>
    state.status === 'waiting-approval'
      ? approvingEntities(run, state.request.binding.requires)
      : [],
  );
  return [
    ...new Set([
      run.plan.entityRef,
      ...planned,
      ...waiting,
      ...lockingEntities(run),
    ]),
  ];
}
