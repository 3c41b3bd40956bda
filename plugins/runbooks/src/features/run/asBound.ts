import type {
  PlannedStep,
  StepBinding,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';

/**
 * A step with what was judged of it when it was asked for or started, where that has happened: values that earlier
 * steps left may have made it another one than was planned.
 */
export function asBound(planned: PlannedStep, state: StepState): PlannedStep {
  const binding = bindingOf(state);
  if (!binding) return planned;
  const { effect, because, commands, secrets, writes } = binding.verdict;
  return {
    ...planned,
    effect,
    because,
    commands,
    secrets,
    writes,
    requires: binding.requires,
    asWritten: planned.asWritten ?? {
      effect: planned.effect,
      because: planned.because,
    },
  };
}

function bindingOf(state: StepState): StepBinding | undefined {
  switch (state.status) {
    case 'waiting-approval':
    case 'denied':
      return state.request.binding;
    case 'queued':
    case 'running':
    case 'interrupted':
      return state.binding;
    case 'succeeded':
    case 'failed':
      return state.approval?.binding;
    default:
      return undefined;
  }
}
