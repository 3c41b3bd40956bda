import { TooManyError } from './TooManyError';

/** Counts the streams of each person on this replica. */
export class OpenStreams {
  readonly #limit: number;
  readonly #open = new Map<string, number>();

  constructor({ streamsPerPerson }: { streamsPerPerson: number }) {
    this.#limit = streamsPerPerson;
  }

  /**
   * Does something that holds a stream of a person open.
   *
   * @throws TooManyError where they have as many as they may, before anything is done
   */
  async during<T>(userRef: string, stream: () => Promise<T>): Promise<T> {
    const before = this.#open.get(userRef) ?? 0;
    if (before >= this.#limit) {
      throw new TooManyError(
        `You have ${before} live views open, and may have ${
          this.#limit
        } (runbooks.limits.streamsPerPerson); close some of their pages`,
      );
    }
    this.#open.set(userRef, before + 1);
    try {
      return await stream();
    } finally {
      const left = (this.#open.get(userRef) ?? 1) - 1;
      if (left > 0) this.#open.set(userRef, left);
      else this.#open.delete(userRef);
    }
  }
}
