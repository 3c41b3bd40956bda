import { ServiceUnavailableError } from '@backstage/errors';
import { FairQueue } from './FairQueue';
import { ReadingProcess, type ReadingJob } from './ReadingProcess';

/** Of one person. */
const MAX_WAITING = 50;

type Task = ReadingJob & {
  signal: AbortSignal | undefined;
  resolve(value: unknown): void;
  reject(error: Error): void;
};

interface Slot {
  process: ReadingProcess | undefined;
}

/**
 * Some processes, and the texts that wait for them. Nobody has more than one of the processes at a time, and people
 * take turns: a text made to be slow holds up whoever brought it. A process whose text was given up is replaced.
 */
export class ReadingPool {
  readonly #timeoutMs: number;
  readonly #memoryMb: number;
  readonly #idleMs: number | undefined;
  readonly #queue = new FairQueue<Task>();
  readonly #free: Slot[];
  readonly #busy = new Set<Slot>();
  #idle: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: {
    timeoutMs: number;
    memoryMb: number;
    processes: number;
    /** They are ended after so long without work; where it is missing they stay. */
    idleMs?: number;
  }) {
    this.#timeoutMs = options.timeoutMs;
    this.#memoryMb = options.memoryMb;
    this.#idleMs = options.idleMs;
    this.#free = Array.from({ length: options.processes }, () => ({
      process: undefined,
    }));
  }

  /**
   * @param person - Who waits for it.
   * @param signal - Aborted where nobody waits any more: rejects with its reason then.
   * @throws ReadingGivenUp where it takes too long or too much memory.
   * @throws ServiceUnavailableError where too much of that person waits already, or the backend stops.
   */
  read(
    job: ReadingJob,
    person: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isStopped) {
        reject(isStopping());
      } else if (this.#queue.waitingOf(person) >= MAX_WAITING) {
        reject(
          new ServiceUnavailableError(
            `${MAX_WAITING} of your texts and steps wait to be read and judged already; expected fewer, try again later`,
          ),
        );
      } else {
        clearTimeout(this.#idle);
        this.#queue.add(person, { ...job, signal, resolve, reject });
        this.#next();
      }
    });
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
    clearTimeout(this.#idle);
    for (const task of this.#queue.clear()) task.reject(isStopping());
    await Promise.all(
      [...this.#free, ...this.#busy].map(({ process }) => process?.end()),
    );
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
  async #do(slot: Slot, task: Task): Promise<void> {
    if (task.signal?.aborted) {
      task.reject(task.signal.reason as Error);
      return;
    }
    try {
      // One that ended while it had nothing to do, killed by whomever, is nobody's text's fault.
      if (slot.process?.hasEnded) slot.process = undefined;
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

  #release(slot: Slot): void {
    this.#busy.delete(slot);
    if (this.#isStopped) return;
    this.#free.push(slot);
    this.#next();
    if (this.#busy.size === 0) this.#endLater();
  }

  #endLater(): void {
    if (this.#idleMs === undefined) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      for (const slot of this.#free) {
        void slot.process?.end();
        slot.process = undefined;
      }
    }, this.#idleMs);
    this.#idle.unref();
  }
}

function isStopping(): Error {
  return new ServiceUnavailableError('the backend is stopping');
}
