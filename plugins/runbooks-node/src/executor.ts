import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  CarriedVariable,
  ExecutorInventory,
} from '@backstage-runbooks/plugin-runbooks-common';

/** Variables and working directory that one step leaves to the next. @public */
export interface CarriedState {
  /** Shell variables by name, as data; never sourced. */
  variables: Record<string, CarriedVariable>;
  /** Relative to the workspace; '' is the workspace itself. */
  workingDirectory: string;
}

/** Something that a step left and that the next one will not find, with the reason in words. @public */
export interface DroppedState {
  /** `$NAME` of a variable, `~/path` of a file. */
  name: string;
  because: string;
}

/** One attempt of one step, ready to run. @public */
export interface StepExecution {
  runId: string;
  stepId: string;
  attempt: number;
  /** The exact bash text that was planned and, where needed, approved. */
  text: string;
  /** Parameter values by `RUNBOOKS_P_...` name; a step with any other name in it does not run. */
  environment: Record<string, string>;
  /** Everything that earlier steps left. */
  carried: CarriedState;
  /** Names of the carried variables that reach this step: those that its text reads. No other one does. */
  variables: readonly string[];
  /** Variables that its shell may not change, see `lockedVariables`: an attempt to is an error of the command. */
  locked: readonly string[];
  /** Stops before the next command where one failed, see `stopsAtFailure`. */
  stopAtFailure: boolean;
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

/**
 * How an attempt ended. The same shape for good and bad.
 *
 * `docs/steps.md` says which commands count as failed.
 *
 * @public
 */
export interface StepExecutionResult {
  /** It came to its end, and no command failed. */
  ok: boolean;
  exitCode?: number;
  startedAt: Date;
  durationMs: number;
  timedOut: boolean;
  cancelled: boolean;
  /**
   * Top-level commands in the order of the text, as far as they were reached. `failed` is the part that failed, such
   * as one side of a pipeline; where it is missing the command counts as fine, whatever its exit code.
   */
  commands: Array<{
    line: number;
    text: string;
    exitCode: number;
    failed?: string;
  }>;
  /** Everything that later steps may get: what this one left, and what it was not given. */
  carried: CarriedState;
  /** What it left and later steps will not get. */
  dropped: DroppedState[];
  /** Why it could not run at all, or was ended although nobody asked for it and it had time left. */
  failure?: string;
  /** It ran: the failure ended it. */
  failedAfterStart?: true;
}

/** A program that steps may use, as an operator wants to know it. @public */
export interface ExecutorTool {
  name: string;
  version?: string;
  /** What is wrong with it, in words. */
  problem?: string;
}

/** Makes steps happen. @public */
export interface StepExecutor {
  readonly id: string;
  /** Tried once at start-up with the real settings; the reason is shown where it is not available. */
  probe(): Promise<{ available: true } | { available: false; because: string }>;
  /** What planning may count on. Cheap: it is asked for every plan. */
  inventory(): Promise<ExecutorInventory>;
  /** What it runs steps with, with versions: for the set-up page. May take seconds; it is asked for now and then. */
  tools?(): Promise<ExecutorTool[]>;
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
