import {
  isAnswer,
  lastPart,
  type StatementLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecution,
  StepExecutionResult,
} from '@backstage-runbooks/plugin-runbooks-node';
import type { SandboxEnd } from './Sandbox';
import type { StepEnding } from './StepEnding';
import type { StepReport } from './StepReport';

type Commands = StepExecutionResult['commands'];

/**
 * How a step ended: well only where its shell came to an end of its own (or to the end of the time that it is made
 * for), with 0 or an answer, and no command of it failed.
 */
export function stepEnd(what: {
  execution: Pick<StepExecution, 'endsAtTimeout'>;
  end: SandboxEnd;
  ending: Pick<StepEnding, 'cancelled' | 'timedOut'>;
  report: StepReport;
  pieces: readonly StatementLines[];
}): Pick<
  StepExecutionResult,
  'ok' | 'exitCode' | 'timedOut' | 'cancelled' | 'commands'
> {
  const { execution, end, ending, report, pieces } = what;
  const { cancelled, timedOut } = ending;
  const exitCode = report.stoppedWith() ?? end.exitCode;
  const reported = report.commands(pieces);
  const commands =
    cancelled || timedOut
      ? withoutInterrupted(reported)
      : withLast(reported, exitCode);
  const isWholly = commands.every(command => command.failed === undefined);
  const hasEndedWell = timedOut
    ? execution.endsAtTimeout
    : !cancelled && (exitCode === 0 || isLastAnswer(commands, exitCode));
  return {
    ok: hasEndedWell && isWholly,
    ...(exitCode === undefined ? {} : { exitCode }),
    timedOut,
    cancelled,
    commands,
  };
}

/** What was running when the step was ended did not fail: it was ended. */
function withoutInterrupted(commands: Commands): Commands {
  const last = commands[commands.length - 1];
  if (!last) return commands;
  const { failed, ...others } = last;
  return [...commands.slice(0, -1), others];
}

/** Where the step failed, and nothing in it was seen to fail: a program ends as its last command does. */
function withLast(commands: Commands, exitCode: number | undefined): Commands {
  const last = commands[commands.length - 1];
  const isKnown =
    exitCode === 0 ||
    !last ||
    last.exitCode === 0 ||
    isLastAnswer(commands, exitCode) ||
    commands.some(command => command.failed !== undefined);
  if (isKnown) return commands;
  return [
    ...commands.slice(0, -1),
    { ...last, failed: last.text.split('\n', 1)[0] },
  ];
}

function isLastAnswer(
  commands: Commands,
  exitCode: number | undefined,
): boolean {
  const last = commands[commands.length - 1];
  return (
    exitCode !== undefined &&
    last?.exitCode === exitCode &&
    last.failed === undefined &&
    isAnswer(lastPart(last.text), exitCode)
  );
}
