import { isHiddenEverywhere } from '@backstage-runbooks/plugin-runbooks-common';

const MAX_VALUES = 10_000;
const MAX_BYTES = 1024 * 1024;
/** Values that come one after the other, as from a list of Secrets, are saved together. */
const SAVE_AFTER_MS = 200;

/** Where the secret values of one run are kept, encrypted. */
export interface SecretValueVault {
  load(): Promise<string[]>;
  /** Replaces what is kept. */
  save(values: string[]): Promise<void>;
}

/**
 * The values that no output of a run may show: its secret parameters, what passed out of or into a Secret through the
 * gateway, and what stands in the Secrets of its workspace. They hold for the whole run, not for the attempt that
 * learned them: a later step may print what an earlier one put into a variable.
 *
 * At most 10,000 values and 1 MiB are remembered; `left` counts those beyond, which only the attempt that learned
 * them hides. Values that are too common to hide are not kept.
 */
export class RunSecrets {
  readonly #vault: SecretValueVault;
  readonly #values: Set<string>;
  readonly #listeners = new Set<(value: string) => void>();
  #bytes = 0;
  #left = 0;
  #timer: NodeJS.Timeout | undefined;
  #isChanged = false;
  #saving: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(vault: SecretValueVault, values: string[]) {
    this.#vault = vault;
    this.#values = new Set();
    for (const value of values) this.#keep(value);
    this.#isChanged = false;
  }

  /** @throws what loading throws: without the values of earlier steps, nothing may be shown. */
  static async load(vault: SecretValueVault): Promise<RunSecrets> {
    return new RunSecrets(vault, await vault.load());
  }

  /** Hides one more value from now on, in this attempt and in all later ones. */
  add(value: string): void {
    if (this.#values.has(value) || !isHiddenEverywhere(value)) return;
    for (const listener of this.#listeners) listener(value);
    this.#keep(value);
    if (this.#isChanged) {
      this.#timer ??= setTimeout(() => void this.#store(), SAVE_AFTER_MS);
    }
  }

  /** Every value that is remembered. */
  all(): string[] {
    return [...this.#values];
  }

  /** How many values were too many to remember. */
  get left(): number {
    return this.#left;
  }

  /** Calls back for each value that is added from now on. Returns what ends it. */
  onAdded(listener: (value: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Saves what was not yet; to be awaited before an attempt ends.
   *
   * @throws what saving threw, now or earlier.
   */
  async saved(): Promise<void> {
    await this.#store();
    if (this.#failure) throw this.#failure;
  }

  #keep(value: string): void {
    const bytes = Buffer.byteLength(value);
    if (this.#values.size >= MAX_VALUES || this.#bytes + bytes > MAX_BYTES) {
      this.#left += 1;
      return;
    }
    this.#values.add(value);
    this.#bytes += bytes;
    this.#isChanged = true;
  }

  #store(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(async () => {
      if (!this.#isChanged) return;
      this.#isChanged = false;
      try {
        await this.#vault.save(this.all());
        this.#failure = undefined;
      } catch (error) {
        this.#isChanged = true;
        this.#failure = error;
      }
    });
    return this.#saving;
  }
}
