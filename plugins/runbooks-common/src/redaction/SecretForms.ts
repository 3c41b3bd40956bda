import { formsOfSecret } from './formsOfSecret';
import type { SecretRange } from './secretPatterns';

/** Known values, in all the forms in which they are looked for. */
export class SecretForms {
  readonly #forms = new Set<string>();
  #longest = 0;

  add(secret: string): void {
    for (const form of formsOfSecret(secret)) {
      this.#forms.add(form);
      this.#longest = Math.max(this.#longest, form.length);
    }
  }

  rangesIn(text: string): SecretRange[] {
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

  /** Where a value may have begun whose rest is still to come; the text's length if nowhere. */
  beginningAtEnd(text: string): number {
    const from = Math.max(0, text.length - this.#longest + 1);
    for (let at = from; at < text.length; at += 1) {
      const rest = text.slice(at);
      for (const form of this.#forms) {
        if (form.length > rest.length && form.startsWith(rest)) return at;
      }
    }
    return text.length;
  }
}
