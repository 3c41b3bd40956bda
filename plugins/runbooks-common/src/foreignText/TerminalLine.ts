/* eslint-disable no-control-regex */

/**
 * What a program wrote for a terminal, as pieces of text.
 *
 * A terminal shows the last of what was written to a place. Here nothing is lost: what a carriage return, backspaces
 * or an erase code would have covered in its line is `overwritten`, and a code that moves elsewhere is itself shown,
 * so that all text stays in the order in which it came. Codes that only colour, choose a character set or ring are
 * left out.
 */
export type TerminalPiece =
  | { kind: 'text' | 'overwritten'; text: string }
  | { kind: 'code'; text: string; says: string };

/** The line that is being written, and the ones before it. */
export class TerminalLine {
  readonly #done: TerminalPiece[] = [];
  /** Pieces of this line from which nothing was overwritten yet. */
  #fresh: string[] = [];
  /** A return or backspaces came; they cover something once more is written. */
  #back: { count: number; spelled: string } | undefined;
  #address = '';
  #linked = '';

  write(text: string): void {
    if (text === '') return;
    const rest = this.#isOverstrike(text) ? text.slice(1) : text;
    this.#cover();
    if (rest !== '') this.#fresh.push(rest);
    if (this.#address !== '' && this.#linked.length < 4096) {
      this.#linked += text;
    }
  }

  newLine(): void {
    this.#closeLink();
    this.#back = undefined;
    this.#fresh.push('\n');
    this.#finish();
  }

  goBack(count: number, spelled: string): void {
    const before = this.#back;
    this.#back = {
      count: (before?.count ?? 0) + count,
      spelled: (before?.spelled ?? '').slice(0, 200) + spelled,
    };
  }

  eraseRest(): void {
    this.#cover();
  }

  eraseAll(): void {
    this.goBack(Infinity, '\\u{1B}[2K');
    this.#cover();
  }

  code(code: string, says: string): void {
    this.#finish();
    this.#done.push({ kind: 'code', text: visibleCode(code), says });
  }

  /** Where a link leads is shown behind its text, unless the text says it. */
  link(address: string): void {
    this.#closeLink();
    this.#address = address;
  }

  end(): TerminalPiece[] {
    this.#closeLink();
    this.#finish();
    return this.#done;
  }

  #closeLink(): void {
    if (this.#address !== '' && this.#linked.trim() !== this.#address) {
      this.code(` (${this.#address})`, 'where the link leads');
    }
    this.#address = '';
    this.#linked = '';
  }

  /** `N\bN` is bold and `_\bN` underlined in pages of manuals. */
  #isOverstrike(text: string): boolean {
    if (this.#back?.spelled !== '\\b') return false;
    const last = this.#fresh.at(-1);
    const letter = last?.at(-1);
    if (last === undefined || letter === undefined) return false;
    if (letter !== text[0] && letter !== '_') return false;
    this.#back = undefined;
    if (letter === text[0]) return true;
    this.#fresh[this.#fresh.length - 1] = last.slice(0, -1);
    return false;
  }

  #cover(): void {
    if (!this.#back) return;
    const { count, spelled } = this.#back;
    this.#back = undefined;
    const covered: string[] = [];
    let left = count;
    while (left > 0) {
      const last = this.#fresh.pop();
      if (last === undefined) break;
      const cut = Math.max(0, last.length - left);
      if (cut > 0) this.#fresh.push(last.slice(0, cut));
      covered.push(last.slice(cut));
      left -= last.length - cut;
    }
    const text = covered.reverse().join('');
    if (text.trim() === '') {
      if (count !== Infinity) this.#fresh.push(text);
      return;
    }
    this.#finish();
    this.#done.push({ kind: 'overwritten', text: `${text}${spelled}` });
  }

  #finish(): void {
    const text = this.#fresh.join('');
    this.#fresh = [];
    if (text !== '') this.#done.push({ kind: 'text', text });
  }
}

/** A code with its escape spelled. */
export function visibleCode(code: string): string {
  return code.replace(/[\u001b\u009b]/g, '\\u{1B}');
}
