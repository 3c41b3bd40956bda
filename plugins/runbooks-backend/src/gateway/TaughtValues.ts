import { setImmediate } from 'node:timers/promises';
import { isHiddenEverywhere } from '@backstage-runbooks/plugin-runbooks-common';
import type { Budget } from './Budget';

/** What a value costs besides its length: a short one is looked for in some twenty forms as well. */
const BYTES_OF_A_VALUE = 256;
/** Milliseconds at a time, so that others go on. */
const AT_ONCE_MS = 10;

/**
 * What became of values: `too many` for this attempt, which waiting does not change, or `no room now`, for other
 * attempts have it.
 */
export type Teaching = 'taught' | 'too many' | 'no room now';

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
  #before: Promise<void> = Promise.resolve();

  constructor(options: { budget: Budget; onSecret: (value: string) => void }) {
    this.#budget = options.budget;
    this.#onSecret = options.onSecret;
  }

  /** Unless it resolves to `taught`, nobody may see what they stand in. One after another, so that each pays once. */
  teach(values: Iterable<string>): Promise<Teaching> {
    const taught = this.#before.then(() => this.#teachNow(values));
    this.#before = taught.then(
      () => {},
      () => {},
    );
    return taught;
  }

  async #teachNow(values: Iterable<string>): Promise<Teaching> {
    const found = await this.#newAmong(values);
    if (found === undefined) return 'too many';
    const give = await this.#budget.take(found.bytes, { waitMs: 0 });
    if (!give) return 'no room now';
    this.#givings.push(give);
    for await (const value of inSlices(found.values)) {
      this.#known.add(value);
      this.#onSecret(value);
    }
    return 'taught';
  }

  /** Gives the room back; to be called when the attempt is over. */
  end(): void {
    for (const give of this.#givings.splice(0)) give();
  }

  /** Undefined as soon as they are more than there is room left for in this attempt. */
  async #newAmong(values: Iterable<string>) {
    const found = new Set<string>();
    let bytes = 0;
    for await (const value of inSlices(values)) {
      if (this.#known.has(value) || found.has(value)) continue;
      if (!isHiddenEverywhere(value)) continue;
      found.add(value);
      bytes += value.length + BYTES_OF_A_VALUE;
      if (bytes > this.#budget.free) return undefined;
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
