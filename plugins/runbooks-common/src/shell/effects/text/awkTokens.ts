/** A part of a program of awk. Newlines are marks; blanks and comments are left out. */
export interface AwkToken {
  kind: 'word' | 'number' | 'text' | 'pattern' | 'mark';
  /** Without quotes and slashes. */
  text: string;
}

const BLANK = /(?:[ \t]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
const WORD = /[A-Za-z_]\w*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y;
const TEXT = /"((?:[^"\\\n]|\\[^\n])*)"/y;
/** Brackets hold no slash and no other bracket: the awks differ in where such a pattern ends. */
const PATTERN =
  /\/((?:[^/\\\n[\]]|\\[^\n]|\[\^?(?:\[:[a-z]+:\]|[^/\\\n[\]]|\\[^\n/[\]])+\])*)\//y;
const MARK =
  /&&|\|\||>>|\+\+|--|\*\*=?|[-+*/%^<>=!]=|!~|[-+*/%^<>=!~?:;,{}()[\]$|@\n]/y;

/** Behind one of these words a slash begins a pattern. */
const BEFORE_PATTERN = new Set(
  'print printf return in if while for do else case BEGIN END exit getline'.split(
    ' ',
  ),
);
/** Behind one of these marks it divides, or nobody can tell. */
const ENDS_VALUE = new Set([')', ']', '$', '++', '--']);

const MAX_LENGTH = 20_000;

/**
 * The parts of a program of awk; undefined where one is not known, or where a slash may divide or begin a pattern.
 */
export function awkTokens(program: string): AwkToken[] | undefined {
  if (program.length > MAX_LENGTH) return undefined;
  const tokens: AwkToken[] = [];
  let at = 0;
  const take = (form: RegExp) => {
    form.lastIndex = at;
    const found = form.exec(program);
    if (found) at = form.lastIndex;
    return found;
  };
  while (at < program.length) {
    if (take(BLANK)) continue;
    const comment = take(COMMENT);
    if (comment) {
      if (comment[0].endsWith('\\')) return undefined;
      continue;
    }
    const token = tokenAt(take, tokens[tokens.length - 1], program[at]);
    if (!token) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function tokenAt(
  take: (form: RegExp) => RegExpExecArray | null,
  before: AwkToken | undefined,
  next: string,
): AwkToken | undefined {
  if (next === '/') {
    if (beginsPattern(before)) {
      const pattern = take(PATTERN);
      return pattern ? { kind: 'pattern', text: pattern[1] } : undefined;
    }
    if (!endsValue(before)) return undefined;
    // To some it assigns, to others a pattern begins.
    if (take(/\/=/y)) return undefined;
  }
  const word = take(WORD);
  if (word) return { kind: 'word', text: word[0] };
  const number = take(NUMBER);
  if (number) return { kind: 'number', text: number[0] };
  const text = take(TEXT);
  if (text) return { kind: 'text', text: text[1] };
  const mark = take(MARK);
  return mark ? { kind: 'mark', text: mark[0] } : undefined;
}

function beginsPattern(before: AwkToken | undefined): boolean {
  if (!before) return true;
  if (before.kind === 'word') return BEFORE_PATTERN.has(before.text);
  return before.kind === 'mark' && !ENDS_VALUE.has(before.text);
}

/** `length / 2` may be a pattern behind a function without brackets. */
function endsValue(before: AwkToken | undefined): boolean {
  if (before?.kind === 'word') return before.text !== 'length';
  return (
    before?.kind === 'number' ||
    before?.kind === 'text' ||
    (before?.kind === 'mark' && /^[)\]]$/.test(before.text))
  );
}
