import type { PlannedStep } from '../plan/model';
import type { Run, StepResult, StepState } from './model';
import { isOnlyInNeed } from './onlyInNeed';

/**
 * How many steps of a run were not good, by what was not good about them. A run with any of them is never shown as a
 * plain success, whatever the person who ended it called it.
 *
 * @public
 */
export interface Shortfall {
  /** A command of it failed, it was ended, or nobody saw how it ended. */
  failed: number;
  /** It ran to its end, and its output is not what the document calls good, or a person said so. */
  unexpected: number;
  /** Nobody ran or confirmed it, or the approval that it needed was denied. */
  notDone: number;
  /** A person said why it was left out. */
  skipped: number;
}

/**
 * Counts the steps of a run that are not good as it stands. Not counted as left out are steps that nobody has to take:
 * those of a rollback, an escalation or mere information, those with a condition, and the options of a choice of which another was
 * taken; of a choice of which no option was taken, one counts.
 *
 * @public
 */
export function shortfallOf(run: Pick<Run, 'plan' | 'steps'>): Shortfall {
  const shortfall = { failed: 0, unexpected: 0, notDone: 0, skipped: 0 };
  const choices = new Map<string, 'notDone' | 'skipped'>();
  for (const step of run.plan.steps) {
    const lack = lackOf(run.steps[step.id]);
    if (lack === undefined) continue;
    if (lack === 'failed' || lack === 'unexpected') {
      shortfall[lack] += 1;
    } else if (isNeeded(run, step)) {
      const group = step.alternative?.group;
      if (group === undefined) shortfall[lack] += 1;
      else if (choices.get(group) !== 'notDone') choices.set(group, lack);
    }
  }
  for (const lack of choices.values()) shortfall[lack] += 1;
  return shortfall;
}

/** Every command of it ended well, and its output is not what the document calls good. @public */
export function isOnlyUnexpected(
  result: Pick<StepResult, 'exitCode' | 'commands' | 'expectations'>,
): boolean {
  const { exitCode, commands, expectations } = result;
  return (
    exitCode === 0 &&
    commands.every(command => command.failed === undefined) &&
    (expectations ?? []).some(({ verdict }) => verdict === 'missed')
  );
}

function lackOf(state: StepState): keyof Shortfall | undefined {
  switch (state.status) {
    case 'succeeded':
    case 'failed':
      return lackOfEnd(state);
    case 'interrupted':
      return 'failed';
    case 'skipped':
      return 'skipped';
    case 'confirmed':
      return undefined;
    default:
      return 'notDone';
  }
}

function lackOfEnd(
  state: Extract<StepState, { status: 'succeeded' | 'failed' }>,
): 'failed' | 'unexpected' | undefined {
  const { result, judgement } = state;
  if (!result.ok) return isOnlyUnexpected(result) ? 'unexpected' : 'failed';
  return judgement?.good === false ? 'unexpected' : undefined;
}

function isNeeded(run: Pick<Run, 'plan' | 'steps'>, step: PlannedStep) {
  if (run.steps[step.id].status === 'denied') return true;
  if (isOnlyInNeed(step)) return false;
  if (step.condition !== undefined) return false;
  const group = step.alternative?.group;
  return (
    group === undefined ||
    !run.plan.steps.some(
      other =>
        other.alternative?.group === group && wasTaken(run.steps[other.id]),
    )
  );
}

function wasTaken({ status }: StepState): boolean {
  return status !== 'pending' && status !== 'skipped' && status !== 'denied';
}
