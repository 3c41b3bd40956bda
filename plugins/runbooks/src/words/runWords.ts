import {
  isOnlyUnexpected,
  summarizeRun,
  UNREADABLE_RUN,
  type Run,
  type RunSummary,
  type Shortfall,
  type StepResult,
  type StepState,
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
  /** More of it, for whoever points at it. */
  title?: string;
}

/** A longer verdict stands with the output instead. */
const LONGEST_LABEL = 36;

const SUMMARY_STATES: Record<string, StateWords> = {
  open: { label: 'Open', tone: 'info' },
  'waiting-approval': { label: 'Waiting for approval', tone: 'caution' },
  running: { label: 'Running', tone: 'info', busy: true },
  interrupted: { label: 'Interrupted', tone: 'danger' },
  cancelling: { label: 'Cancelling', tone: 'caution', busy: true },
  succeeded: { label: 'Succeeded', tone: 'ok' },
  failed: { label: 'Failed', tone: 'danger' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  [UNREADABLE_RUN]: {
    label: 'Cannot be read',
    tone: 'danger',
    title:
      'Its events are of a version that is read no more, or were altered. The ledger can still be verified',
  },
};

const OUTCOMES: readonly string[] = ['succeeded', 'failed', 'cancelled'];

/** States by which history can be filtered, in the order people look for them. */
export const RUN_STATES: readonly string[] = [
  'open',
  'waiting-approval',
  'running',
  'interrupted',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
];

/** What a state is called where runs are chosen by it, whatever their steps say. */
export function runStateLabel(state: string): string {
  return stateWords(state).label;
}

/**
 * How a run stands, in lists and on its page. One that somebody ended as a success is not green where a step of it was
 * not good, not done or left out, and is none where it was rolled back. One that goes on tells what failed so far. A
 * state that this version does not know is shown as it is written.
 */
export function runWords(
  run: Pick<RunSummary, 'state' | 'shortfall' | 'rolledBack'>,
): StateWords {
  const words = stateWords(run.state);
  if (run.state === UNREADABLE_RUN) return words;
  const { failed, unexpected } = run.shortfall;
  const bad = shortfallWords({
    // The step that was interrupted is one of them, and told by the state.
    failed: run.state === 'interrupted' ? Math.max(0, failed - 1) : failed,
    unexpected,
    notDone: 0,
    skipped: 0,
  });
  const hasEnded = OUTCOMES.includes(run.state);
  const lacks = hasEnded ? shortfallWords(run.shortfall) : bad;
  const back = run.rolledBack ? ['rolled back'] : [];
  if (back.length + lacks.length === 0) return words;
  const told = [...back, ...lacks].join(', ');
  if (run.state === 'succeeded') {
    return {
      label: run.rolledBack
        ? labelOf('Rolled back', bad.slice(0, 1))
        : `Success, but ${withoutUnit(lacks[0])}`,
      tone: run.rolledBack || bad.length > 0 ? 'caution' : 'neutral',
      title: `Ended as a success: ${told}`,
    };
  }
  return {
    ...words,
    label: labelOf(words.label, [
      ...(hasEnded ? [] : bad.slice(0, 1)),
      ...back,
    ]),
    tone: words.tone === 'info' ? 'caution' : words.tone,
    title: `${words.label}: ${told}`,
  };
}

/** Short enough for a column; of what it is a number of, and what else was not good, the title tells. */
function labelOf(first: string, others: readonly string[]): string {
  return [first, ...others.map(withoutUnit)].join(', ');
}

function withoutUnit(lack: string): string {
  return lack.replace(/ steps? /, ' ');
}

/** What was not good in a run, the worst first: '2 steps failed', '1 not done'; empty where everything was. */
export function shortfallWords(shortfall: Shortfall): string[] {
  const { failed, unexpected, notDone, skipped } = shortfall;
  const parts: Array<[number, string]> = [
    [failed, 'failed'],
    [unexpected, 'not as expected'],
    [notDone, 'not done'],
    [skipped, 'skipped'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what], index) =>
      index === 0
        ? `${countWords(count, 'step')} ${what}`
        : `${count.toLocaleString()} ${what}`,
    );
}

/** The state of a run on its page: the words that lists have for it. */
export function wholeRunWords(run: Run): StateWords {
  return runWords(summarizeRun(run));
}

function stateWords(state: string): StateWords {
  return SUMMARY_STATES[state] ?? { label: state, tone: 'neutral' };
}

const NOT_RUN: StateWords = { label: 'Not run', tone: 'neutral' };

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

/**
 * Where a step stands. Green is only what ended well in every way, and what nobody called wrong. Once the run has ended
 * nothing comes any more: what was not run or waited then was not run.
 */
export function stepStateWords(
  state: StepState,
  runHasEnded: boolean = false,
): StateWords {
  switch (state.status) {
    case 'succeeded':
    case 'failed':
      return endWords(state);
    case 'pending':
      if (runHasEnded) return NOT_RUN;
      return state.returnedBecause === undefined
        ? STEP_STATES.pending
        : { label: 'Not started', tone: 'caution' };
    case 'waiting-approval':
      return runHasEnded ? NOT_RUN : STEP_STATES[state.status];
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

/** What the tag of a step says of an attempt that was not good. */
export function notOkLabel(result: StepResult): string {
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
