import {
  didText,
  type StepResult,
} from '@backstage-runbooks/plugin-runbooks-common';
import { countWords } from '../../words/procedureWords';
import { notOkLabel } from '../../words/runWords';
import { durationWords } from '../../words/timeWords';
import { upperFirst } from '../../words/upperFirst';

/** How an attempt ended, one fact each. */
export function attemptFacts(result: StepResult, attempt: number): string[] {
  const { calls } = result;
  return [
    attempt > 1 && `Attempt ${attempt}`,
    result.exitCode !== undefined &&
      !isToldBy(result, `exit code ${result.exitCode}`) &&
      `Exit code ${result.exitCode}`,
    `Took ${durationWords(result.durationMs)}`,
    result.timedOut && 'Timed out',
    result.cancelled && 'Cancelled',
    calls.total > 0 &&
      `${countWords(calls.total, 'Kubernetes call')}, ${didText(calls)}`,
    calls.refused > 0 &&
      !isToldBy(result, 'refused') &&
      `${countWords(calls.refused, 'call')} refused`,
  ].filter((fact): fact is string => Boolean(fact));
}

/** The verdict stands above the facts. */
function isToldBy({ ok, verdict = '' }: StepResult, fact: string): boolean {
  return !ok && verdict.includes(fact);
}

/** What was not good about an attempt; undefined where nothing was. */
export interface NotGood {
  title: string;
  detail?: string;
  /** The commands that failed, where there were several to tell apart. */
  commands: Array<{ key: string; text: string; end: string }>;
}

/**
 * Tells why an attempt does not count as a success: it could not run, was ended, commands failed, or it was not as
 * expected; undefined also where the tag of the step says just that.
 */
export function notGood(result: StepResult): NotGood | undefined {
  if (result.failure) {
    if (result.failedAfterStart) {
      return { title: upperFirst(result.failure), commands: [] };
    }
    return {
      title: 'It could not run',
      detail: upperFirst(result.failure),
      commands: [],
    };
  }
  if (result.ok || !result.verdict) return undefined;
  const title = upperFirst(result.verdict);
  const commands = result.commands.length > 1 ? failedCommands(result) : [];
  if (commands.length === 0 && title === notOkLabel(result)) return undefined;
  return { title, commands };
}

function failedCommands(result: StepResult): NotGood['commands'] {
  return result.commands.filter(isFailed).map((command, index) => ({
    key: `${index}`,
    text: command.failed ?? command.text,
    end: `ended with exit code ${command.exitCode}`,
  }));
}

/** How each top-level command ended, in the order they ran. */
export function commandLines(result: StepResult) {
  return result.commands.map((command, index) => ({
    key: `${index}`,
    text: command.text,
    end: endOf(command),
  }));
}

/** A search that finds nothing ends with an exit code of 1 and has not failed; a pipeline may end with 0 and has. */
export function isFailed(command: StepResult['commands'][number]): boolean {
  return command.failed !== undefined;
}

function endOf(command: StepResult['commands'][number]): string {
  if (isFailed(command)) return `Failed with exit code ${command.exitCode}:`;
  return command.exitCode === 0
    ? 'Succeeded:'
    : `Ended with exit code ${command.exitCode}:`;
}
