import type { VariableValues } from './leaves';
import { holdsMask, type Mask } from './masks';
import { endsInDots, ownPlaceOf, type OwnPlace } from './ownPlace';
import type { ShellWord, ShellWordPart } from './parse';
import { climbsFromLink, type IsLink } from './climbsFromLink';
import { joinPaths } from './joinPaths';
import { isTameSubstitution } from './tameSubstitution';
import { isShellVariable, isTame, literalOf, mayHoldWords } from './variables';
import { dividesNames, dividesOtherwise } from './wordDivision';

/**
 * How sure it is what a command receives for a word.
 *
 * - `exact`: this text.
 * - `value`: one argument that does not begin an option; its content is partly not known.
 * - `words`: anything, also several arguments or options: an unquoted `$(...)`, a pattern, `$@`.
 */
export type Certainty = 'exact' | 'value' | 'words';

/** One argument of a command, after the quotes are gone. */
export interface Argument {
  /** Placeholders stay masked and expansions stay as written. */
  value: string;
  certainty: Certainty;
  /** Offsets of the word that it comes from; -1 in text that is interpreted again. */
  start: number;
  end: number;
  /** Something that the text does not tell is put in before the text is interpreted again. */
  spliced: boolean;
  /** Its value is not known before it runs: a name in it cannot be listed. */
  unresolved?: boolean;
  /** What a loop variable makes of it, one text a turn. */
  alternatives?: string[];
  /** What a variable with known values may make of it; a person may choose another value. */
  defaults?: string[];
  /** The path from the root of the workspace that it surely means, in any folder. */
  fromRoot?: string;
  /** Where it is not exact: the text that its value surely begins with. */
  begins?: string;
}

/** What is known about variables where a word stands. */
export interface Variables {
  values: ReadonlyMap<string, VariableValues>;
  masks: readonly Mask[];
  /** Offset to add; undefined in text that is interpreted again, whose offsets mean nothing outside. */
  base: number | undefined;
  /** Where the script lies that the word stands in. */
  own?: OwnPlace;
  /** What goes up from behind a link is no path that is known; missing where there are no links. */
  isLink?: IsLink;
  /** What `"$@"` is at an offset; undefined where that is not sure. */
  handedAt?(pos: number): readonly Argument[] | undefined;
}

/** The arguments that a word becomes. Usually one; a known variable may hold several. */
export function argumentsOf(word: ShellWord, variables: Variables): Argument[] {
  const place = {
    start: variables.base === undefined ? -1 : word.pos + variables.base,
    end: variables.base === undefined ? -1 : word.end + variables.base,
  };
  const several = severalOf(word, variables);
  if (several) return several.map(one => ({ ...one, ...place }));
  const pieces = piecesOf(word, variables);
  if (pieces.length > 1 && pieces.some(piece => piece.split))
    return splitFields(pieces).map(value => ({
      value,
      certainty: worstOf(pieces),
      spliced: pieces.some(piece => piece.spliced),
      unresolved: pieces.some(piece => piece.unresolved || piece.template),
      ...place,
    }));
  const alone = pieces.length === 1 ? pieces[0] : undefined;
  if (alone?.split) {
    const words = alone.text.split(/[ \t\n]+/).filter(text => text !== '');
    return words.map(value => ({
      value,
      certainty:
        alone.template && !value.includes('$') ? 'exact' : alone.certainty,
      spliced: false,
      ...(alone.template && value.includes('$') ? { unresolved: true } : {}),
      ...place,
    }));
  }
  return [
    {
      value: pieces.map(piece => piece.text).join(''),
      certainty: worstOf(pieces),
      spliced: pieces.some(piece => piece.spliced),
      unresolved: pieces.some(piece => piece.unresolved || piece.spliced),
      alternatives: textsOf(pieces, piece => piece.alternatives),
      defaults: textsOf(pieces, piece => piece.defaults),
      ...startOf(pieces, variables),
      ...place,
    },
  ];
}

