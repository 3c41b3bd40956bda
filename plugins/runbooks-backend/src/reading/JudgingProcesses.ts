import type {
  ApprovedChange,
  BindQuestions,
  BindTask,
  BoundStep,
  BoundWriteDecision,
  BoundWriteTask,
  PlanDecision,
  PlanQuestions,
  PlanTask,
  Preview,
  PreviewDecision,
  PreviewedStep,
  PreviewTask,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ReadingPool } from './ReadingPool';

/** What is judged takes milliseconds; what takes longer than this is refused. */
const TIMEOUT_MS = 10_000;
const MEMORY_MB = 512;
const PROCESSES = 2;
/**
 * Plans, binds, reads manifests and compares objects beside the event loop, in two processes that stay. A process is
 * ended and replaced when a procedure takes longer than 10 seconds or needs more than 512 MB. Nobody has more than one
 * of them at a time, and people take turns, so that a text made to be slow holds up whoever brought it.
 *
 * What is sent are values; files and names of tools are asked for as texts name them, while the process waits.
 */
export class JudgingProcesses {
  readonly #pool: ReadingPool;

  constructor(
    options: { timeoutMs?: number; memoryMb?: number; processes?: number } = {},
  ) {
    this.#pool = new ReadingPool({
      timeoutMs: TIMEOUT_MS,
      memoryMb: MEMORY_MB,
      processes: PROCESSES,
      ...options,
    });
  }

  /**
   * The same as `planTask`.
   *
   * @param person - Who waits for it.
   * @throws ReadingGivenUp where it takes too long or too much memory; it says at which step.
   * @throws ServiceUnavailableError where too much of that person waits already, or the backend stops.
   */
  plan(
    task: PlanTask,
    answers: Omit<PlanQuestions, 'onStep'>,
    person: string,
  ): Promise<PlanDecision> {
    return this.#pool.read(
      { job: 'plan', args: [task], answers },
      person,
    ) as Promise<PlanDecision>;
  }

  /** The same as `bindTask`. @throws as `plan` does. */
  bind(
    task: BindTask,
    answers: BindQuestions,
    person: string,
  ): Promise<BoundStep> {
    return this.#pool.read(
      { job: 'bind', args: [task], answers },
      person,
    ) as Promise<BoundStep>;
  }

  /** The same as `filesOfStep`. @throws as `plan` does. */
  files(
    task: BindTask,
    answers: BindQuestions,
    person: string,
  ): Promise<UsedFiles> {
    return this.#pool.read(
      { job: 'files', args: [task], answers },
      person,
    ) as Promise<UsedFiles>;
  }

  /** The same as `decidePreview`. @throws as `plan` does. */
  mayPreview(step: PreviewedStep, person: string): Promise<PreviewDecision> {
    return this.#pool.read(
      { job: 'may-preview', args: [step] },
      person,
    ) as Promise<PreviewDecision>;
  }

  /** The same as `previewTask`. @throws as `plan` does. */
  preview(task: PreviewTask, person: string): Promise<Preview> {
    return this.#pool.read(
      { job: 'preview', args: [task] },
      person,
    ) as Promise<Preview>;
  }

  /** The same as `approvedChanges`. @throws as `plan` does. */
  approvedChanges(
    task: Pick<PreviewTask, 'writes' | 'startedAt' | 'endedAt'>,
    person: string,
  ): Promise<ApprovedChange[]> {
    return this.#pool.read(
      { job: 'approved-changes', args: [task] },
      person,
    ) as Promise<ApprovedChange[]>;
  }

  /** The same as `decideBoundWrite`. @throws as `plan` does. */
  boundWrite(
    task: BoundWriteTask,
    person: string,
  ): Promise<BoundWriteDecision> {
    return this.#pool.read(
      { job: 'bound-write', args: [task] },
      person,
    ) as Promise<BoundWriteDecision>;
  }

  /** The same as `secretValuesInManifest`. @throws as `plan` does. */
  secretValues(
    text: string,
    person: string,
  ): Promise<{ values: Set<string>; complete: boolean }> {
    return this.#pool.read(
      { job: 'manifest-secrets', args: [text] },
      person,
    ) as Promise<{ values: Set<string>; complete: boolean }>;
  }

  /** Starts the processes, so that nobody waits for that. Never rejects: who needs a process is told why there is none. */
  warm(): Promise<void> {
    return this.#pool.warm();
  }

  /** Ends the processes; what waits is refused. */
  stop(): Promise<void> {
    return this.#pool.stop();
  }
}
