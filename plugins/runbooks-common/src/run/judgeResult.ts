import {
  judgeExpectation,
  type JudgedCheck,
} from '../document/expectations/judgeExpectation';
import type { PlannedStep } from '../plan/model';
import type { StepResult } from './model';

/** What an executor tells of an attempt, as far as its verdict goes. */
type Ended = Pick<
  StepResult,
  | 'ok'
  | 'exitCode'
  | 'timedOut'
  | 'cancelled'
  | 'commands'
  | 'calls'
  | 'failure'
  | 'failedAfterStart'
>;

type Command = StepResult['commands'][number];

/**
 * Whether an attempt was good, and what was not: a command that failed, a call that was refused, an expectation that
 * was missed. A step with any of them is never a success. An expectation that cannot be told from the output is left
 * to a person.
 *
 * @param output - The output as it was stored, or its two ends where it is long.
 *
 * @public
 */
export function judgeResult(
  step: PlannedStep,
  ended: Ended,
  output: string,
): Pick<StepResult, 'ok' | 'verdict' | 'expectations'> {
  const expectations =
    step.expectation && step.expectation.checks.length > 0
      ? judgeExpectation(step.expectation, output, ended.exitCode)
      : undefined;
  const reasons = [
    ...endReasons(ended),
    ...commandReasons(ended),
    ...refusedReasons(ended),
    ...missedReasons(expectations ?? []),
  ];
  const ok = ended.ok && reasons.length === 0;
  return {
    ok,
    ...(ok ? {} : { verdict: reasons.join('; ') || 'it ended with a failure' }),
    ...(expectations ? { expectations } : {}),
  };
}

function endReasons(ended: Ended): string[] {
  if (ended.failure !== undefined) {
    return [
      ended.failedAfterStart
        ? ended.failure
        : `it could not run: ${ended.failure}`,
    ];
  }
  if (ended.cancelled) return ['it was cancelled'];
  return ended.timedOut && !ended.ok ? ['it took too long'] : [];
}

function commandReasons({ ok, exitCode, commands, failure }: Ended): string[] {
  const failed = commands.filter(isFailed);
  if (failed.length > 0) {
    return commands.length === 1
      ? [oneFailed(failed[0])]
      : [`${failed.length} of ${commands.length} commands failed`];
  }
  return !ok && failure === undefined && exitCode !== undefined && exitCode > 0
    ? [`it ended with exit code ${exitCode}`]
    : [];
}

/** The exit code is told where it is no answer: of a pipeline it may be that of another part. */
function oneFailed({ text, failed, exitCode }: Command): string {
  if (failed !== text.split('\n', 1)[0]) {
    return `a part of it failed: ${failed}`;
  }
  return exitCode === 0 ? 'it failed' : `it failed with exit code ${exitCode}`;
}

/** A program such as curl may print nothing of a refusal and end well. */
function refusedReasons({ calls }: Ended): string[] {
  if (calls.refused === 0) return [];
  return [
    calls.refused === 1
      ? '1 call was refused'
      : `${calls.refused} calls were refused`,
  ];
}

function isFailed(command: Command): boolean {
  return command.failed !== undefined;
}

function missedReasons(expectations: readonly JudgedCheck[]): string[] {
  return expectations
    .filter(({ verdict }) => verdict === 'missed')
    .map(({ because }) => because);
}