/** The arguments that a word surely becomes which stands for several: `"$@"`, `"${LIST[@]}"`. */
function severalOf(
  word: ShellWord,
  { values, handedAt }: Variables,
): readonly Argument[] | undefined {
  const [, name = '@', braced] =
    /^(?:\$@|\$\{(\w+)\[(@)\]\})$/.exec(word.text.replace(/^"(.*)"$/, '$1')) ??
    [];
  const isQuoted = word.text.startsWith('"');
  if (braced === undefined) {
    if (!/^"?\$@"?$/.test(word.text)) return undefined;
    const handed = handedAt?.(word.pos);
    const isWhole =
      isQuoted ||
      (!dividesNames(values) && handed?.every(one => isPlainArgument(one)));
    return isWhole ? handed : undefined;
  }
  const items = values.get(name)?.items;
  return items && (isQuoted || (!dividesNames(values) && items.every(isPlain)))
    ? items.map(value => ({
        value,
        certainty: 'exact' as const,
        spliced: false,
        start: -1,
        end: -1,
      }))
    : undefined;
}

function isPlainArgument({ value, certainty }: Argument): boolean {
  return certainty === 'exact' && isPlain(value);
}

/**
 * What is sure of the value of a word that is not known as a whole. A path that ends with `..` or `.` keeps these, since
 * `dirname` takes no more than them away.
 */
export function assignedStart(
  word: ShellWord,
  variables: Variables,
): Pick<Argument, 'fromRoot' | 'begins'> {
  return word.parts
    ? startOf(
        word.parts.flatMap(part => pieceOf(part, true, variables)),
        variables,
        true,
      )
    : {};
}

function startOf(
  pieces: readonly Piece[],
  { isLink }: Variables,
  keepsDots = false,
): Pick<Argument, 'fromRoot' | 'begins'> {
  const open = pieces.findIndex(piece => piece.certainty !== 'exact');
  if (open < 0) return {};
  const before = pieces
    .slice(0, open)
    .map(piece => piece.text)
    .join('');
  const begins = before + (pieces[open].begins ?? '');
  const rest = pieces.slice(open + 1);
  const text = rest.map(piece => piece.text).join('');
  const root = open === 0 ? pieces[0].fromRoot : undefined;
  const isPath =
    root !== undefined &&
    rest.every(piece => piece.certainty === 'exact') &&
    /^(?:\/|$)/.test(text) &&
    !climbsFromLink(root, text, isLink);
  const plain = isPath ? joinPaths(root, `.${text}`) : undefined;
  const whole = `${root}${text}`;
  const fromRoot =
    plain !== undefined && keepsDots && endsInDots(whole) ? whole : plain;
  return {
    ...(fromRoot === undefined ? {} : { fromRoot }),
    ...(begins === '' ? {} : { begins }),
  };
}

/** The text that a word is after `=`, where it is not divided; undefined where it is not known. */
export function assignedText(
  word: ShellWord,
  variables: Variables,
): string | undefined {
  const pieces = (word.parts ?? []).flatMap(part =>
    pieceOf(part, true, variables),
  );
  return word.parts && worstOf(pieces) === 'exact'
    ? pieces.map(piece => piece.text).join('')
    : undefined;
}

/** The words that the shell makes of a word in which a known value with white space is not quoted. */
function splitFields(pieces: readonly Piece[]): string[] {
  const fields: string[] = [];
  let isOpen = false;
  for (const piece of pieces) {
    const isSplit = piece.split === true;
    const parts = isSplit ? piece.text.split(/[ \t\n]+/) : [piece.text];
    for (const [index, text] of parts.entries()) {
      if (index > 0) isOpen = false;
      if (isSplit && text === '') continue;
      if (isOpen) fields[fields.length - 1] += text;
      else fields.push(text);
      isOpen = true;
    }
  }
  return fields;
}

interface Piece {
  text: string;
  certainty: Certainty;
  spliced?: boolean;
  unresolved?: boolean;
  /** Unquoted value with white space in it: several arguments. */
  split?: boolean;
  /** Its text holds variables: words with one are less sure than those without. */
  template?: boolean;
  alternatives?: string[];
  defaults?: string[];
  fromRoot?: string;
  begins?: string;
}

