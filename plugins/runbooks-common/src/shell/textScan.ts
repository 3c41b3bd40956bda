import { type Mask, MAX_MASKS } from './masks';
import { placeholderAt, type TextState } from './placeholderForms';

/** A stretch of text in one state; quotes themselves belong to it. */
export interface TextRegion {
  state: TextState;
  start: number;
  end: number;
}

/** Result of one pass over a text, before it is parsed. */
export interface TextScan {
  masks: Mask[];
  /** Quoted, commented and heredoc stretches, in order, not overlapping. Everything else is plain. */
  regions: TextRegion[];
  /** Per line: whether it begins outside of quotes, heredocs and continued lines. */
  freshLines: boolean[];
}

/** How much of a quoted text is looked at to tell what it is. */
const MAX_ENCLOSING = 4000;

const HEREDOC =
  /(<<-?)(?!<)[ \t]*((?:\\?[A-Za-z0-9_.!%+-]|'[^'\n]*'|"[^"\n]*")+)/y;

interface PendingHeredoc {
  word: string;
  quoted: boolean;
  stripTabs: boolean;
}

class TextScanner {
  private readonly masks: Mask[] = [];
  private readonly regions: TextRegion[] = [];
  private readonly freshLines: boolean[] = [true];
  private pending: PendingHeredoc[] = [];
  /** Open substitutions: how to return to a double-quoted text. */
  private readonly stack: Array<{
    closes: string;
    parens: number;
    within: 'plain' | 'double';
  }> = [];
  private at = 0;
  private doubleStart = -1;
  private parens = 0;

  constructor(private readonly text: string) {}

  scan(): TextScan {
    while (this.at < this.text.length) {
      if (this.doubleStart >= 0) this.stepDouble();
      else this.stepPlain();
    }
    if (this.doubleStart >= 0)
      this.region('double', this.doubleStart, this.text.length);
    return {
      masks: this.masks,
      regions: this.regions,
      freshLines: this.freshLines,
    };
  }

  private stepPlain(): void {
    const char = this.text[this.at];
    if (char === '\n') return this.newline();
    if (char === '\\') return this.escape();
    if (char === "'") return this.singleQuoted();
    if (char === '"') {
      this.doubleStart = this.at;
      this.at += 1;
      return undefined;
    }
    if (char === '#' && this.startsWord()) return this.comment();
    if (char === '<' && this.heredoc()) return undefined;
    if (this.placeholder('plain', '')) return undefined;
    if (char === '$' && this.text[this.at + 1] === "'")
      return this.ansiQuoted();
    return this.structure(char);
  }

  private stepDouble(): void {
    const char = this.text[this.at];
    if (char === '\\') {
      this.at += 2;
      if (this.text[this.at - 1] === '\n') this.freshLines.push(false);
      return;
    }
    if (char === '"') {
      this.region('double', this.doubleStart, this.at + 1);
      this.doubleStart = -1;
      this.at += 1;
      return;
    }
    if (char === '\n') {
      this.freshLines.push(false);
      this.at += 1;
      return;
    }
    if (this.placeholder('double', '')) return;
    if (char === '$' && this.text[this.at + 1] === '(') {
      this.region('double', this.doubleStart, this.at);
      this.open(')', 'double', 2);
      return;
    }
    if (char === '`' && this.top()?.closes !== '`') {
      this.region('double', this.doubleStart, this.at);
      this.open('`', 'double', 1);
      return;
    }
    this.at += 1;
  }

  private structure(char: string): void {
    if (char === '$' && this.text[this.at + 1] === '(')
      return this.open(')', 'plain', 2);
    if (char === '`') {
      if (this.top()?.closes === '`') return this.close();
      return this.open('`', 'plain', 1);
    }
    if (char === '(') this.parens += 1;
    if (char === ')') {
      const top = this.top();
      if (top?.closes === ')' && this.parens === top.parens)
        return this.close();
      if (this.parens > 0) this.parens -= 1;
    }
    this.at += 1;
    return undefined;
  }

  private open(
    closes: string,
    within: 'plain' | 'double',
    length: number,
  ): void {
    this.stack.push({ closes, parens: this.parens, within });
    this.doubleStart = -1;
    this.at += length;
  }

  private close(): void {
    const top = this.stack.pop();
    this.at += 1;
    if (top?.within === 'double') this.doubleStart = this.at;
  }

  private top() {
    return this.stack[this.stack.length - 1];
  }

  private newline(): void {
    this.at += 1;
    this.freshLines.push(this.stack.length === 0 && this.parens === 0);
    const bodies = this.pending;
    this.pending = [];
    for (const body of bodies) this.heredocBody(body);
  }

  private escape(): void {
    if (this.text[this.at + 1] === '\n') this.freshLines.push(false);
    this.at += 2;
  }

  private singleQuoted(): void {
    const closing = this.text.indexOf("'", this.at + 1);
    const end = closing < 0 ? this.text.length : closing + 1;
    this.quotedStretch('single', this.at, end);
  }

  private ansiQuoted(): void {
    let end = this.at + 2;
    while (end < this.text.length && this.text[end] !== "'") {
      end += this.text[end] === '\\' ? 2 : 1;
    }
    this.quotedStretch('single', this.at, Math.min(end + 1, this.text.length));
  }

  private quotedStretch(state: TextState, start: number, end: number): void {
    this.region(state, start, end);
    const enclosing = this.text.slice(
      start,
      Math.min(end, start + MAX_ENCLOSING),
    );
    while (this.at < end) {
      if (this.text[this.at] === '\n') this.freshLines.push(false);
      if (!this.placeholder(state, enclosing)) this.at += 1;
    }
    this.at = end;
  }

  private comment(): void {
    const newline = this.text.indexOf('\n', this.at);
    const end = newline < 0 ? this.text.length : newline;
    this.region('comment', this.at, end);
    this.at = end;
  }

  private heredoc(): boolean {
    HEREDOC.lastIndex = this.at;
    const match = HEREDOC.exec(this.text);
    if (!match || this.text[this.at - 1] === '<') return false;
    const written = match[2];
    const word = written.replace(/["'\\]/g, '');
    if (this.text.startsWith('>>', HEREDOC.lastIndex) && !this.hasLine(word)) {
      return false;
    }
    this.pending.push({
      word,
      quoted: word !== written,
      stripTabs: match[1] === '<<-',
    });
    this.at = HEREDOC.lastIndex;
    return true;
  }

  private lines?: Set<string>;

  private hasLine(word: string): boolean {
    this.lines ??= new Set(this.text.split('\n').map(line => line.trim()));
    return this.lines.has(word);
  }

  private heredocBody({ word, quoted, stripTabs }: PendingHeredoc): void {
    const start = this.at;
    const end = this.heredocEnd(word, stripTabs);
    const state = quoted ? 'heredoc-quoted' : 'heredoc';
    this.freshLines[this.freshLines.length - 1] = false;
    this.quotedStretch(state, start, end);
    const terminator = this.text.indexOf('\n', end);
    this.at = terminator < 0 ? this.text.length : terminator + 1;
    if (terminator >= 0) this.freshLines.push(true);
  }

  private heredocEnd(word: string, stripTabs: boolean): number {
    let lineStart = this.at;
    while (lineStart < this.text.length) {
      const newline = this.text.indexOf('\n', lineStart);
      const lineEnd = newline < 0 ? this.text.length : newline;
      const line = this.text.slice(lineStart, lineEnd);
      if ((stripTabs ? line.replace(/^\t+/, '') : line) === word)
        return lineStart;
      lineStart = lineEnd + 1;
    }
    return this.text.length;
  }

  private placeholder(state: TextState, enclosing: string): boolean {
    if (!'<{[$'.includes(this.text[this.at])) return false;
    if (this.masks.length >= MAX_MASKS) return false;
    const around = state === 'double' ? this.doubleText() : enclosing;
    const mask = placeholderAt(this.text, this.at, state, around);
    if (!mask) return false;
    this.masks.push(mask);
    this.at = mask.end;
    return true;
  }

  private doubleCache = { start: -1, text: '' };

  private doubleText(): string {
    if (this.doubleCache.start !== this.doubleStart) {
      const closing = this.text.indexOf('"', this.doubleStart + 1);
      this.doubleCache = {
        start: this.doubleStart,
        text: this.text.slice(
          this.doubleStart,
          Math.min(
            closing < 0 ? this.text.length : closing + 1,
            this.doubleStart + MAX_ENCLOSING,
          ),
        ),
      };
    }
    return this.doubleCache.text;
  }

  private startsWord(): boolean {
    return this.at === 0 || /[\s;&|()]/.test(this.text[this.at - 1]);
  }

  private region(state: TextState, start: number, end: number): void {
    if (end > start) this.regions.push({ state, start, end });
  }
}

/**
 * Walks a shell text once and finds placeholders, with the quoting that each stands in.
 *
 * It knows quotes, comments, heredocs, substitutions and continuation lines, which is what is needed to tell
 * `<pod name>` from a redirection. It is not a parser: the parser runs afterwards, on the masked text.
 */
export function scanText(text: string): TextScan {
  return new TextScanner(text).scan();
}
