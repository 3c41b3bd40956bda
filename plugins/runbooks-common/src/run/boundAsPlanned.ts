import type { PlannedStep, StepRequirement } from '../plan/model';
import type { BoundStep } from './model';

/**
 * A step as it was planned: nothing carried to it, no file changed. Enough to try what a person may do; what the step
 * would really get is known only when it is started or asked for, and the server then decides with that.
 *
 * @public
 */
export function boundAsPlanned(step: PlannedStep): BoundStep {
  return {
    binding: {
      verdict: {
        effect: step.effect,
        because: step.because,
        commands: step.commands,
        secrets: step.secrets,
        writes: step.writes,
        open: [],
        variables: step.variables,
        files: step.files,
      },
      requires: knownRequirement(step.requires),
      inputs: { variables: [], files: [] },
      executor: '',
      digest: step.digest,
    },
    differences: [],
  };
}

function knownRequirement(requires: StepRequirement): StepRequirement {
  return requires.kind === 'later'
    ? { kind: 'approval', because: requires.because, approvedBy: [] }
    : requires;
}
