import { ServiceUnavailableError } from '@backstage/errors';
import type {
  BindQuestions,
  BindTask,
  BoundStep,
  PlanDecision,
  PlanQuestions,
  PlanTask,
  Preview,
  PreviewDecision,
  PreviewedStep,
  PreviewTask,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import { FairQueue } from './FairQueue';
import { ReadingProcess, type ReadingJob } from './ReadingProcess';

/** What is judged takes milliseconds; what takes longer than this is refused. */
const TIMEOUT_MS = 10_000;
const MEMORY_MB = 512;
const PROCESSES = 2;
/** Of one person. */
const MAX_WAITING = 50;

type Task = ReadingJob & {
  resolve(value: unknown): void;
  reject(error: Error): void;
};

/**
 * Plans, binds, reads manifests and compares objects beside the event loop, in two processes that stay. A process is
 * ended and replaced when a procedure takes longer than 10 seconds or needs more than 512 MB. Nobody has more than one
 * of them at a time, and people take turns, so that a text made to be slow holds up whoever brought it.
 *
 * What is sent are values; files and names of tools are asked for as texts name them, while the process waits.
 */
export class JudgingProcesses {
  readonly #timeoutMs: number;
  readonly #memoryMb: number;
  readonly #queue = new FairQueue<Task>();
  readonly #free: Array<{ process: ReadingProcess | undefined }>;
  readonly #busy = new Set<{ process: ReadingProcess | undefined }>();
  #isStopped = false;

  constructor(
    options: { timeoutMs?: number; memoryMb?: number; processes?: number } = {},
  ) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#memoryMb = options.memoryMb ?? MEMORY_MB;
    this.#free = Array.from({ length: options.processes ?? PROCESSES }, () => ({
      process: undefined,
    }));
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
    return this.#judge(
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
    return this.#judge(
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
    return this.#judge(
      { job: 'files', args: [task], answers },
      person,
    ) as Promise<UsedFiles>;
  }

  /** The same as `decidePreview`. @throws as `plan` does. */
  mayPreview(step: PreviewedStep, person: string): Promise<PreviewDecision> {
    return this.#judge(
      { job: 'may-preview', args: [step] },
      person,
    ) as Promise<PreviewDecision>;
  }

  /** The same as `previewTask`. @throws as `plan` does. */
  preview(task: PreviewTask, person: string): Promise<Preview> {
    return this.#judge(
      { job: 'preview', args: [task] },
      person,
    ) as Promise<Preview>;
  }

  /** The same as `secretValuesInManifest`. @throws as `plan` does. */
  secretValues(
    text: string,
    person: string,
  ): Promise<{ values: Set<string>; complete: boolean }> {
    return this.#judge(
      { job: 'manifest-secrets', args: [text] },
      person,
    ) as Promise<{ values: Set<string>; complete: boolean }>;
  }

  /** Starts the processes, so that nobody waits for that. Never rejects: who needs a process is told why there is none. */
  async warm(): Promise<void> {
    for (const slot of [...this.#free]) {
      if (this.#isStopped || slot.process || this.#busy.has(slot)) continue;
      this.#free.splice(this.#free.indexOf(slot), 1);
      this.#busy.add(slot);
      slot.process = await this.#started().catch(() => undefined);
      this.#release(slot);
    }
  }

  /** Ends the processes; what waits is refused. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const task of this.#queue.clear()) task.reject(isStopping());
    await Promise.all(
      [...this.#free, ...this.#busy].map(({ process }) => process?.end()),
    );
  }

  #judge(job: ReadingJob, person: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isStopped) {
        reject(isStopping());
      } else if (this.#queue.waitingOf(person) >= MAX_WAITING) {
        reject(
          new ServiceUnavailableError(
            `${MAX_WAITING} of your plans and steps wait to be judged already; expected fewer, try again later`,
          ),
        );
      } else {
        this.#queue.add(person, { ...job, resolve, reject });
        this.#next();
      }
    });
  }

  #next(): void {
    // One that is started is taken first.
    const warm = this.#free.findIndex(({ process }) => process);
    const at = Math.max(0, warm);
    const slot = this.#free[at];
    const next = slot && this.#queue.take();
    if (!slot || !next) return;
    this.#free.splice(at, 1);
    this.#busy.add(slot);
    void this.#do(slot, next.what).then(() => {
      next.done();
      this.#release(slot);
    });
    this.#next();
  }

  /** Never rejects. */
  async #do(
    slot: { process: ReadingProcess | undefined },
    task: Task,
  ): Promise<void> {
    try {
      slot.process ??= await this.#started();
      task.resolve(await slot.process.do(task, this.#timeoutMs));
    } catch (error) {
      task.reject(error as Error);
      await slot.process?.end();
      slot.process = undefined;
    }
  }

  async #started(): Promise<ReadingProcess> {
    const process = await ReadingProcess.start(this.#memoryMb);
    if (!this.#isStopped) return process;
    await process.end();
    throw isStopping();
  }

  #release(slot: { process: ReadingProcess | undefined }): void {
    this.#busy.delete(slot);
    if (this.#isStopped) return;
    this.#free.push(slot);
    this.#next();
  }
}

function isStopping(): Error {
  return new ServiceUnavailableError('the backend is stopping');
}
