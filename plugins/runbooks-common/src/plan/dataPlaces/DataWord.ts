import type {
  ShellWord,
  ShellWordPart,
  SimpleCommand,
} from '../../shell/parse';
import { PARAMETER_PREFIX } from '../../shell/parameterName';

/** One word of a command that is surely one argument, whatever its expansions hold. */
export interface DataWord {
  /** The literal text that it surely begins with. */
  head: string;
  /** Its text, where all of it is literal. */
  whole?: string;
  /** Whether it may be an option: it begins with `-`, or with a variable of the document. */
  mayBeOption: boolean;
  /** Where it expands variables, all of them in quotes. Offsets into the text. */
  expansions: Array<{ start: number; end: number }>;
}

type Piece = string | { start: number; end: number; name: string };

/** The words of a command after its name; undefined where one may be none or several, or its text is not sure. */
export function dataWordsOf(command: SimpleCommand): DataWord[] | undefined {
  const words: DataWord[] = [];
  for (const argument of command.args) {
    const word = argument.type === 'Word' ? dataWord(argument) : undefined;
    if (!word) return undefined;
    words.push(word);
  }
  return words;
}

/** The text of a word that is nothing but literal text. */
export function literalWord(word: ShellWord): string | undefined {
  return dataWord(word)?.whole;
}

function dataWord(word: ShellWord): DataWord | undefined {
  const pieces = word.parts
    ? allOf(word.parts.map(part => piecesOf(part)))
    : [word.value];
  if (!pieces) return undefined;
  const firstOpen = pieces.findIndex(piece => typeof piece !== 'string');
  const literals = firstOpen < 0 ? pieces : pieces.slice(0, firstOpen);
  const head = literals.join('');
  const expansions = pieces.flatMap(piece =>
    typeof piece === 'string' ? [] : piece,
  );
  // A value that begins like an option is refused where it begins a word.
  const beginsOpen =
    head === '' && expansions[0]?.name.startsWith(PARAMETER_PREFIX) === false;
  return {
    head,
    ...(firstOpen < 0 ? { whole: head } : {}),
    mayBeOption: head.startsWith('-') || beginsOpen,
    expansions: expansions.map(({ start, end }) => ({ start, end })),
  };
}

//   a   'a'   "a $B c"
/** Anything else may become several words, or be read once more. */
function piecesOf(part: ShellWordPart): Piece[] | undefined {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
      return [part.value];
    case 'DoubleQuoted':
      return allOf(
        part.parts.map(inner =>
          inner.type === 'Literal' ? [inner.value] : expansionOf(inner),
        ),
      );
    default:
      return undefined;
  }
}

//   "$B"   "${B}"   "${B:-a}"
function expansionOf(part: ShellWordPart): Piece[] | undefined {
  const place = { start: part.pos, end: part.end };
  if (part.type === 'SimpleExpansion')
    return /^\$[A-Za-z_]/.test(part.text)
      ? [{ ...place, name: part.text.slice(1) }]
      : undefined;
  if (part.type !== 'ParameterExpansion') return undefined;
  const { prefix, index, operation } = part;
  if (prefix || index || !/^[A-Za-z_]/.test(part.parameter)) return undefined;
  const isPlain =
    operation === undefined ||
    (operation.type === 'Default' &&
      /^:?-$/.test(operation.operator) &&
      !operation.operand.parts);
  return isPlain ? [{ ...place, name: part.parameter }] : undefined;
}

function allOf(lists: ReadonlyArray<Piece[] | undefined>): Piece[] | undefined {
  const all: Piece[] = [];
  for (const list of lists) {
    if (!list) return undefined;
    all.push(...list);
  }
  return all;
}