function piecesOf(word: ShellWord, variables: Variables): Piece[] {
  if (!word.parts) {
    const value = literalPiece(word.value);
    return [value];
  }
  return word.parts.flatMap(part => pieceOf(part, false, variables));
}

function pieceOf(
  part: ShellWordPart,
  quoted: boolean,
  variables: Variables,
): Piece[] {
  const pieces = undividedPieces(part, quoted, variables);
  return !quoted && isDivided(part, pieces, variables)
    ? [{ text: part.text, certainty: 'words', spliced: true }]
    : pieces;
}

/** Whether bash may make other words of an expansion than blanks do. */
function isDivided(
  part: ShellWordPart,
  pieces: readonly Piece[],
  { values }: Variables,
): boolean {
  return (
    /^(?:Simple|Parameter|Arithmetic|Command)Expansion$/.test(part.type) &&
    pieces.some(({ text, certainty }) =>
      certainty === 'exact'
        ? dividesOtherwise(text, values)
        : dividesNames(values),
    )
  );
}

function undividedPieces(
  part: ShellWordPart,
  quoted: boolean,
  variables: Variables,
): Piece[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [literalPiece(part.value)];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length === 0
        ? [literalPiece('')]
        : part.parts.flatMap(inner => pieceOf(inner, true, variables));
    case 'SimpleExpansion':
      return [variablePiece(part.text.slice(1), part.text, quoted, variables)];
    case 'ParameterExpansion':
      return [
        part.prefix === undefined &&
        part.operation === undefined &&
        part.index === undefined
          ? variablePiece(part.parameter, part.text, quoted, variables)
          : operationPiece(part, quoted, variables),
      ];
    case 'ArithmeticExpansion':
      return [{ text: part.text, certainty: 'value' }];
    case 'ProcessSubstitution':
      return [{ text: part.text, certainty: 'value' }];
    case 'CommandExpansion':
      return [
        isTameSubstitution(part.text)
          ? {
              text: part.text,
              certainty: 'value',
              unresolved: true,
              ...placed(part.text, variables),
            }
          : {
              ...placed(part.text, variables),
              text: part.text,
              certainty: quoted ? 'value' : 'words',
              spliced: true,
            },
      ];
    default:
      return [{ text: part.text, certainty: 'words' }];
  }
}

function placed(
  text: string,
  { own, values, isLink }: Variables,
): Pick<Piece, 'fromRoot'> {
  const fromRoot = ownPlaceOf(
    text,
    own,
    name => values.get(name)?.fromRoot,
    isLink,
  );
  return fromRoot === undefined ? {} : { fromRoot };
}

function literalPiece(text: string): Piece {
  return { text, certainty: holdsMask(text) ? 'value' : 'exact' };
}

function operationPiece(
  part: Extract<ShellWordPart, { type: 'ParameterExpansion' }>,
  quoted: boolean,
  variables: Variables,
): Piece {
  const { operation } = part;
  if (part.prefix === '#') return { text: part.text, certainty: 'value' };
  if (operation?.type !== 'Default' || part.prefix || part.index) {
    return {
      text: part.text,
      certainty: quoted ? 'value' : 'words',
      spliced: true,
    };
  }
  const fallback = operation.operand.value;
  const chosen = givenValue(part, operation, variables);
  if (chosen !== undefined) return literalValue(chosen, quoted);
  const { split, ...known } = variablePiece(
    part.parameter,
    part.text,
    quoted,
    variables,
  );
  const clean =
    /^[A-Za-z0-9][\w.:/@-]*$/.test(fallback) ||
    fallback === '' ||
    operation.operator.includes('?');
  if (clean)
    return {
      ...known,
      text: part.text,
      certainty: split || known.certainty === 'words' ? 'words' : 'value',
    };
  return {
    text: part.text,
    certainty: quoted ? 'value' : 'words',
    spliced: true,
  };
}

