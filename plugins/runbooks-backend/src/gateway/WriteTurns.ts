/**
 * Writes of objects of one kind and namespace one after another: between the try of one and the write itself no other
 * of the same attempt may change what was tried.
 */
export class WriteTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves when it is its turn, with what ends it. */
  async take(what: string): Promise<() => void> {
    const before = this.#last.get(what);
    let end = () => {};
    const turn = new Promise<void>(resolve => {
      end = resolve;
    });
    this.#last.set(what, turn);
    await before;
    return () => {
      if (this.#last.get(what) === turn) this.#last.delete(what);
      end();
    };
  }
}
