/** More are sorted together with what is there; fewer are put in one by one. */
const MANY = 16;

/**
 * Texts in the order of their characters, to be looked up by what they begin with. A look takes time in proportion to
 * the lengths of the texts, however many of them begin alike.
 */
export class SortedTexts {
  readonly #texts: string[] = [];
  /** For each text: where the longest of the others is with which it begins, or -1. */
  #beginnings: number[] = [];
  /** Added and not yet in order: thousands are put in at once, before anything is looked up. */
  #added: string[] = [];

  add(text: string): void {
    this.#added.push(text);
  }

  /** The longest of the texts with which the other one begins. */
  longestBeginningOf(other: string): string | undefined {
    this.#putInOrder();
    // Whatever the other one begins with comes before it, so the nearest one begins with that too.
    let at = this.#countUpTo(other) - 1;
    if (at < 0) return undefined;
    const common = commonLength(this.#texts[at], other);
    while (at >= 0 && this.#texts[at].length > common) {
      at = this.#beginnings[at];
    }
    return this.#texts[at];
  }

  /** True when one of the texts begins with the other one and is longer. */
  hasLonger(other: string): boolean {
    this.#putInOrder();
    return this.#texts[this.#countUpTo(other)]?.startsWith(other) ?? false;
  }

  #putInOrder(): void {
    if (this.#added.length === 0) return;
    if (this.#added.length > MANY) {
      for (const text of this.#added) this.#texts.push(text);
      this.#texts.sort();
    } else {
      for (const text of this.#added) {
        this.#texts.splice(this.#countUpTo(text), 0, text);
      }
    }
    this.#added = [];
    this.#beginnings = beginningsAmong(this.#texts);
  }

  /** How many of the texts come before the other one or are equal to it. */
  #countUpTo(other: string): number {
    let low = 0;
    let high = this.#texts.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#texts[middle] <= other) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of sorted texts: those with which one begins are the ones that are still open where it stands. */
function beginningsAmong(sorted: readonly string[]): number[] {
  const open: number[] = [];
  return sorted.map((text, index) => {
    while (open.length > 0 && !text.startsWith(sorted[open.at(-1)!])) {
      open.pop();
    }
    const beginning = open.at(-1) ?? -1;
    open.push(index);
    return beginning;
  });
}

/** By halves: comparing pieces is much faster than comparing characters. */
function commonLength(one: string, other: string): number {
  let low = 0;
  let high = Math.min(one.length, other.length);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (other.startsWith(one.slice(low, middle), low)) low = middle;
    else high = middle - 1;
  }
  return low;
}
