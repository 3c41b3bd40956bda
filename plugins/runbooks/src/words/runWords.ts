import type {
  Run,
  StepResult,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { countWords } from './procedureWords';
import type { Tone } from './tone';
import { upperFirst } from './upperFirst';

/** A state as people read it. */
export interface StateWords {
  label: string;
  tone: Tone;
  /** Something is going on right now. */
  busy?: boolean;
}

/** A longer verdict stands with the output instead. */
const LONGEST_LABEL = 36;

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
  if (run.status.kind === 'finished') return finishedWords(run.status);
  if (run.status.kind === 'cancelling') return runStateWords('cancelling');
  const states = Object.values(run.steps).map(step => step.status);
  const shown = ['running', 'queued', 'interrupted', 'waiting-approval'].find(
    status => states.some(state => state === status),
  );
  return runStateWords(shown ?? 'open');
}

/** A run that somebody calls a success is not green where a step of it was not good. */
function finishedWords(
  status: Extract<Run['status'], { kind: 'finished' }>,
): StateWords {
  const words = runStateWords(status.outcome);
  return status.outcome === 'succeeded' && status.failedSteps.length > 0
    ? {
        label: `Succeeded, but ${countWords(
          status.failedSteps.length,
          'step',
        )} failed`,
        tone: 'caution',
      }
    : words;
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

/** Where a step stands. Green is only what ended well in every way, and what nobody called wrong. */
export function stepStateWords(state: StepState): StateWords {
  switch (state.status) {
    case 'succeeded':
    case 'failed':
      return endWords(state);
    case 'pending':
      return state.returnedBecause === undefined
        ? STEP_STATES.pending
        : { label: 'Not started', tone: 'caution' };
    default:
      return STEP_STATES[state.status];
  }
}

function endWords(
  state: Extract<StepState, { status: 'succeeded' | 'failed' }>,
): StateWords {
  const { result, judgement } = state;
  if (!result.ok) return { label: notOkLabel(result), tone: 'danger' };
  if (judgement?.good === false) {
    return { label: 'Looks wrong', tone: 'danger' };
  }
  return STEP_STATES[state.status];
}

function notOkLabel(result: StepResult): string {
  if (result.failure) {
    return result.failedAfterStart ? 'Was ended' : 'Could not run';
  }
  if (result.cancelled) return 'Cancelled';
  if (result.timedOut) return 'Timed out';
  if (isOnlyUnexpected(result)) return 'Not as expected';
  if (result.verdict && result.verdict.length <= LONGEST_LABEL) {
    return upperFirst(result.verdict);
  }
  return 'Failed';
}

/** Every command of it ended well, and its output is not what the document calls good. */
function isOnlyUnexpected({ exitCode, commands, expectations }: StepResult) {
  return (
    exitCode === 0 &&
    commands.every(command => command.failed === undefined) &&
    (expectations ?? []).some(({ verdict }) => verdict === 'missed')
  );
}
