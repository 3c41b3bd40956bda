/** What a program of sed does besides changing text as it passes by. */
export interface SedProgram {
  /** Files that it writes. */
  writes: string[];
  /** Files that it reads besides its input. */
  reads: string[];
}

/** Brackets hold no delimiter, no other bracket and no backslash: the seds differ in where such a pattern ends. */
const IN_PATTERN = String.raw`\\(?:[^\n]|\n)|[^D\\\n[\]]|\[\^?(?:\[:[a-z]+:\]|[^D\\\n[\]])+\]`;
const IN_TEXT = String.raw`\\(?:[^\n]|\n)|[^D\\\n]`;

const BLANK = /[ \t]*/y;
const BETWEEN = /[ \t\n;]*/y;
const END = /(?=[;\n}#]|$)/y;
const LABEL = /(?:[A-Za-z_]\w*)?/y;
const END_OF_LABEL = /(?=[\n;}]|$)/y;
/** To the end of the line, and of the next where a backslash stands before that; two would be read differently. */
const LINES = /(?:\\(?:[^\n\\]|\n)|[^\\\n]|\\\\(?=[^\\\n]))*/y;
const FILE = /[^ \t\n][^\n]*/y;
const COMMENT = /#[^\n]*/y;
const NUMBER = /\d*/y;
const FLAGS = /[gpiIm\dM]*/y;
const REST_OF_ADDRESS = /[IM]*/y;
const NUMBERED = /\d+(?:~\d+)?|\$/y;
const SECOND_NUMBERED = /[+~]?\d+|\$/y;

const MAX_LENGTH = 20_000;

/** Whether something stands behind a label in its line that one sed takes for a part of it. */
function hasOpenLabel(text: string): boolean {
  return text.split('\n').some(line => {
    const found = /(?:^|[\s;{])[:btT]/.exec(line);
    if (!found) return false;
    const label = found.index + found[0].length - 1;
    return Math.max(line.lastIndexOf(';'), line.lastIndexOf('}')) > label;
  });
}

class Reader {
  #at = 0;
  #depth = 0;
  readonly #found: SedProgram = { writes: [], reads: [] };
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(): SedProgram | undefined {
    // A label may hold all up to the end of its line.
    if (hasOpenLabel(this.#text) && this.#adds()) return undefined;
    for (;;) {
      this.#take(BETWEEN);
      if (this.#at >= this.#text.length)
        return this.#depth === 0 ? this.#found : undefined;
      if (!this.#address() || !this.#command()) return undefined;
    }
  }

  #adds(): boolean {
    return this.#text
      .split('\n')
      .slice(0, -1)
      .some(line => /[aic](?:\\|[ \t])/.test(line));
  }

  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text);
    if (!found) return undefined;
    this.#at = form.lastIndex;
    return found;
  }

  #takeBehindBlanks(form: RegExp): RegExpExecArray | undefined {
    this.#take(BLANK);
    return this.#take(form);
  }

  #label(): boolean {
    this.#takeBehindBlanks(LABEL);
    return this.#takeBehindBlanks(END_OF_LABEL) !== undefined;
  }

  //   10,/done/!p   /x/I,+3d   \,a,p
  #address(): boolean {
    const first = this.#addressed(NUMBERED);
    if (first === undefined) return false;
    if (first) {
      this.#take(BLANK);
      if (this.#text[this.#at] === ',') {
        this.#at += 1;
        this.#take(BLANK);
        if (!this.#addressed(SECOND_NUMBERED)) return false;
      }
    }
    this.#takeBehindBlanks(/!?/y);
    this.#take(BLANK);
    return true;
  }

  /** Whether one stands here; undefined for one that is not understood. */
  #addressed(numbered: RegExp): boolean | undefined {
    if (this.#take(numbered)) return true;
    const mark = this.#take(/\/|\\[^\w\s\\[\]]/y)?.[0];
    if (mark === undefined) return false;
    if (!this.#delimited(mark.slice(-1), IN_PATTERN)) return undefined;
    this.#takeBehindBlanks(REST_OF_ADDRESS);
    this.#take(BLANK);
    return true;
  }

  #delimited(delimiter: string, inside: string): boolean {
    const escaped = `\\${delimiter}`;
    return (
      this.#take(
        new RegExp(`(?:${inside.replaceAll('D', escaped)})*${escaped}`, 'y'),
      ) !== undefined
    );
  }

  #command(): boolean {
    const name = this.#text[this.#at];
    this.#at += 1;
    switch (name) {
      case '{':
        this.#depth += 1;
        return true;
      case '}':
        this.#depth -= 1;
        return this.#depth >= 0 && this.#ends();
      case '#':
        this.#at -= 1;
        return this.#take(COMMENT) !== undefined;
      case 's':
        return this.#substitutes();
      case 'y':
        return this.#parts(IN_TEXT) && this.#ends();
      case 'a':
      case 'i':
      case 'c':
        return this.#takeBehindBlanks(LINES) !== undefined && this.#endsLine();
      case ':':
      case 'b':
      case 't':
      case 'T':
        return this.#label();
      case 'r':
      case 'R':
        return this.#names(this.#found.reads);
      case 'w':
      case 'W':
        return this.#names(this.#found.writes);
      case 'l':
      case 'L':
      case 'q':
      case 'Q':
        return this.#takeBehindBlanks(NUMBER) !== undefined && this.#ends();
      default:
        return /^[=dDFgGhHnNpPxz]$/.test(name ?? '') && this.#ends();
    }
  }

  #ends(): boolean {
    return this.#takeBehindBlanks(END) !== undefined;
  }

  #endsLine(): boolean {
    return this.#at >= this.#text.length || this.#text[this.#at] === '\n';
  }

  #names(files: string[]): boolean {
    const name = this.#takeBehindBlanks(FILE)?.[0];
    if (name === undefined) return false;
    files.push(name);
    return true;
  }

  /** The two parts behind `s` and `y`. */
  #parts(first: string): boolean {
    const delimiter = this.#text[this.#at] ?? '';
    if (!/^[!-~]$/.test(delimiter) || /[\w\\[\]]/.test(delimiter)) return false;
    this.#at += 1;
    return (
      this.#delimited(delimiter, first) && this.#delimited(delimiter, IN_TEXT)
    );
  }

  #substitutes(): boolean {
    if (!this.#parts(IN_PATTERN)) return false;
    this.#take(FLAGS);
    if (this.#text[this.#at] !== 'w') return this.#ends();
    this.#at += 1;
    return this.#names(this.#found.writes);
  }
}

/**
 * Reads a program of sed; undefined where it may start other programs (`e`, `s///e`), or is not understood to the last
 * character.
 */
export function readSedProgram(text: string): SedProgram | undefined {
  return text.length > MAX_LENGTH ? undefined : new Reader(text).read();
}
