import { Worker } from 'node:worker_threads';
import { ReadingGivenUp } from './ReadingGivenUp';
import { READING_PROGRAM } from './readingProgram';

/** Loading the reader from sources takes seconds on a busy machine; that is nobody's document's fault. */
const START_TIMEOUT_MS = 60_000;

type Answer = { ready?: true; value?: unknown; failure?: string };

/** What a thread is asked to do. */
export interface ReadingJob {
  job: 'runbook' | 'on-call';
  args: unknown[];
}

/** One thread that reads one text at a time. */
export class ReadingThread {
  readonly #worker: Worker;

  /** @throws ReadingGivenUp where it does not start. */
  static async start(memoryMb: number): Promise<ReadingThread> {
    const module = require.resolve(
      '@backstage-runbooks/plugin-runbooks-common',
    );
    const worker = new Worker(READING_PROGRAM, {
      eval: true,
      name: 'runbooks-reading',
      workerData: { module },
      execArgv: loaderOf(module),
      // A thread inherits nothing that it does not need.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    worker.unref();
    const thread = new ReadingThread(worker);
    await thread.#answer(START_TIMEOUT_MS);
    return thread;
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** @throws ReadingGivenUp; the thread is of no use then and must be ended. */
  async do({ job, args }: ReadingJob, timeoutMs: number): Promise<unknown> {
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
      const late = setTimeout(
        () => giveUp(`it took longer than ${timeoutMs / 1000} s`, true),
        timeoutMs,
      );
      const settle = (act: () => void) => {
        clearTimeout(late);
        worker.removeAllListeners();
        // An error that comes after its task was settled is nobody's.
        worker.on('error', () => {});
        worker.unref();
        act();
      };
      function giveUp(message: string, tookTooLong = false) {
        settle(() => reject(new ReadingGivenUp(message, { tookTooLong })));
      }
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
