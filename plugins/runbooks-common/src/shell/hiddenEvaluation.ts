import { steersUntold } from './effects/wrappers/settings';
import type { VariableValues } from './leaves';
import type { ShellNode, ShellWord, SimpleCommand } from './parse';
import { isBinding, isDynamic, NUMBERS } from './bashTable';
import { isNumericSubstitution } from './numericWords';
import { arithmeticBindings } from './arithmeticBindings';
import { substitutionAt } from './substitutionAt';
import { isShellVariable } from './variables';

/**
 * Bash evaluates the *content* of variables in more places than commands: in arithmetic, subscripts, lengths of
 * substrings and names that stand in variables, and `a[$(command)]` in such a content runs the command.
 *
 * ```text
 * x='a[$(kubectl delete pod web)]'; echo $((x))      [[ x -gt 1 ]]      ${list[x]}      ${!x}      printf -v "$x" ...
 * ```
 *
 * So each of these places is plain only where it is made of numbers, operators and variables that are known to hold
 * numbers, or names of such variables. Nothing else is looked into: it cannot be told what it runs.
 */

/** What is known around such a place. */
export interface EvaluatedAround {
  /** What a variable may hold, one entry for each text around that gives it a value. */
  valuesOf(name: string): readonly VariableValues[];
  /** Variables that have a value which is not told. */
  isUntold(name: string): boolean;
  /** A variable that nothing is known of is a parameter, whose value is judged when it is bound. */
  isOpen: boolean;
  /** Texts that cannot be followed here may give variables any value: `eval`, `source`. */
  isSourced: boolean;
  /** Whether the commands that print nothing but numbers may be functions of the text. */
  isRedefined: boolean;
}

const MAX_CHAIN = 5;
const COMPARING = /^-(?:eq|ne|lt|le|gt|ge)$/;
const NAME = /^[A-Za-z_]\w*$/;

/** Why it cannot be told what a place evaluates; undefined where it can, or where the node is no such place. */
export function hiddenEvaluation(
  node: ShellNode,
  around: EvaluatedAround,
): string | undefined {
  const text = opaqueTextIn(node, around);
  return text === undefined
    ? undefined
    : `bash evaluates what ${text.trim()} holds, and a command may stand in it`;
}

/** Names that stand in a place that is evaluated, without a `$`. */
export function evaluatedNames(node: ShellNode): string[] {
  const texts: string[] = [];
  if (node.type === 'TestBinary' && COMPARING.test(node.operator))
    texts.push(node.left.text, node.right.text);
  if (node.type === 'ArithmeticExpansion') texts.push(node.text);
  if (node.type === 'ArithmeticCommand') texts.push(node.body);
  if (node.type === 'Assignment' && node.index) texts.push(node.index.text);
  if (node.type === 'ParameterExpansion') texts.push(...textsWithin(node));
  if (node.type === 'Command' && nameOf(node) === 'let')
    texts.push(...node.args.map(arg => arg.text));
  return texts.flatMap(text => text.match(/[A-Za-z_]\w*/g) ?? []);
}

