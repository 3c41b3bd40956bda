import { NUMBERS } from './bashTable';
import type { EvaluatedAround } from './hiddenEvaluation';
import { isNumericSubstitution } from './numericWords';
import type { ShellNode, ShellWord, ShellWordPart } from './parse';
import { isShellVariable } from './variables';

/** Bash gives them a number or a name without any pattern, where the text gives them nothing else. */
const PLAIN_VARIABLES = new Set([
  ...NUMBERS,
  ...['HOME', 'USER', 'LOGNAME', 'HOSTNAME', 'RUN_ID', 'ATTEMPT'],
]);

const PATTERN = /[*?[]|[@!+]\(/;
const MAX_CHAIN = 5;

/**
 * Whether bash may put names of files in the place of a word of this node: an unquoted pattern, or an unquoted
 * expansion whose value may hold one, in a command, an array, the words of a loop or the target of a redirection.
 *
 * ```text
 * set -- v*      b=(spec*)      for f in s*      cat < z*      echo $x      ${x:-*}
 * ```
 *
 * The value of an assignment, what stands behind `<<<`, the words of `case` and `[[ ]]` and patterns as in `${x%%.*}` are
 * not expanded so. Substitutions within a word are nodes of their own.
 */
export function expandsPathnames(
  node: ShellNode,
  around: EvaluatedAround,
): boolean {
  return wordsIn(node).some(word => mayBePattern(word, around));
}

function wordsIn(node: ShellNode): readonly ShellWord[] {
  switch (node.type) {
    case 'Command':
      return [
        ...(node.name ? [node.name] : []),
        ...node.args.filter(
          (arg): arg is Extract<typeof arg, { type: 'Word' }> =>
            arg.type === 'Word',
        ),
      ];
    case 'For':
    case 'Select':
      return node.wordlist ?? [];
    case 'Redirect':
      return node.target ? [node.target] : [];
    case 'ArrayValue':
      return node.elements;
    default:
      return [];
  }
}

function mayBePattern(word: ShellWord, around: EvaluatedAround): boolean {
  // The name of `[` is no pattern, as a bracket alone is none.
  if (word.text === '[') return false;
  const parts: readonly ShellWordPart[] = word.parts ?? [];
  if (parts.length === 0) return PATTERN.test(withoutEscapes(word.text));
  const pieces = parts.map(part => patternOf(part, around));
  return pieces.includes(undefined) || PATTERN.test(pieces.join(''));
}

/** What a part adds to a pattern: what is quoted adds a plain letter; undefined where it may be anything. */
function patternOf(
  part: ShellWordPart,
  around: EvaluatedAround,
): string | undefined {
  switch (part.type) {
    case 'SingleQuoted':
    case 'DoubleQuoted':
    case 'AnsiCQuoted':
    case 'LocaleString':
    case 'ProcessSubstitution':
    case 'ArithmeticExpansion':
      return 'q';
    case 'Literal':
    case 'Glob':
    case 'ExtendedGlob':
      return withoutEscapes(part.text);
    case 'BraceExpansion':
      return part.parts
        ? joined(part.parts.map(inner => patternOf(inner, around)))
        : withoutEscapes(part.text);
    case 'SimpleExpansion':
      return isPlainVariable(part.text.slice(1), around) ? 'q' : undefined;
    case 'ParameterExpansion':
      return isPlainExpansion(part, around) ? 'q' : undefined;
    case 'CommandExpansion':
      return !around.isRedefined && isNumericSubstitution(part.text)
        ? 'q'
        : undefined;
    default:
      return undefined;
  }
}

function joined(pieces: ReadonlyArray<string | undefined>) {
  return pieces.includes(undefined) ? undefined : pieces.join('');
}

function isPlainExpansion(
  part: Extract<ShellWordPart, { type: 'ParameterExpansion' }>,
  around: EvaluatedAround,
): boolean {
  const { parameter, prefix, index, operation } = part;
  if (prefix === '#') return true;
  if (prefix === '!') return false;
  const isWritten =
    operation?.type !== 'Default' || !mayBePattern(operation.operand, around);
  const isCut =
    operation === undefined ||
    operation.type === 'Default' ||
    operation.type === 'Remove' ||
    operation.type === 'Slice' ||
    operation.type === 'CaseModification';
  return (
    isWritten &&
    isCut &&
    (index === undefined
      ? isPlainVariable(parameter, around)
      : isPlainArray(parameter, around))
  );
}

function isPlainVariable(
  name: string,
  around: EvaluatedAround,
  chain = 0,
): boolean {
  const known = around.valuesOf(name);
  if (known.length === 0 && PLAIN_VARIABLES.has(name)) return true;
  if (around.isUntold(name) || around.isSourced || chain > MAX_CHAIN)
    return false;
  // Nothing gives it a value, so it is empty.
  if (known.length === 0) return !around.isOpen && !isShellVariable(name);
  return known.every(({ literals, unknown, numeric, template }) => {
    if (literals.some(text => isPatternText(text))) return false;
    if (!unknown) return true;
    if (numeric === true) return !around.isRedefined;
    return (
      template !== undefined &&
      !isPatternText(template) &&
      [...template.matchAll(/\$\{?([A-Za-z_]\w*)/g)].every(([, inner]) =>
        isPlainVariable(inner, around, chain + 1),
      )
    );
  });
}

function isPlainArray(name: string, around: EvaluatedAround): boolean {
  const known = around.valuesOf(name);
  return (
    !around.isUntold(name) &&
    !around.isSourced &&
    known.length > 0 &&
    known.every(({ items }) => items?.every(text => !isPatternText(text)))
  );
}

/** A backslash in a value makes a pattern of it in some versions of bash. */
function isPatternText(text: string): boolean {
  return /[*?[\\(]/.test(text);
}

function withoutEscapes(text: string): string {
  return text.replace(/\\[^]/g, 'q');
}
