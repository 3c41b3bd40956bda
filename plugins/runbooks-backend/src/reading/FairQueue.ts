/**
 * What waits, by the person who wants it. People take turns, and one thing of a person is done at a time: somebody who
 * asks for much, or for what takes long, waits for themselves.
 */
export class FairQueue<T> {
  /** In the order in which it is people's turn. */
  readonly #waiting = new Map<string, T[]>();
  readonly #served = new Set<string>();

  add(person: string, what: T): void {
    const own = this.#waiting.get(person);
    if (own) own.push(what);
    else this.#waiting.set(person, [what]);
  }

  /** How much of a person waits. */
  waitingOf(person: string): number {
    return this.#waiting.get(person)?.length ?? 0;
  }

  /** The next one, of somebody for whom nothing is done at the moment; `done` must be called. */
  take(): { what: T; done(): void } | undefined {
    for (const [person, own] of this.#waiting) {
      if (this.#served.has(person)) continue;
      const [what, ...rest] = own;
      this.#waiting.delete(person);
      if (rest.length > 0) this.#waiting.set(person, rest);
      this.#served.add(person);
      return { what, done: () => this.#served.delete(person) };
    }
    return undefined;
  }

  /** Everything that waits, which then waits no more. */
  clear(): T[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return all;
  }
}
