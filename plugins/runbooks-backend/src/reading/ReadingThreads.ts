import { Worker } from 'node:worker_threads';
import type {
  OnCallDocument,
  parseOnCallDocument,
  readRunbook,
  Runbook,
} from '@backstage-runbooks/plugin-runbooks-common';
import { READING_THREAD } from './readingThread';

/** A document that takes longer is given up, with a problem. */
const TIMEOUT_MS = 30_000;
/** A thread is ended after this long without work, so that a quiet backend holds no memory for it. */
const IDLE_MS = 60_000;
/** Loading the reader from sources takes seconds on a busy machine; that is nobody's document's fault. */
const START_TIMEOUT_MS = 60_000;
const MEMORY_MB = 512;
/** Further documents are refused: somebody asks for more than can be read. */
const MAX_WAITING = 1_000;

/** A text could not be read within its bounds. */
export class ReadingGivenUp extends Error {
  readonly name = 'ReadingGivenUp';
}

interface Task {
  job: 'runbook' | 'on-call';
  args: unknown[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Reads other people's texts beside the event loop, in a thread that is ended when a text takes longer than 30
 * seconds or needs more than 512 MB. Whatever a document holds, the portal goes on and the next document is read.
 *
 * One text is read at a time: a document made to be slow holds up other documents for at most its 30 seconds, and the
 * results are kept by their callers. Threads are started when they are needed.
 */
export class ReadingThreads {
  readonly #timeoutMs: number;
  readonly #memoryMb: number;
  readonly #waiting: Task[] = [];
  #thread: Thread | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isReading = false;
  #isStopped = false;

  constructor(options: { timeoutMs?: number; memoryMb?: number } = {}) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#memoryMb = options.memoryMb ?? MEMORY_MB;
  }

  /**
   * The same as `readRunbook`.
   *
   * @throws ReadingGivenUp where it took too long or too much memory, or too many texts wait already.
   */
  readRunbook(...args: Parameters<typeof readRunbook>): Promise<Runbook> {
    return this.#ask('runbook', args) as Promise<Runbook>;
  }

  /** The same as `parseOnCallDocument`. @throws ReadingGivenUp */
  parseOnCallDocument(
    ...args: Parameters<typeof parseOnCallDocument>
  ): Promise<OnCallDocument> {
    return this.#ask('on-call', args) as Promise<OnCallDocument>;
  }

  /** Ends the thread; what waits is refused. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#idle);
    for (const task of this.#waiting.splice(0)) {
      task.reject(new ReadingGivenUp('the backend is stopping'));
    }
    await this.#thread?.end();
  }

  #ask(job: Task['job'], args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isStopped || this.#waiting.length >= MAX_WAITING) {
        reject(
          new ReadingGivenUp(
            this.#isStopped
              ? 'the backend is stopping'
              : `${MAX_WAITING} texts wait to be read already; try again later`,
          ),
        );
        return;
      }
      this.#waiting.push({ job, args, resolve, reject });
      void this.#readAll();
    });
  }

  /** Never rejects. */
  async #readAll(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    clearTimeout(this.#idle);
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      try {
        this.#thread ??= await Thread.start(this.#memoryMb);
        task.resolve(await this.#thread.do(task, this.#timeoutMs));
      } catch (error) {
        await this.#thread?.end();
        this.#thread = undefined;
        task.reject(error as Error);
      }
    }
    this.#isReading = false;
    this.#idle = setTimeout(() => {
      void this.#thread?.end();
      this.#thread = undefined;
    }, IDLE_MS);
    this.#idle.unref();
  }
}

type Answer = { ready?: true; value?: unknown; failure?: string };

/** One thread that does one thing at a time. */
class Thread {
  readonly #worker: Worker;

  static async start(memoryMb: number): Promise<Thread> {
    const module = require.resolve(
      '@backstage-runbooks/plugin-runbooks-common',
    );
    const worker = new Worker(READING_THREAD, {
      eval: true,
      name: 'runbooks-reading',
      workerData: { module },
      execArgv: loaderOf(module),
      // A thread inherits nothing that it does not need.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    worker.unref();
    const thread = new Thread(worker);
    await thread.#answer(START_TIMEOUT_MS);
    return thread;
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  async do(
    { job, args }: Pick<Task, 'job' | 'args'>,
    timeoutMs: number,
  ): Promise<unknown> {
    this.#worker.postMessage({ job, args });
    const { value, failure } = await this.#answer(timeoutMs);
    if (failure !== undefined) throw new ReadingGivenUp(failure);
    return value;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** The next answer, or why there will be none. */
  #answer(timeoutMs: number): Promise<Answer> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(late);
        worker.removeAllListeners();
        // An error that comes after its task was settled is nobody's.
        worker.on('error', () => {});
        worker.unref();
        act();
      };
      const giveUp = (message: string) =>
        settle(() => reject(new ReadingGivenUp(message)));
      const late = setTimeout(
        () => giveUp(`it took longer than ${timeoutMs / 1000} s`),
        timeoutMs,
      );
      worker.removeAllListeners();
      worker.on('message', answer => settle(() => resolve(answer)));
      worker.on('error', error =>
        giveUp(
          (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? 'it needs too much memory'
            : String(error),
        ),
      );
      worker.on('exit', () => giveUp('the thread that read it has ended'));
      worker.ref();
    });
  }
}

/** In the source tree a thread needs what translates TypeScript, as the backend itself does. */
function loaderOf(module: string): string[] {
  return module.endsWith('.ts')
    ? ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs')]
    : [];
}