function opaqueTextIn(
  node: ShellNode,
  around: EvaluatedAround,
): string | undefined {
  switch (node.type) {
    case 'ArithmeticExpansion':
      return opaque(node.text.replace(/^\$\(\(|\)\)$/g, ''), around);
    case 'ArithmeticCommand':
      return opaque(node.body, around);
    case 'ArithmeticWord':
      return opaque(node.value, around);
    case 'ArithmeticCommandExpansion':
      return opaque(node.text, around);
    case 'TestBinary':
      return COMPARING.test(node.operator)
        ? opaque(node.left.text, around) ?? opaque(node.right.text, around)
        : undefined;
    case 'TestUnary':
      return /^-[vR]$/.test(node.operator)
        ? opaqueName(node.operand.text, around)
        : undefined;
    case 'ParameterExpansion':
      return opaqueExpansion(node, around);
    case 'Assignment':
      return opaqueAssignment(node, around);
    case 'Literal':
    case 'Glob':
      // `$[x + 1]`, which the parser does not know.
      return /\$$|\$\[/.test(node.text) ? oldArithmetic(node.text) : undefined;
    case 'Redirect':
      return node.descriptor?.type === 'FileDescriptorVariable' &&
        node.descriptor.name.includes('[')
        ? node.descriptor.name
        : undefined;
    case 'For':
    case 'Select':
      return isDynamic(node.name.value) ? node.name.value : undefined;
    case 'Command':
      return dynamicTarget(node) ?? opaqueCommand(node, around);
    default:
      return undefined;
  }
}

function oldArithmetic(text: string): string | undefined {
  return text.includes('$[') ? text : undefined;
}

type Expansion = Extract<ShellNode, { type: 'ParameterExpansion' }>;

//   ${list[x]}   ${text:x:y}   ${!name}   ${text@P}   ${!name:=value}
function opaqueExpansion(
  node: Expansion,
  around: EvaluatedAround,
): string | undefined {
  const { operation, prefix, index } = node;
  if (prefix === '!' && operation?.type !== 'Names' && !isAllOf(index)) {
    const gives =
      operation?.type === 'Default' && operation.operator.endsWith('=');
    return gives ? node.text : opaqueName(`$${node.parameter}`, around);
  }
  if (operation?.type === 'Transform' && operation.operand.text.includes('P'))
    return opaque(`$${node.parameter}`, around);
  return textsWithin(node)
    .map(text => opaque(text, around))
    .find(text => text !== undefined);
}

function textsWithin({ index, operation }: Expansion): string[] {
  return [
    ...(index && !isAllOf(index) ? [index.text] : []),
    ...(operation?.type === 'Slice'
      ? [operation.offset.text, operation.length?.text ?? '']
      : []),
  ];
}

function isAllOf(index: ShellWord | undefined): boolean {
  return index !== undefined && isAllOfText(index.text);
}

function isAllOfText(text: string): boolean {
  return /^[@*]$/.test(text);
}

//   list[x]=1      list=([x]=1)      RANDOM=x
function opaqueAssignment(
  node: Extract<ShellNode, { type: 'Assignment' }>,
  around: EvaluatedAround,
): string | undefined {
  if (node.index) {
    const found = opaque(node.index.text, around);
    if (found !== undefined) return found;
  }
  if (node.value.type !== 'Word') {
    return node.value.elements
      .map(({ text }) => /^\[(.*?)\]\+?=/s.exec(text)?.[1] ?? '')
      .map(text => opaque(text, around))
      .find(text => text !== undefined);
  }
  const isNumber = /^\d+$/.test(node.value.text);
  return isDynamic(node.name) && !isNumber ? node.text : undefined;
}

//   read RANDOM     printf -v RANDOM x     mapfile RANDOM
function dynamicTarget(node: SimpleCommand): string | undefined {
  const [name, ...words] = wordsOf(node);
  if (!isBinding(name ?? '')) return undefined;
  const targets = name === 'printf' ? words.slice(0, 2) : words;
  return targets.find(word =>
    isDynamic(bare(word).replace(/^-[a-z]*(?=[A-Z])/, '')),
  );
}

/** `read`, `command read` and `builtin read` are one. */
export function nameOf(node: SimpleCommand): string | undefined {
  return wordsOf(node)[0];
}

function wordsOf(node: SimpleCommand): string[] {
  const words = [
    ...(node.name ? [node.name.value] : []),
    ...node.args.map(arg => arg.text),
  ];
  while (/^(?:command|builtin)$/.test(words[0])) words.shift();
  return words;
}

/** Options with a value, by the command. */
const WITH_VALUE: Readonly<Record<string, RegExp>> = {
  read: /^-[a-z]*[dinNptu]$/,
  wait: /^$/,
};

function opaqueCommand(
  node: SimpleCommand,
  around: EvaluatedAround,
): string | undefined {
  const [name, ...words] = wordsOf(node);
  switch (name) {
    case 'let':
      return words
        .map(word => opaque(word, around))
        .find(text => text !== undefined);
    case 'test':
    case '[':
      return opaqueTest(
        node.args.slice(node.args.length - words.length),
        around,
      );
    case 'printf':
      return words[0]?.startsWith('-v')
        ? unwrittenName(words[0].slice(2) || words[1], around)
        : undefined;
    case 'read':
    case 'unset':
    case 'wait':
    case 'mapfile':
    case 'readarray':
      return opaqueNames(name, words, around);
    case 'declare':
    case 'typeset':
    case 'local':
      return opaqueDeclaration(words, around);
    default:
      return undefined;
  }
}

function opaqueNames(
  name: string,
  words: readonly string[],
  around: EvaluatedAround,
): string | undefined {
  for (let at = 0; at < words.length; at += 1) {
    if (WITH_VALUE[name]?.test(words[at])) at += 1;
    else if (/^[<>]|^\d+$/.test(words[at])) continue;
    // A job is no name.
    else if (name === 'wait' && words[at - 1] !== '-p') continue;
    else if (/^(?:map|read)a?/.test(name) && /array|file/.test(name)) {
      if (/^-C/.test(words[at])) return words[at + 1] ?? words[at];
    } else if (!words[at].startsWith('-')) {
      const found = unwrittenName(words[at], around);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

//   declare -i n=x      declare -n name=other      declare "$name=1"
function opaqueDeclaration(
  words: readonly string[],
  around: EvaluatedAround,
): string | undefined {
  const flags = words.filter(word => /^[-+]\w*$/.test(word)).join('');
  if (/^\S*-\w*n/.test(flags)) return words.join(' ');
  for (const word of words) {
    if (/^[-+]\w*$/.test(word)) continue;
    const [, target, value] = /^([^=]*?)(?:\+?=([^]*))?$/.exec(word) ?? [];
    const found = unwrittenName(target ?? word, around);
    if (found !== undefined) return found;
    if (!/-\w*i/.test(flags)) continue;
    const given = opaque(value ?? '', around) ?? opaque(target ?? '', around);
    if (given !== undefined) return given;
  }
  return undefined;
}

const TEST_OPERATOR =
  /^(?:-[a-zA-Z]{1,2}|=|==|!=|=~|'<'|'>'|\\<|\\>|"<"|">"|!|\\?\(|\\?\))$/;
const BINARY_OPERATOR =
  /^(?:=|==|!=|=~|\\<|\\>|'<'|'>'|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

/** `[ $x ]` becomes `[ -v a[...] ]` where x holds that. */
function opaqueTest(
  args: SimpleCommand['args'],
  around: EvaluatedAround,
): string | undefined {
  const written = args.filter(({ text }) => text !== ']');
  const words = written.map(({ text }) => text);
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? '';
    if (/^["']?-[vR]["']?$/.test(before)) {
      const found = opaqueName(word, around);
      if (found !== undefined) return found;
    }
    if (!/[$`]/.test(word.replace(/'[^']*'/g, ''))) continue;
    const isSafeThere =
      words.length === 1 ||
      TEST_OPERATOR.test(before) ||
      BINARY_OPERATOR.test(words[index + 1] ?? '');
    if (isSafeThere && isQuoted(written[index])) continue;
    if (!isOneWord(word, around)) return word;
  }
  return undefined;
}

/** Whether quotes keep a word one word, whatever stands in it: `"$@"` becomes many. */
function isQuoted(word: SimpleCommand['args'][number]): boolean {
  const parts = (word.type === 'Word' && word.parts) || [];
  return (
    parts.length > 0 &&
    parts.every(part =>
      part.type === 'DoubleQuoted'
        ? part.parts.every(
            one =>
              one.type === 'Literal' ||
              one.type === 'CommandExpansion' ||
              one.type === 'ArithmeticExpansion' ||
              /^[^@]*$|^\$\{#/.test(one.text),
          )
        : part.type === 'Literal' && /^[\w./-]*$/.test(part.text),
    )
  );
}

/** Whether an unquoted word is surely one that begins no option. */
function isOneWord(word: string, around: EvaluatedAround): boolean {
  if (opaque(word, around) === undefined) return true;
  const name = /^"?\$\{?([A-Za-z_]\w*)\}?"?$/.exec(word)?.[1];
  if (name === undefined || around.isSourced) return false;
  const known = around.valuesOf(name);
  if (known.length === 0) return around.isOpen && !isShellVariable(name);
  return known.every(
    value =>
      (around.isOpen && value.parameter) ||
      ((!value.unknown || (value.tame && !value.needs?.length)) &&
        value.literals.every(text => /^(?!-)[^\s*?[]*$/.test(text))),
  );
}

/** The name that a command gives a value: only one that stands there as text can be followed. */
function unwrittenName(
  written: string | undefined,
  around: EvaluatedAround,
): string | undefined {
  const text = bare(written ?? '');
  if (NAME.test(text)) return undefined;
  const [, subscript] = /^[A-Za-z_]\w*\[([^]*)\]$/.exec(text) ?? [];
  if (subscript === undefined || bindsIn(subscript)) return text;
  return opaque(subscript, around);
}

/** Whether a subscript may give something a value: the content of a variable is read nowhere else. */
function bindsIn(subscript: string): boolean {
  if (isAllOfText(subscript)) return false;
  const bound = arithmeticBindings(subscript, substitutionAt);
  return bound === 'anything' || bound.names.length > 0;
}

/** A text that is the name of a variable, perhaps with a subscript; or a variable that holds such a name. */
function opaqueName(
  written: string,
  around: EvaluatedAround,
): string | undefined {
  const text = bare(written);
  const holder = /^\$\{?(\w+)\}?$/.exec(text)?.[1];
  if (holder === undefined) return unwrittenName(text, around);
  const known = around.valuesOf(holder);
  const isPlain =
    !around.isSourced &&
    !around.isUntold(holder) &&
    (known.length > 0
      ? known.every(
          value =>
            (around.isOpen && value.parameter) ||
            (!value.unknown &&
              value.literals.every(
                one => one === '' || unwrittenName(one, around) === undefined,
              )),
        )
      : !isShellVariable(holder));
  return isPlain ? undefined : text;
}

function bare(written: string): string {
  return written.replace(/^(["'])([^]*)\1$/, '$2');
}

/** The first thing in an expression that may hold more than numbers and operators. */
function opaque(
  expression: string,
  around: EvaluatedAround,
  chain = 0,
): string | undefined {
  if (chain > MAX_CHAIN) return expression;
  let rest = expression;
  while (rest !== '') {
    const plain =
      /^(?:\$\(\(|[\s"';,()+\-*/%<>=!&|^~?:[\]@]+|0[xX][0-9a-fA-F]+|\d+(?:#\w+)?|\\\n)/.exec(
        rest,
      );
    if (plain) {
      rest = rest.slice(plain[0].length);
      continue;
    }
    const substitution = substitutionAt(rest);
    if (substitution !== undefined) {
      if (around.isRedefined || !isNumericSubstitution(substitution))
        return substitution;
      rest = rest.slice(substitution.length);
      continue;
    }
    const variable =
      /^(?:\$\{#[\w]+(?:\[[@*]\])?\}|\$\{(?<braced>\w+)(?::?-(?<other>\d*))?\}|\$\{(?<listed>\w+)\[(?<index>[^\]{}]*)\]\}|\$?(?<name>[A-Za-z_]\w*)|\$(?<special>[#?$!]|\d))/.exec(
        rest,
      );
    if (!variable) return rest;
    const groups = variable.groups ?? {};
    const name =
      groups.braced ?? groups.listed ?? groups.name ?? groups.special;
    const isHeld = name === undefined || holdsNumbers(name, around, chain);
    if (!isHeld) return variable[0];
    const index = opaque(groups.index ?? '', around, chain + 1);
    if (index !== undefined) return index;
    rest = rest.slice(variable[0].length);
  }
  return undefined;
}

function holdsNumbers(
  name: string,
  around: EvaluatedAround,
  chain: number,
): boolean {
  const known = around.valuesOf(name);
  // An expression gives variables values too.
  if (steersUntold(name)) return false;
  if (known.length === 0 && NUMBERS.has(name)) return true;
  if (around.isUntold(name) || around.isSourced) return false;
  if (known.length === 0) return !isShellVariable(name);
  return known.every(value => {
    if (around.isOpen && value.parameter) return true;
    if (value.unknown && (value.numeric !== true || around.isRedefined))
      return value.template !== undefined && value.literals.length === 0
        ? opaque(value.template, around, chain + 1) === undefined
        : false;
    return value.literals.every(text =>
      // Names in it would be evaluated in turn, operators give values to what stands beside it.
      /^(?:0[xX][0-9a-fA-F]+|[0-9]+)?$/.test(text.trim()),
    );
  });
}
