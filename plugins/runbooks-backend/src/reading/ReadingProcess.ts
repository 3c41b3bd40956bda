import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { Frames } from './Frames';
import { ReadingGivenUp } from './ReadingGivenUp';
import { type QUESTIONS, READING_PROGRAM, TALK } from './readingProgram';

/** Loading the reader from sources takes seconds on a busy machine; that is nobody's document's fault. */
const START_TIMEOUT_MS = 60_000;
/** Of what a process says when it ends badly. */
const KEPT_CHARACTERS = 2_000;
/** KiB. Texts nest; a process is given as much as a thread of Node has. */
const STACK_KIB = 3_900;

type Message = {
  at?: string;
  question?: Question;
  about?: string;
  value?: unknown;
  failure?: string;
};
type Question = (typeof QUESTIONS)[number];

/** What a process is asked to do. */
export interface ReadingJob {
  job:
    | 'runbook'
    | 'on-call'
    | 'plan'
    | 'bind'
    | 'files'
    | 'may-preview'
    | 'preview'
    | 'approved-changes'
    | 'bound-write'
    | 'manifest-secrets';
  args: unknown[];
  /** Answers what the job asks; each question is put once. */
  answers?: Partial<Record<Question, (about: string) => unknown>>;
}

/**
 * One process that reads one text at a time. It is a process and no thread, because a thread that needs more memory
 * than it may have can take all threads of its process with it.
 */
export class ReadingProcess {
  readonly #child: ChildProcess;
  readonly #frames: Frames;
  readonly #memoryMb: number;
  readonly #closed: Promise<void>;
  #waits:
    | { tell(message: Message): void; giveUp(why: string): void }
    | undefined;
  #said = '';
  #hasEnded = false;

  /** @throws ServiceUnavailableError where it does not start, with the failure of the system as its cause. */
  static async start(memoryMb: number): Promise<ReadingProcess> {
    try {
      const started = new ReadingProcess(await spawned(memoryMb), memoryMb);
      try {
        await started.#answer({}, START_TIMEOUT_MS, () => {});
      } catch (error) {
        await started.end();
        throw error;
      }
      return started;
    } catch (error) {
      throw new ServiceUnavailableError(
        `no process to read with could be started: ${toError(error).message}`,
        toError(error),
      );
    }
  }

  private constructor(child: ChildProcess, memoryMb: number) {
    this.#child = child;
    this.#memoryMb = memoryMb;
    this.#frames = new Frames(child.stdio[TALK] as Duplex, message =>
      this.#waits?.tell(message as Message),
    );
    this.#closed = this.#untilClosed();
    this.#hold(false);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** @throws ReadingGivenUp; the process is of no use then and must be ended. */
  async do(
    { job, args, answers = {} }: ReadingJob,
    timeoutMs: number,
  ): Promise<unknown> {
    const { value, failure } = await this.#answer(answers, timeoutMs, () =>
      this.#frames.send({ job, args }),
    );
    if (failure !== undefined) throw new ReadingGivenUp(failure);
    return value;
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  /** The answer to what `begin` sends, or why there will be none. */
  #answer(
    answers: NonNullable<ReadingJob['answers']>,
    timeoutMs: number,
    begin: () => void,
  ): Promise<Message> {
    return new Promise((resolve, reject) => {
      let at: string | undefined;
      const late = setTimeout(
        () => giveUp(`it took longer than ${timeoutMs / 1000} s`, true),
        timeoutMs,
      );
      const settle = (act: () => void) => {
        clearTimeout(late);
        this.#waits = undefined;
        this.#hold(false);
        act();
      };
      function giveUp(why: string, tookTooLong = false) {
        const how = { tookTooLong, ...(at === undefined ? {} : { at }) };
        settle(() => reject(new ReadingGivenUp(why, how)));
      }
      const tell = (message: Message) => {
        if (message.at !== undefined) at = message.at;
        else if (message.question === undefined) settle(() => resolve(message));
        else this.#frames.send(told(answers[message.question], message.about));
      };
      this.#waits = { tell, giveUp };
      this.#hold(true);
      if (this.#hasEnded) giveUp(this.#whyEnded());
      else begin();
    });
  }

  /** Settles when the process and all that it said are there. */
  #untilClosed(): Promise<void> {
    const child = this.#child;
    // What was sent to a process that has ended is told by its end.
    for (const socket of this.#sockets()) socket?.on('error', () => {});
    child.stderr?.setEncoding('utf8').on('data', (said: string) => {
      this.#said = (this.#said + said).slice(-KEPT_CHARACTERS);
    });
    return new Promise(resolve => {
      const ended = (error?: Error) => {
        this.#hasEnded = true;
        this.#waits?.giveUp(error ? String(error) : this.#whyEnded());
        resolve();
      };
      child.once('error', ended);
      child.once('close', () => ended());
    });
  }

  #whyEnded(): string {
    const { exitCode, signalCode } = this.#child;
    if (signalCode === 'SIGABRT' || /out of memory/i.test(this.#said)) {
      return `it needs more than ${this.#memoryMb} MB of memory`;
    }
    const said = this.#said.trim();
    return `the process that read it has ended (${signalCode ?? exitCode})${
      said && `: ${said}`
    }`;
  }

  /** Whether the backend stays for it. */
  #hold(isHeld: boolean): void {
    for (const each of [this.#child, ...this.#sockets()]) {
      if (isHeld) each?.ref();
      else each?.unref();
    }
  }

  #sockets(): Array<Socket | null> {
    return this.#child.stdio as unknown as Array<Socket | null>;
  }
}

/** @throws what the system says where there is no room for one more process or its sockets. */
async function spawned(memoryMb: number): Promise<ChildProcess> {
  const module = require.resolve('@backstage-runbooks/plugin-runbooks-common');
  const child = spawn(
    process.execPath,
    [
      ...loaderOf(module),
      `--max-old-space-size=${memoryMb}`,
      `--stack-size=${STACK_KIB}`,
      '-e',
      READING_PROGRAM,
      module,
    ],
    {
      cwd: dirname(module),
      // It inherits nothing that it does not need.
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  // Without room for its sockets there is no process, and none of what it would have.
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  return child;
}

function told(
  answer: ((about: string) => unknown) | undefined,
  about: string | undefined,
): { value?: unknown; failure?: string } {
  try {
    return { value: answer?.(String(about)) };
  } catch (error) {
    return { failure: toError(error).message };
  }
}

/** In the source tree a process needs what translates TypeScript, as the backend itself does. */
function loaderOf(module: string): string[] {
  return module.endsWith('.ts')
    ? ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs')]
    : [];
}
