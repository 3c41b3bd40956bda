import type {
  Run,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Tone } from './tone';

/** A state as people read it. */
export interface StateWords {
  label: string;
  tone: Tone;
  /** Something is going on right now. */
  busy?: boolean;
}

const SUMMARY_STATES: Record<string, StateWords> = {
  open: { label: 'Open', tone: 'info' },
  'waiting-approval': { label: 'Waiting for approval', tone: 'caution' },
  running: { label: 'Running', tone: 'info', busy: true },
  queued: { label: 'Starting', tone: 'info', busy: true },
  interrupted: { label: 'Interrupted', tone: 'danger' },
  cancelling: { label: 'Cancelling', tone: 'caution', busy: true },
  succeeded: { label: 'Succeeded', tone: 'ok' },
  failed: { label: 'Failed', tone: 'danger' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

/** States by which history can be filtered, in the order people look for them. */
export const RUN_STATES: readonly string[] = [
  'open',
  'waiting-approval',
  'running',
  'interrupted',
  'succeeded',
  'failed',
  'cancelled',
];

/** The state of a run in a list. A state that this version does not know is shown as it is written. */
export function runStateWords(state: string): StateWords {
  return SUMMARY_STATES[state] ?? { label: state, tone: 'neutral' };
}

/** The state of a run in full: what it waits for comes before "open". */
export function wholeRunWords(run: Run): StateWords {
  if (run.status.kind === 'finished') return runStateWords(run.status.outcome);
  if (run.status.kind === 'cancelling') return runStateWords('cancelling');
  const states = Object.values(run.steps).map(step => step.status);
  const shown = ['running', 'queued', 'interrupted', 'waiting-approval'].find(
    status => states.some(state => state === status),
  );
  return runStateWords(shown ?? 'open');
}

const STEP_STATES: Record<StepState['status'], StateWords> = {
  pending: { label: 'Not run yet', tone: 'neutral' },
  'waiting-approval': { label: 'Waiting for approval', tone: 'caution' },
  denied: { label: 'Denied', tone: 'danger' },
  queued: { label: 'Starting', tone: 'info', busy: true },
  running: { label: 'Running', tone: 'info', busy: true },
  succeeded: { label: 'Succeeded', tone: 'ok' },
  failed: { label: 'Failed', tone: 'danger' },
  interrupted: { label: 'Interrupted', tone: 'danger' },
  confirmed: { label: 'Done', tone: 'ok' },
  skipped: { label: 'Skipped', tone: 'neutral' },
};

/** Where a step stands. */
export function stepStateWords(state: StepState): StateWords {
  return STEP_STATES[state.status];
}
