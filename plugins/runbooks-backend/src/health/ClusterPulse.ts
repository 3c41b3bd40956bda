import type { Instant } from '@backstage-runbooks/plugin-runbooks-common';
import { errorInWords, statusOf, type ClusterReader } from './ClusterReader';

const PULSE_INTERVAL_MS = 10_000;
const PULSE_TIMEOUT_MS = 5_000;

/** What an API server last answered, if it did. */
export type Pulse =
  | { kind: 'unasked' }
  | { kind: 'answers'; at: number }
  | {
      kind: 'silent';
      since: Instant;
      message: string;
      answeredBefore: boolean;
    };

/**
 * Whether an API server answers at all: one small request each ten seconds while anybody watches the cluster.
 *
 * A watch whose connection died without a word looks alive for minutes; this is what finds out.
 */
export class ClusterPulse {
  readonly #reader: ClusterReader;
  readonly #cluster: string;
  readonly #now: () => number;
  readonly #onChange: () => void;
  #pulse: Pulse = { kind: 'unasked' };
  #knownAt = -Infinity;
  #asking: Promise<void> | undefined;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    reader: ClusterReader;
    cluster: string;
    now: () => number;
    onChange: () => void;
  }) {
    this.#reader = options.reader;
    this.#cluster = options.cluster;
    this.#now = options.now;
    this.#onChange = options.onChange;
  }

  get current(): Pulse {
    return this.#pulse;
  }

  /** Milliseconds since this was last known; infinite where it never was. */
  get age(): number {
    return this.#now() - this.#knownAt;
  }

  /** Keeps asking until as many `release` as `hold` were called. */
  hold(): void {
    if (this.#users++ > 0) return;
    this.ask();
    this.#timer = setInterval(() => this.ask(), PULSE_INTERVAL_MS);
    this.#timer.unref();
  }

  release(): void {
    if (--this.#users === 0) clearInterval(this.#timer);
  }

  /** Asks now, unless a question is under way, and settles with the answer or its absence. Never rejects. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const before = this.#pulse;
    try {
      await this.#reader.getJson(this.#cluster, '/version', {
        signal: AbortSignal.timeout(PULSE_TIMEOUT_MS),
      });
      this.#pulse = { kind: 'answers', at: this.#now() };
    } catch (error) {
      const status = statusOf(error);
      // A refusal is an answer; 5xx may come from a proxy before a server that is down.
      this.#pulse =
        status !== undefined && status < 500 && status !== 401
          ? { kind: 'answers', at: this.#now() }
          : this.#silence(before, errorInWords(error));
    }
    this.#knownAt = this.#now();
    if (this.#pulse.kind !== before.kind) this.#onChange();
  }

  #silence(before: Pulse, message: string): Pulse {
    if (before.kind === 'silent') return { ...before, message };
    const answeredAt = before.kind === 'answers' ? before.at : undefined;
    return {
      kind: 'silent',
      since: new Date(answeredAt ?? this.#now()).toISOString(),
      message,
      answeredBefore: answeredAt !== undefined,
    };
  }
}
