import type { ExecutorInventory } from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecution,
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';

/** Runs nothing and says why. */
export class UnavailableExecutor implements StepExecutor {
  readonly id = 'none';
  readonly #because: string;

  constructor(because: string) {
    this.#because = because;
  }

  async probe() {
    return { available: false as const, because: this.#because };
  }

  async inventory(): Promise<ExecutorInventory> {
    return {
      id: this.id,
      unavailable: this.#because,
      hasTool: () => false,
      hasNetwork: false,
    };
  }

  async execute(execution: StepExecution): Promise<StepExecutionResult> {
    return {
      ok: false,
      startedAt: new Date(),
      durationMs: 0,
      timedOut: false,
      cancelled: false,
      commands: [],
      carried: execution.carried,
      dropped: [],
      failure: `no executor is available on this backend (${this.#because})`,
    };
  }
}
