import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import type { Sandbox } from './Sandbox';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Ends a step before it ends itself: when it is cancelled, or when its time is over.
 *
 * SIGTERM to all of it first, so that its cleanup traps run while they can still reach the cluster; SIGKILL after
 * `killAfterMs`. A sandbox whose step has not begun is killed at once. The first reason counts.
 */
export class StepEnding {
  readonly #sandbox: Sandbox;
  readonly #killAfterMs: number;
  readonly #signal: AbortSignal;
  readonly #timeout: NodeJS.Timeout;
  #kill: NodeJS.Timeout | undefined;
  #hasStarted = false;
  #reason: 'cancelled' | 'timed-out' | undefined;

  constructor(
    sandbox: Sandbox,
    execution: Pick<StepExecution, 'timeoutMs' | 'killAfterMs'>,
    signal: AbortSignal,
  ) {
    this.#sandbox = sandbox;
    this.#killAfterMs = execution.killAfterMs;
    this.#signal = signal;
    this.#timeout = setTimeout(
      () => this.#end('timed-out'),
      Math.min(execution.timeoutMs, LONGEST_TIMER_MS),
    );
    signal.addEventListener('abort', this.#cancel);
    if (signal.aborted) this.#cancel();
  }

  get cancelled(): boolean {
    return this.#reason === 'cancelled';
  }

  get timedOut(): boolean {
    return this.#reason === 'timed-out';
  }

  /** The step's text is about to be read: from now on it may have something to clean up. */
  stepStarted(): void {
    this.#hasStarted = true;
  }

  /** Call it when the sandbox has ended. */
  dispose(): void {
    clearTimeout(this.#timeout);
    clearTimeout(this.#kill);
    this.#signal.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = () => this.#end('cancelled');

  #end(reason: 'cancelled' | 'timed-out'): void {
    if (this.#reason) return;
    this.#reason = reason;
    if (!this.#hasStarted) {
      this.#sandbox.kill();
      return;
    }
    this.#sandbox.terminate();
    this.#kill = setTimeout(() => this.#sandbox.kill(), this.#killAfterMs);
  }
}
