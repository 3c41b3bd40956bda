/** More are sorted together with what is there; fewer are put in one by one. */
const MANY = 16;

/** Texts in the order of their characters, to be looked up by what they begin with. */
export class SortedTexts {
  readonly #texts: string[] = [];
  /** Added and not yet in order: thousands are put in at once, before anything is looked up. */
  #added: string[] = [];

  add(text: string): void {
    this.#added.push(text);
  }

  /** The longest of the texts with which the other one begins. */
  longestBeginningOf(other: string): string | undefined {
    this.#putInOrder();
    let rest = other;
    for (;;) {
      // Whatever `rest` begins with comes before it, and the longest such text last.
      const nearest = this.#texts[this.#countUpTo(rest) - 1];
      if (nearest === undefined || rest.startsWith(nearest)) return nearest;
      rest = rest.slice(0, commonLength(nearest, rest));
    }
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

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
