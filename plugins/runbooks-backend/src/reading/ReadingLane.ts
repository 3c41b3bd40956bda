import { ReadingGivenUp } from './ReadingGivenUp';
import { ReadingProcess, type ReadingJob } from './ReadingProcess';

/** A process is ended after this long without work, so that a quiet backend holds no memory for it. */
const IDLE_MS = 60_000;
/** Further texts are refused: somebody asks for more than can be read. */
const MAX_WAITING = 1_000;

interface Task extends ReadingJob {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A process with the texts that wait for it, read in order; a process whose text was given up is replaced. */
export class ReadingLane {
  readonly #timeoutMs: number;
  readonly #memoryMb: number;
  readonly #waiting: Task[] = [];
  #process: ReadingProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isReading = false;
  #isStopped = false;

  constructor(options: { timeoutMs: number; memoryMb: number }) {
    this.#timeoutMs = options.timeoutMs;
    this.#memoryMb = options.memoryMb;
  }

  /** @throws ReadingGivenUp */
  read(job: ReadingJob): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal();
      if (refusal !== undefined) {
        reject(new ReadingGivenUp(refusal));
        return;
      }
      this.#waiting.push({ ...job, resolve, reject });
      void this.#readAll();
    });
  }

  /** Ends the process; what waits is refused. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#idle);
    for (const task of this.#waiting.splice(0)) {
      task.reject(new ReadingGivenUp('the backend is stopping'));
    }
    await this.#process?.end();
  }

  #refusal(): string | undefined {
    if (this.#isStopped) return 'the backend is stopping';
    return this.#waiting.length >= MAX_WAITING
      ? `${MAX_WAITING} texts wait to be read already; try again later`
      : undefined;
  }

  /** Never rejects. */
  async #readAll(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    clearTimeout(this.#idle);
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      try {
        this.#process ??= await ReadingProcess.start(this.#memoryMb);
        task.resolve(await this.#process.do(task, this.#timeoutMs));
      } catch (error) {
        await this.#process?.end();
        this.#process = undefined;
        task.reject(error as Error);
      }
    }
    this.#isReading = false;
    this.#idle = setTimeout(() => {
      void this.#process?.end();
      this.#process = undefined;
    }, IDLE_MS);
    this.#idle.unref();
  }
}
