import { setImmediate } from 'node:timers/promises';
import { isHiddenEverywhere } from '@backstage-runbooks/plugin-runbooks-common';
import type { Budget } from './Budget';

/** What a value costs besides its length: a short one is looked for in some twenty forms as well. */
const BYTES_OF_A_VALUE = 256;
/** Milliseconds at a time, so that others go on. */
const AT_ONCE_MS = 10;

/**
 * The values of Secrets that the output of one attempt is looked through for, taught before the step sees them.
 *
 * Each costs time and some twenty times its length of memory for as long as the attempt lasts, so they are bounded, in
 * one attempt and in all; a value that is taught again costs nothing. Teaching many lets others go on in between: at
 * most one value at a time holds them up.
 */
export class TaughtValues {
  readonly #budget: Budget;
  readonly #onSecret: (value: string) => void;
  readonly #known = new Set<string>();
  readonly #givings: Array<() => void> = [];

  constructor(options: { budget: Budget; onSecret: (value: string) => void }) {
    this.#budget = options.budget;
    this.#onSecret = options.onSecret;
  }

  /** Resolves to false where there is no room for all of them; then nobody may see what they stand in. */
  async teach(values: Iterable<string>): Promise<boolean> {
    const found = await this.#newAmong(values);
    if (found === undefined) return false;
    const give = await this.#budget.take(found.bytes, { waitMs: 0 });
    if (!give) return false;
    this.#givings.push(give);
    for await (const value of inSlices(found.values)) {
      this.#known.add(value);
      this.#onSecret(value);
    }
    return true;
  }

  /** Gives the room back; to be called when the attempt is over. */
  end(): void {
    for (const give of this.#givings.splice(0)) give();
  }

  /** Undefined as soon as they are more than there is room for. */
  async #newAmong(values: Iterable<string>) {
    const found: string[] = [];
    let bytes = 0;
    for await (const value of inSlices(values)) {
      if (this.#known.has(value) || !isHiddenEverywhere(value)) continue;
      found.push(value);
      bytes += value.length + BYTES_OF_A_VALUE;
      if (bytes > this.#budget.size) return undefined;
    }
    return { values: found, bytes };
  }
}

async function* inSlices(values: Iterable<string>): AsyncGenerator<string> {
  let began = performance.now();
  for (const value of values) {
    yield value;
    if (performance.now() - began < AT_ONCE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