//   ${X:-d}   ${X-d}   ${X:=d}   ${X:+d}   ${X:?message}
/** What it becomes where X was given from outside and what it may become instead is literal. */
function givenValue(
  { parameter }: Extract<ShellWordPart, { type: 'ParameterExpansion' }>,
  { operator, operand }: { operator: string; operand: ShellWord },
  { values }: Variables,
): string | undefined {
  const known = values.get(parameter);
  if (!known?.given || known.literals.length !== 1) return undefined;
  const [value] = known.literals;
  const other = literalOf(operand);
  // Without `:` it matters whether an empty variable is set at all, which is not known.
  if (value === '' && !operator.startsWith(':')) return undefined;
  const isThere = value !== '';
  if (operator.endsWith('+')) return isThere ? other : '';
  if (isThere) return value;
  return operator.endsWith('?') ? undefined : other;
}

function variablePiece(
  name: string,
  written: string,
  quoted: boolean,
  { values }: Variables,
): Piece {
  const known = values.get(name);
  if (!known) {
    if (!quoted && mayHoldWords(name))
      return { text: written, certainty: 'words', spliced: true };
    const own = /^[A-Za-z_]/.test(name)
      ? 'value'
      : specialCertainty(name, quoted);
    return { text: written, certainty: own, spliced: /^[0-9@*]/.test(name) };
  }
  if (!quoted && known.template !== undefined && !known.parameter) {
    return {
      text: known.template,
      certainty: isPlainInside(known.template, values) ? 'value' : 'words',
      split: true,
      template: true,
    };
  }
  const start = {
    ...(known.fromRoot === undefined ? {} : { fromRoot: known.fromRoot }),
    ...(known.begins === undefined ? {} : { begins: known.begins }),
  };
  if (known.unknown && isTame(known, values) && known.literals.every(isPlain)) {
    return { text: written, certainty: 'value', unresolved: true, ...start };
  }
  if (known.unknown) {
    return {
      ...start,
      text: written,
      certainty: quoted ? 'value' : 'words',
      spliced: true,
    };
  }
  if (
    known.literals.length === 1 &&
    !known.parameter &&
    (known.given || !isShellVariable(name))
  ) {
    const [literal] = known.literals;
    return literalValue(literal, quoted);
  }
  const clean = known.literals.every(isPlain);
  return {
    text: written,
    certainty: clean || quoted ? 'value' : 'words',
    spliced: !known.literals.every(text => /^[\w.:/@%+=,-]*$/.test(text)),
    alternatives: known.loop && clean ? known.literals : undefined,
    defaults: known.literals,
  };
}

/** What an expansion to this text becomes. */
function literalValue(text: string, quoted: boolean): Piece {
  return {
    text,
    certainty: /[*?[]/.test(text) && !quoted ? 'words' : 'exact',
    split: !quoted && (/[\s*?[]/.test(text) || text === ''),
  };
}

/** Whether the variables in a text hold one word each, which begins no option where it stands alone. */
function isPlainInside(
  template: string,
  values: ReadonlyMap<string, VariableValues>,
): boolean {
  const names = template.match(/\$\{?[A-Za-z_]\w*/g) ?? [];
  return names.every(written => {
    const known = values.get(written.replace(/^\$\{?/, ''));
    if (!known) return true;
    return (
      (!known.unknown || isTame(known, values)) &&
      known.template === undefined &&
      known.literals.every(isPlain)
    );
  });
}

/** One word that is no option and no pattern. */
function isPlain(text: string): boolean {
  return /^[^-\s*?[][^\s*?[]*$/.test(text);
}

function specialCertainty(name: string, quoted: boolean): Certainty {
  if (/^[?$#!]$/.test(name)) return 'value';
  return quoted && !/^[@*]$/.test(name) ? 'value' : 'words';
}

function worstOf(pieces: readonly Piece[]): Certainty {
  if (pieces.some(piece => piece.certainty === 'words')) return 'words';
  return pieces.some(piece => piece.certainty === 'value') ? 'value' : 'exact';
}

/** The texts of a word in which exactly one piece varies. */
function textsOf(
  pieces: readonly Piece[],
  variants: (piece: Piece) => string[] | undefined,
): string[] | undefined {
  const varying = pieces.filter(piece => variants(piece));
  if (varying.length !== 1) return undefined;
  return variants(varying[0])?.map(text =>
    pieces.map(piece => (piece === varying[0] ? text : piece.text)).join(''),
  );
}
