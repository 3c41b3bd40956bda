import type { PlannedStep } from '../plan/model';

const ROLES: ReadonlyArray<PlannedStep['phase']['role']> = [
  'rollback',
  'escalation',
  'information',
];

/** Whether a step is taken where it is needed, so that a run is whole without it. */
export function isOnlyInNeed({ phase }: Pick<PlannedStep, 'phase'>): boolean {
  return ROLES.includes(phase.role);
}
