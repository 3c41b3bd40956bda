import type {
  OnCallDocument,
  parseOnCallDocument,
  readRunbook,
  Runbook,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ReadingGivenUp } from './ReadingGivenUp';
import { ReadingLane } from './ReadingLane';
import type { ReadingJob } from './ReadingProcess';

/** Nearly all documents are read in less; the others are tried again where they hold up none but one another. */
const QUICK_MS = 3_000;
/** A document that takes longer is given up, with a problem. */
const TIMEOUT_MS = 30_000;
const MEMORY_MB = 512;

/**
 * Reads other people's texts beside the event loop, in processes that are ended when a text takes longer than 30 seconds
 * or needs more than 512 MB. Whatever a document holds, the portal goes on and the next document is read.
 *
 * There are two: one for nearly all texts, and one for those that took longer than 3 seconds. A document made to be
 * slow so holds up others for at most 3 seconds; its result, or its failure, is kept by the caller. Processes are started
 * when they are needed.
 */
export class ReadingProcesses {
  readonly #quick: ReadingLane;
  readonly #patient: ReadingLane;

  constructor(
    options: { quickMs?: number; timeoutMs?: number; memoryMb?: number } = {},
  ) {
    const {
      quickMs = QUICK_MS,
      timeoutMs = TIMEOUT_MS,
      memoryMb = MEMORY_MB,
    } = options;
    this.#quick = new ReadingLane({ timeoutMs: quickMs, memoryMb });
    this.#patient = new ReadingLane({ timeoutMs, memoryMb });
  }

  /**
   * The same as `readRunbook`.
   *
   * @throws ReadingGivenUp where it took too long or too much memory, or too many texts wait already.
   */
  readRunbook(...args: Parameters<typeof readRunbook>): Promise<Runbook> {
    return this.#read({ job: 'runbook', args }) as Promise<Runbook>;
  }

  /** The same as `parseOnCallDocument`. @throws ReadingGivenUp */
  parseOnCallDocument(
    ...args: Parameters<typeof parseOnCallDocument>
  ): Promise<OnCallDocument> {
    return this.#read({ job: 'on-call', args }) as Promise<OnCallDocument>;
  }

  /** Ends the processes; what waits is refused. */
  async stop(): Promise<void> {
    await Promise.all([this.#quick.stop(), this.#patient.stop()]);
  }

  async #read(job: ReadingJob): Promise<unknown> {
    try {
      return await this.#quick.read(job);
    } catch (error) {
      if (!(error instanceof ReadingGivenUp) || !error.tookTooLong) throw error;
      return this.#patient.read(job);
    }
  }
}
