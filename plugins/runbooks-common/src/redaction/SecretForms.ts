import { formsOfSecret } from './formsOfSecret';
import type { SecretRange } from './secretPatterns';
import { SortedTexts } from '../text/SortedTexts';

/** No form is shorter. */
const START_LENGTH = 4;
/** Up to this many forms are looked for one by one, which is fastest; more are looked up by how they begin. */
const MAX_SEARCHED_FORMS = 40;

/**
 * Known values, in all the forms in which they are looked for.
 *
 * A step that lists the Secrets of a namespace teaches thousands of values, so the time for a search must not grow
 * with their number. Many streams of text can be looked through with the same ones; what is added counts for all.
 *
 * @public
 */
export class SecretForms {
  readonly #secrets = new Set<string>();
  readonly #forms = new Set<string>();
  /** Forms by their first four characters. */
  readonly #byStart = new Map<string, SortedTexts>();
  /** The first one, two and three characters of all forms. */
  readonly #shortStarts = new Set<string>();
  #longest = 0;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Takes up to some 20 ms for a value of 1 MiB; ten thousand short ones take a second. */
  add(secret: string): void {
    if (this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    for (const form of formsOfSecret(secret)) {
      if (!this.#forms.has(form)) this.#addForm(form);
    }
  }

  /** Where the values stand in a text. */
  rangesIn(text: string): SecretRange[] {
    return this.#forms.size > MAX_SEARCHED_FORMS
      ? this.#lookedUpRanges(text)
      : this.#searchedRanges(text);
  }

  /** Where a value may have begun whose rest is still to come; the text's length if nowhere. */
  beginningAtEnd(text: string): number {
    for (
      let at = Math.max(0, text.length - this.#longest + 1);
      at < text.length;
      at += 1
    ) {
      if (this.#couldGoOn(text.slice(at))) return at;
    }
    return text.length;
  }

  #addForm(form: string): void {
    this.#forms.add(form);
    this.#longest = Math.max(this.#longest, form.length);
    for (let length = 1; length < START_LENGTH; length += 1) {
      this.#shortStarts.add(form.slice(0, length));
    }
    const start = form.slice(0, START_LENGTH);
    const others = this.#byStart.get(start) ?? new SortedTexts();
    others.add(form);
    this.#byStart.set(start, others);
  }

  #searchedRanges(text: string): SecretRange[] {
    const ranges: SecretRange[] = [];
    for (const form of this.#forms) {
      let at = text.indexOf(form);
      while (at >= 0) {
        ranges.push({ begin: at, start: at, end: at + form.length });
        at = text.indexOf(form, at + form.length);
      }
    }
    return ranges;
  }

  #lookedUpRanges(text: string): SecretRange[] {
    const ranges: SecretRange[] = [];
    for (let at = 0; at + START_LENGTH <= text.length; at += 1) {
      const form = this.#byStart
        .get(text.slice(at, at + START_LENGTH))
        ?.longestBeginningOf(text.slice(at, at + this.#longest));
      if (form) ranges.push({ begin: at, start: at, end: at + form.length });
    }
    return ranges;
  }

  #couldGoOn(rest: string): boolean {
    if (rest.length < START_LENGTH) return this.#shortStarts.has(rest);
    const candidates = this.#byStart.get(rest.slice(0, START_LENGTH));
    return candidates?.hasLonger(rest) ?? false;
  }
}
