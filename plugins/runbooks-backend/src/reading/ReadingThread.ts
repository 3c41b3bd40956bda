import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { toError } from '@backstage/errors';
import { ReadingGivenUp } from './ReadingGivenUp';
import { type QUESTIONS, READING_PROGRAM } from './readingProgram';

/** Loading the reader from sources takes seconds on a busy machine; that is nobody's document's fault. */
const START_TIMEOUT_MS = 60_000;

type Answer = { ready?: true; value?: unknown; failure?: string };
type Question = (typeof QUESTIONS)[number];

/** What a thread is asked to do. */
export interface ReadingJob {
  job:
    | 'runbook'
    | 'on-call'
    | 'plan'
    | 'bind'
    | 'files'
    | 'may-preview'
    | 'preview'
    | 'manifest-secrets';
  args: unknown[];
  /** Answers what the job asks; each question is put once. */
  answers?: Partial<Record<Question, (about: string) => unknown>>;
}

/** One thread that reads one text at a time. */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #questions: MessagePort;
  readonly #answered: Int32Array;
  readonly #memoryMb: number;
  #at: string | undefined;

  /** @throws ReadingGivenUp where it does not start. */
  static async start(memoryMb: number): Promise<ReadingThread> {
    const module = require.resolve(
      '@backstage-runbooks/plugin-runbooks-common',
    );
    const { port1, port2 } = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(READING_PROGRAM, {
      eval: true,
      name: 'runbooks-reading',
      workerData: { module, port: port2, answered },
      transferList: [port2],
      execArgv: loaderOf(module),
      // A thread inherits nothing that it does not need.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    worker.unref();
    const thread = new ReadingThread(worker, port1, answered, memoryMb);
    try {
      await thread.#answer(START_TIMEOUT_MS);
    } catch (error) {
      await thread.end();
      throw error;
    }
    return thread;
  }

  private constructor(
    worker: Worker,
    questions: MessagePort,
    answered: Int32Array,
    memoryMb: number,
  ) {
    this.#memoryMb = memoryMb;
    this.#worker = worker;
    this.#questions = questions;
    this.#answered = answered;
  }

  /** @throws ReadingGivenUp; the thread is of no use then and must be ended. */
  async do(
    { job, args, answers = {} }: ReadingJob,
    timeoutMs: number,
  ): Promise<unknown> {
    this.#at = undefined;
    this.#questions.removeAllListeners('message');
    this.#questions.on('message', ({ question, about }) =>
      this.#tell(() => answers[question as Question]?.(about)),
    );
    this.#questions.unref();
    this.#worker.postMessage({ job, args });
    const { value, failure } = await this.#answer(timeoutMs);
    if (failure !== undefined) throw new ReadingGivenUp(failure);
    return value;
  }

  async end(): Promise<void> {
    this.#questions.close();
    await this.#worker.terminate();
  }

  /** Answers the question that the thread sleeps on. */
  #tell(answer: () => unknown): void {
    let told: { value?: unknown; failure?: string };
    try {
      told = { value: answer() };
    } catch (error) {
      told = { failure: toError(error).message };
    }
    this.#questions.postMessage(told);
    Atomics.store(this.#answered, 0, 1);
    Atomics.notify(this.#answered, 0);
  }

  /** The next answer, or why there will be none. */
  #answer(timeoutMs: number): Promise<Answer> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const lastStep = () => this.#at;
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
        const at = lastStep();
        const how = { tookTooLong, ...(at === undefined ? {} : { at }) };
        settle(() => reject(new ReadingGivenUp(message, how)));
      }
      worker.removeAllListeners();
      worker.on('message', answer => {
        if (answer.at === undefined) settle(() => resolve(answer));
        else this.#at = answer.at;
      });
      worker.on('error', error =>
        giveUp(
          (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? `it needs more than ${this.#memoryMb} MB of memory`
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
