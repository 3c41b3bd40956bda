import { holdInWords, holdOn } from '../hold/holdOn';
import type { PlannedStep, StepBinding } from '../plan/model';
import { refused, type RunDecision, type RunPolicy } from './decision';
import type { Run } from './model';

/** Refuses to start, ask for or approve what a hold keeps from starting. */
export function refuseHeld(
  run: Run,
  step: PlannedStep,
  binding: StepBinding,
  { holds = [] }: RunPolicy,
): RunDecision | undefined {
  const hold = holdOn(run, step, binding, holds);
  return hold && refused('held', holdInWords(hold));
}
