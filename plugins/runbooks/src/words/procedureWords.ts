import type {
  PhaseRole,
  ProcedureKind,
} from '@backstage-runbooks/plugin-runbooks-common';

const KINDS: Record<ProcedureKind, string> = {
  check: 'Check',
  deploy: 'Deploy',
  rollback: 'Rollback',
  scale: 'Scale',
  incident: 'Incident',
  routine: 'Routine',
  troubleshoot: 'Troubleshoot',
  maintenance: 'Maintenance',
  recovery: 'Recovery',
  setup: 'Setup',
  onboarding: 'Onboarding',
  reference: 'Reference',
};

const ROLES: Record<PhaseRole, string> = {
  prerequisites: 'Before you start',
  investigation: 'Investigation',
  steps: 'Steps',
  verification: 'Verification',
  rollback: 'Rollback',
  escalation: 'Escalation',
  followup: 'Follow-up',
  information: 'Information',
};

/** What kind of work a procedure is, for people. */
export function kindWords(kind: ProcedureKind): string {
  return KINDS[kind];
}

/** What a phase is for, for people. */
export function phaseWords(role: PhaseRole): string {
  return ROLES[role];
}

/** "1 step", "4 steps". */
export function countWords(count: number, one: string, many = `${one}s`) {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}
