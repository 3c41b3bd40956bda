import { type AwkToken, awkTokens } from './awkTokens';

/** What a program of awk does besides printing. */
export interface AwkProgram {
  /** The files that it writes; undefined for one whose name is worked out. */
  writes: Array<string | undefined>;
  /** Whether it opens files other than those of its operands. */
  opensMore: boolean;
}

/** What awk brings and what does nothing but give a value, or change variables and streams of the program. */
const FUNCTIONS = new Set(
  (
    'length substr index split sub gsub gensub match sprintf tolower toupper int rand srand sqrt exp log sin cos atan2 ' +
    'systime strftime mktime and or xor compl lshift rshift asort asorti patsplit strtonum typeof isarray close fflush'
  ).split(' '),
);

/** Words of the language behind which a bracket may stand. */
const WORDS = new Set(
  'BEGIN END if else while for do switch case in return delete exit print printf getline next break continue function func'.split(
    ' ',
  ),
);

/** A line that ends in one of these goes on in the next. */
const GOES_ON = new Set([',', '&&', '||', '{', '?', ':', 'do', 'else']);

/** What can be told at most of. */
const MAX_WRITES = 16;

/**
 * Reads a program of awk; undefined where it may start other programs, or is not understood to the last character: the
 * awks differ, and what one of them takes for a text or a regular expression is a command to another.
 */
export function readAwkProgram(text: string): AwkProgram | undefined {
  const tokens = awkTokens(text);
  if (!tokens || !callsOnlyKnown(tokens)) return undefined;
  const writes = writesIn(tokens);
  if (writes.length > MAX_WRITES) return undefined;
  return {
    writes,
    opensMore: tokens.some(
      ({ kind, text: word }) =>
        kind === 'word' && /^(?:getline|ARGV|ARGC)$/.test(word),
    ),
  };
}

function callsOnlyKnown(tokens: readonly AwkToken[]): boolean {
  const own = new Set(
    tokens.flatMap(({ text }, at) =>
      /^func(?:tion)?$/.test(tokens[at - 1]?.text ?? '') ? [text] : [],
    ),
  );
  return tokens.every(({ kind, text }, at) => {
    if (kind === 'mark') return text !== '|' && text !== '@';
    if (kind !== 'word') return true;
    if (/^(?:system|extension)$/.test(text)) return false;
    // A variable in front of a bracket is joined with what stands in it; what it is in other awks nobody can tell.
    return (
      tokens[at + 1]?.text !== '(' ||
      FUNCTIONS.has(text) ||
      WORDS.has(text) ||
      own.has(text)
    );
  });
}

/** Behind `print` a `>` outside of brackets names a file; elsewhere it compares. */
function writesIn(tokens: readonly AwkToken[]): AwkProgram['writes'] {
  const writes: AwkProgram['writes'] = [];
  let prints = false;
  let depth = 0;
  tokens.forEach(({ kind, text }, at) => {
    if (kind === 'word' && /^printf?$/.test(text)) {
      prints = true;
      depth = 0;
    }
    if (kind !== 'mark') return;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    const ends =
      /^[;}]$/.test(text) || (text === '\n' && !goesOn(tokens.slice(0, at)));
    if (ends && depth <= 0) prints = false;
    if (prints && depth <= 0 && /^>>?$/.test(text))
      writes.push(targetAt(tokens, at + 1));
  });
  return writes;
}

/** Also over empty lines. */
function goesOn(before: readonly AwkToken[]): boolean {
  const last = before.findLast(({ text }) => text !== '\n');
  return last !== undefined && GOES_ON.has(last.text);
}

/** A text alone: beside another one awk joins them. */
function targetAt(tokens: readonly AwkToken[], at: number): string | undefined {
  const target = tokens[at];
  const next = tokens[at + 1];
  const isAlone =
    next === undefined || (next.kind === 'mark' && /^[;}\n]$/.test(next.text));
  return target?.kind === 'text' && isAlone && !target.text.includes('\\')
    ? target.text
    : undefined;
}
