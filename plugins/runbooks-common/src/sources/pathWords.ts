/** More words than this are not looked at: nobody wrote them, a machine did. */
const MAX_WORDS = 20_000;

/** A word of a statement that may be a path. */
export interface PathWord {
  /** Empty where it is a variable and nothing else. */
  text: string;
  /** Something of unknown value stood directly before it: `$here/x.sh`, `"$(dirname "$0")"/x.sh`. */
  follows: boolean;
  /** Something of unknown value comes directly after it: `overlays/$ENV`. */
  isCut: boolean;
}

/** The words of each statement of a text, as far as they can be told without parsing it. */
export function pathWords(text: string): PathWord[][] {
  let left = MAX_WORDS;
  return text
    .replace(/\\\n/g, ' ')
    .split(/\n|;|&&|\|\|?/)
    .map(statement => {
      const words = wordsOf(statement).slice(0, left);
      left -= words.length;
      return words;
    });
}

function wordsOf(statement: string): PathWord[] {
  const words: PathWord[] = [];
  for (const match of statement.matchAll(/[\p{L}\p{N}_.@+/~*?[\]:%,-]+/gu)) {
    const before = statement.slice(Math.max(0, match.index - 2), match.index);
    const after = statement[match.index + match[0].length] ?? ' ';
    const isVariable = /\$\{?$/.test(before);
    const isPlaceholder = before.endsWith('<') && after === '>';
    const known = isVariable ? match[0].replace(/^\w+(:-)?/, '') : match[0];
    const text = isPlaceholder ? '' : known;
    words.push({
      text,
      follows: text.startsWith('/') && (isVariable || /[)}"'`>]$/.test(before)),
      isCut: /[$<{`]/.test(after),
    });
  }
  return words;
}

/** True for a segment that names something. */
export function isName(segment: string): boolean {
  return segment !== '' && segment !== '.';
}
