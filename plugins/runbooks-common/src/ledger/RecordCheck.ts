import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ApiCall, RunEvent } from '../run/model';
import { CallsDigest } from './CallsDigest';

/** What is not as the events of a run tell. @public */
export interface RecordFault {
  /** The event that tells otherwise. */
  seq: number;
  message: string;
}

/** One attempt as the events tell it, and what was found of it. */
interface Attempt {
  stepId: string;
  number: number;
  seq: number;
  /** Missing while it is under way. */
  outputDigest?: string;
  /** Missing while it is under way, and for events of older versions. */
  calls?: { count: number; digest: string };
  foundCalls: CallsDigest;
  foundOutput: ReturnType<typeof sha256.create>;
}

/**
 * Checks outputs and calls of one run against the digests that its events tell.
 *
 * Takes all events first, then the calls and the output of each attempt in pieces, in order. What is missing is found
 * at the end. Holds digests only. Of an attempt that is under way nothing is proven.
 *
 * @public
 */
export class RecordCheck {
  readonly #runId: string;
  readonly #attempts = new Map<string, Attempt>();

  constructor(runId: string) {
    this.#runId = runId;
  }

  takeEvent(event: RunEvent, seq: number): void {
    if (event.kind === 'step-started') this.#attemptOf(event, seq);
    if (event.kind === 'step-interrupted') {
      const attempt = this.#attemptOf(event, seq);
      attempt.calls = event.record?.calls;
      attempt.outputDigest = event.record?.outputDigest;
    }
    if (event.kind === 'step-finished') {
      const attempt = this.#attemptOf(event, seq);
      attempt.calls = event.record?.calls;
      attempt.outputDigest = event.result.outputDigest;
    }
  }

  /** Why these calls belong to nothing that the events tell; undefined where they do. */
  takeCalls(
    stepId: string,
    number: number,
    calls: readonly ApiCall[],
  ): string | undefined {
    const attempt = this.#attempts.get(nameOf(stepId, number));
    if (!attempt) return this.#stray('calls', stepId, number);
    for (const call of calls) attempt.foundCalls.add(call);
    return undefined;
  }

  /** Why this output belongs to nothing that the events tell; undefined where it does. */
  takeOutput(stepId: string, number: number, text: string): string | undefined {
    const attempt = this.#attempts.get(nameOf(stepId, number));
    if (!attempt) return this.#stray('output', stepId, number);
    attempt.foundOutput.update(utf8ToBytes(text));
    return undefined;
  }

  /** Attempts that have ended, in order: those of which all calls and the whole output must be taken. */
  ended(): Array<{ stepId: string; attempt: number }> {
    return [...this.#attempts.values()]
      .filter(({ outputDigest }) => outputDigest !== undefined)
      .map(({ stepId, number }) => ({ stepId, attempt: number }));
  }

  /** The first fault, after everything was taken; undefined where all is as it was when each attempt ended. */
  end(): RecordFault | undefined {
    for (const attempt of this.#attempts.values()) {
      const message = this.#faultOf(attempt);
      if (message) return { seq: attempt.seq, message };
    }
    return undefined;
  }

  #faultOf({ stepId, number, ...attempt }: Attempt): string | undefined {
    const place = `attempt ${number} of step ${stepId} of run ${this.#runId}`;
    const { calls } = attempt;
    if (calls) {
      const found = attempt.foundCalls.end();
      if (found.count !== calls.count) {
        return `the calls of ${place} were changed after it ended: there are ${found.count}, ${calls.count} were recorded`;
      }
      if (found.digest !== calls.digest) {
        return `the calls of ${place} were changed after it ended`;
      }
    }
    if (attempt.outputDigest === undefined) return undefined;
    return bytesToHex(attempt.foundOutput.digest()) === attempt.outputDigest
      ? undefined
      : `the output of ${place} was changed after it ended`;
  }

  #attemptOf(
    { stepId, attempt: number }: { stepId: string; attempt: number },
    seq: number,
  ): Attempt {
    const name = nameOf(stepId, number);
    const attempt: Attempt = this.#attempts.get(name) ?? {
      stepId,
      number,
      seq,
      foundCalls: new CallsDigest(),
      foundOutput: sha256.create(),
    };
    attempt.seq = seq;
    this.#attempts.set(name, attempt);
    return attempt;
  }

  #stray(what: 'calls' | 'output', stepId: string, number: number): string {
    return `there are ${what} of attempt ${number} of step ${stepId} of run ${
      this.#runId
    }, which never began`;
  }
}

function nameOf(stepId: string, attempt: number): string {
  return `${attempt} ${stepId}`;
}
