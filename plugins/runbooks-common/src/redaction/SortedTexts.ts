/** Texts in the order of their characters, to be looked up by what they begin with. */
export class SortedTexts {
  readonly #texts: string[] = [];

  add(text: string): void {
    this.#texts.splice(this.#countUpTo(text), 0, text);
  }

  /** The longest of the texts with which the other one begins. */
  longestBeginningOf(other: string): string | undefined {
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
    return this.#texts[this.#countUpTo(other)]?.startsWith(other) ?? false;
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
