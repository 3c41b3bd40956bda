/** Values and members that are looked at, in all objects of a preview. */
const MAX_VISITS = 150_000;
/** Texts, alone or many at once, that are looked through for secrets. */
const MAX_LOOKS = 2_000;
const MAX_LOOKED_CHARACTERS = 16 * 1024 * 1024;
/** So many characters are looked through at once. */
const AT_ONCE = 64 * 1024;

/** Thrown where comparing would take too long. */
export class TooMuchToCompare extends Error {}

/**
 * Bounds what one preview may cost, and looks for secrets in many texts at once: each look by itself takes longer than
 * a short text needs.
 */
export class ComparingLimits {
  private visits = 0;
  private looks = 0;
  private characters = 0;

  constructor(private readonly hide: (text: string) => string) {}

  /** @throws TooMuchToCompare */
  visit(): void {
    this.visits += 1;
    if (this.visits > MAX_VISITS) throw new TooMuchToCompare();
  }

  /**
   * The same as `hide` for these texts, and for others too.
   *
   * @throws TooMuchToCompare
   */
  hiding(texts: Iterable<string>): (text: string) => string {
    const hidden = new Map<string, string>();
    let some: string[] = [];
    let length = 0;
    for (const text of texts) {
      some.push(text);
      length += text.length;
      if (length < AT_ONCE) continue;
      this.lookThrough(some, hidden);
      some = [];
      length = 0;
    }
    this.lookThrough(some, hidden);
    return text => hidden.get(text) ?? this.look(text);
  }

  /** Where something in them is hidden, each half is looked through, down to single texts. */
  private lookThrough(
    texts: readonly string[],
    hidden: Map<string, string>,
  ): void {
    if (texts.length === 0) return;
    const joined = texts.join('\n');
    const shown = this.look(joined);
    if (texts.length === 1) hidden.set(texts[0], shown);
    else if (shown === joined) for (const one of texts) hidden.set(one, one);
    else {
      const half = Math.ceil(texts.length / 2);
      this.lookThrough(texts.slice(0, half), hidden);
      this.lookThrough(texts.slice(half), hidden);
    }
  }

  private look(text: string): string {
    this.looks += 1;
    this.characters += text.length;
    if (this.looks > MAX_LOOKS || this.characters > MAX_LOOKED_CHARACTERS) {
      throw new TooMuchToCompare();
    }
    return this.hide(text);
  }
}
