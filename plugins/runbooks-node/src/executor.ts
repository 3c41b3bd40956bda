import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** Variables and working directory that one step leaves to the next. @public */
export interface CarriedState {
  /** Exported and unexported shell variables, as data; never sourced. */
  variables: Record<string, string>;
  /** Relative to the workspace; '' is the workspace itself. */
  workingDirectory: string;
}

/** One attempt of one step, ready to run. @public */
export interface StepExecution {
  runId: string;
  stepId: string;
  attempt: number;
  /** The exact bash text that was planned and, where needed, approved. */
  text: string;
  /** Parameter values by name. They reach the step as environment variables, never as text. */
  environment: Record<string, string>;
  carried: CarriedState;
  /** Folder that becomes /workspace; it exists and holds the run's files. */
  workspace: string;
  /** Default namespace of kubectl. */
  namespace: string;
  /** Unix socket of the attempt's gateway; undefined: the step has no cluster. */
  gatewaySocket?: string;
  timeoutMs: number;
  /** Ending at the timeout is what the step is made for (a bounded watch), not a failure. */
  endsAtTimeout: boolean;
  /** Between SIGTERM and SIGKILL. */
  killAfterMs: number;
  /** Called in order; a returned promise holds the step's output back until it is settled. */
  onOutput(stream: 'stdout' | 'stderr', chunk: Buffer): void | Promise<void>;
}

/** How an attempt ended. The same shape for good and bad. @public */
export interface StepExecutionResult {
  ok: boolean;
  exitCode?: number;
  startedAt: Date;
  durationMs: number;
  timedOut: boolean;
  cancelled: boolean;
  commands: Array<{ line: number; text: string; exitCode: number }>;
  carried: CarriedState;
  /** Why it could not run at all. */
  failure?: string;
}

/** Makes steps happen. @public */
export interface StepExecutor {
  readonly id: string;
  /** Tried once at start-up with the real settings; the reason is shown where it is not available. */
  probe(): Promise<{ available: true } | { available: false; because: string }>;
  /** Never rejects for what the step does; `signal` cancels: SIGTERM to all of it, then SIGKILL. */
  execute(
    execution: StepExecution,
    signal: AbortSignal,
  ): Promise<StepExecutionResult>;
}

/** Adds step executors to the runbooks backend. @public */
export interface StepExecutorExtensionPoint {
  addExecutor(executor: StepExecutor): void;
}

/** @public */
export const stepExecutorExtensionPoint =
  createExtensionPoint<StepExecutorExtensionPoint>({
    id: 'runbooks.step-executor',
  });
