import type {
  OnCallDocument,
  parseOnCallDocument,
  readRunbook,
  Runbook,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ReadingGivenUp } from './ReadingGivenUp';
import { ReadingPool } from './ReadingPool';
import type { ReadingJob } from './ReadingProcess';

/** Somebody who waits for a text to be read. */
export interface Waiting {
  person: string;
  /** Aborted where it is there already: it is not read again then. */
  signal?: AbortSignal;
}

/** Nearly all documents are read in less; the others are tried again where they hold up none but one another. */
const QUICK_MS = 3_000;
/** A document that takes longer is given up, with a problem. */
const TIMEOUT_MS = 30_000;
const MEMORY_MB = 512;
/** Two, so that one is free while somebody's text is slow. */
const QUICK_PROCESSES = 2;
/** A quiet backend holds no memory for documents. */
const IDLE_MS = 60_000;

/**
 * Reads other people's texts beside the event loop, in processes that are ended when a text takes longer than 30 seconds
 * or needs more than 512 MB. Whatever a document holds, the portal goes on and the next document is read.
 *
 * There are two for nearly all texts, and one for those that took longer than 3 seconds. Nobody has more than one of a
 * kind at a time, and people take turns: whoever looks at documents made to be slow waits for them, and nobody else
 * does. A result, or a failure, is kept by the caller. Processes are started when they are needed.
 */
export class ReadingProcesses {
  readonly #quick: ReadingPool;
  readonly #patient: ReadingPool;

  constructor(
    options: { quickMs?: number; timeoutMs?: number; memoryMb?: number } = {},
  ) {
    const {
      quickMs = QUICK_MS,
      timeoutMs = TIMEOUT_MS,
      memoryMb = MEMORY_MB,
    } = options;
    const each = { memoryMb, idleMs: IDLE_MS };
    this.#quick = new ReadingPool({
      ...each,
      timeoutMs: quickMs,
      processes: QUICK_PROCESSES,
    });
    this.#patient = new ReadingPool({ ...each, timeoutMs, processes: 1 });
  }

  /**
   * The same as `readRunbook`.
   *
   * @param waiting - Who waits for it, and until when.
   * @throws ReadingGivenUp where it took too long or too much memory.
   * @throws ServiceUnavailableError where too many texts of that person wait already, or the backend stops.
   */
  readRunbook(
    waiting: Waiting,
    ...args: Parameters<typeof readRunbook>
  ): Promise<Runbook> {
    return this.#read({ job: 'runbook', args }, waiting) as Promise<Runbook>;
  }

  /** The same as `parseOnCallDocument`. @throws as `readRunbook` does. */
  parseOnCallDocument(
    waiting: Waiting,
    ...args: Parameters<typeof parseOnCallDocument>
  ): Promise<OnCallDocument> {
    return this.#read(
      { job: 'on-call', args },
      waiting,
    ) as Promise<OnCallDocument>;
  }

  /** Ends the processes; what waits is refused. */
  async stop(): Promise<void> {
    await Promise.all([this.#quick.stop(), this.#patient.stop()]);
  }

  async #read(job: ReadingJob, { person, signal }: Waiting): Promise<unknown> {
    try {
      return await this.#quick.read(job, person, signal);
    } catch (error) {
      if (!(error instanceof ReadingGivenUp) || !error.tookTooLong) throw error;
      return this.#patient.read(job, person, signal);
    }
  }
}
