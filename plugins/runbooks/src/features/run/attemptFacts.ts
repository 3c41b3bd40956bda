import type { StepResult } from '@backstage-runbooks/plugin-runbooks-common';
import { countWords } from '../../words/procedureWords';
import { durationWords } from '../../words/timeWords';

/** How an attempt ended, one fact each. */
export function attemptFacts(result: StepResult, attempt: number): string[] {
  const { calls } = result;
  return [
    attempt > 1 && `Attempt ${attempt}`,
    result.exitCode !== undefined && `Exit code ${result.exitCode}`,
    `Took ${durationWords(result.durationMs)}`,
    result.timedOut && 'Timed out',
    result.cancelled && 'Cancelled',
    calls.total > 0 &&
      `${countWords(calls.total, 'Kubernetes call')}, ${countWords(
        calls.writes,
        'write',
      )}`,
    calls.refused > 0 && `${countWords(calls.refused, 'call')} refused`,
  ].filter((fact): fact is string => Boolean(fact));
}

/** How each top-level command ended, in the order they ran. */
export function commandLines(result: StepResult) {
  return result.commands.map((command, index) => ({
    key: `${index}`,
    text: command.text,
    end:
      command.exitCode === 0
        ? 'Succeeded:'
        : `Failed with exit code ${command.exitCode}:`,
  }));
}
