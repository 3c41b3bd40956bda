import { arithmeticBindings } from './arithmeticBindings';
import { boundByCall, type CallWord } from './boundByCall';
import { isBinding, isDeclaring, isDynamic, mayGiveValues } from './bashTable';
import { isPlainSet } from './plainSet';
import { substitutionAt } from './substitutionAt';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type ShellWordPart,
  type SimpleCommand,
} from './parse';
import {
  assignmentsOf,
  functionsOf,
  literalOf,
  type VariableAssignment,
} from './variables';

/** What a script binds besides its plain assignments; `anything` where it cannot be told which variables. */
export interface OtherBindings {
  assignments: VariableAssignment[];
  anything: boolean;
}

/** What is known of the variables of a script, where it matters which command or option one of them is. */
export type LiteralsOf = (name: string) => readonly string[] | undefined;

type Word = SimpleCommand['args'][number];

/** What is asked of a whole script for each of its commands; told once. */
class Whole {
  readonly script: ShellScript;
  readonly literalsOf: LiteralsOf;
  #handsBuiltins: boolean | undefined;
  #notNumbers: ReadonlySet<string> | undefined;

  constructor(script: ShellScript, literalsOf: LiteralsOf) {
    this.script = script;
    this.literalsOf = literalsOf;
  }

  get handsBuiltins(): boolean {
    this.#handsBuiltins ??= handsBuiltins(this.script);
    return this.#handsBuiltins;
  }

  /** Names that some assignment gives another value than a number. */
  get notNumbers(): ReadonlySet<string> {
    this.#notNumbers ??= new Set(
      assignmentsOf(this.script)
        .filter(one => !/^\d*$/.test(one.literal ?? 'x'))
        .map(({ name }) => name),
    );
    return this.#notNumbers;
  }
}

const COMPARING = /^-(?:eq|ne|lt|le|gt|ge)$/;
/** Attributes of a variable under which it holds what is assigned to it, as that is written. */
const PLAIN_ATTRIBUTES = /^[-+][rxgaAfFp]*$/;
const PLAIN_OR_INTEGER = /^[-+][rxgaAfFpi]*$/;
/** Builtins whose names are arguments of other programs too: `kubectl wait`, `kubectl get jobs`. Handed on to be run, they are judged where they are. */
const OFTEN_ARGUMENTS = new Set('wait test [ exec set enable jobs'.split(' '));

/**
 * The variables that a script gives values in other ways than `NAME=word`, a loop and `read NAME`: in arithmetic wherever
 * bash evaluates it, by options of builtins, by attributes under which another value is held than the one that stands
 * there. A variable that is not among them is what its assignments say.
 *
 * ```text
 * [[ N=2 -eq 2 ]]   ${PATH:N++:1}   ${A[N++]}   A=([N++]=1)   printf -vN x   read -aN   declare -u N   test -v 'A[N++]'
 * ```
 */
export function otherBindings(
  script: ShellScript,
  literalsOf: LiteralsOf,
): OtherBindings {
  const found: OtherBindings = { assignments: [], anything: false };
  const whole = new Whole(script, literalsOf);
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) {
      found.anything = true;
      return;
    }
    for (const text of arithmeticIn(node)) evaluate(text, node.end, found);
    if (node.type === 'Command') boundBy(node, found, whole);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  found.anything ||= [...assignmentsOf(script), ...found.assignments].some(
    ({ name, literal, numeric }) =>
      isDynamic(name) && !numeric && !/^\d+$/.test(literal ?? ''),
  );
  return found;
}

/** What an arithmetic text binds; subscripts of all members are none. */
function evaluate(text: string, pos: number, found: OtherBindings): void {
  if (/^[@*]?$/.test(text)) return;
  const bound = arithmeticBindings(text, substitutionAt);
  if (bound === 'anything') found.anything = true;
  else
    for (const name of bound.names)
      found.assignments.push({ name, pos, numeric: true });
}

/** What the subscript of a name binds, which stands there as one word: `'A[X++]'`. */
function evaluateSubscript(
  text: string,
  pos: number,
  found: OtherBindings,
): void {
  const subscript = /^["']?[A-Za-z_]\w*\[([^[\]]*)\](?:["']?$|\+?=)/.exec(text);
  if (subscript) evaluate(subscript[1], pos, found);
  else found.anything = true;
}

/** The texts that bash evaluates as arithmetic at a node itself. */
function arithmeticIn(node: ShellNode): string[] {
  switch (node.type) {
    case 'ArithmeticExpansion':
      return [node.text.replace(/^\$\(\(/, '')];
    case 'ArithmeticCommand':
      return [node.body];
    case 'ArithmeticWord':
      return [node.value];
    case 'TestBinary':
      return COMPARING.test(node.operator)
        ? [node.left.text, node.right.text]
        : [];
    case 'TestUnary':
      return /^-[vR]$/.test(node.operator) ? [node.operand.text] : [];
    case 'ParameterExpansion':
      return [
        node.index?.text ?? '',
        ...(node.operation?.type === 'Slice'
          ? [node.operation.offset.text, node.operation.length?.text ?? '']
          : []),
      ];
    case 'Assignment':
      return [
        node.index?.text ?? '',
        ...(node.value.type === 'ArrayValue'
          ? node.value.elements.flatMap(({ text }) =>
              text.startsWith('[') ? subscriptOf(text) : [],
            )
          : []),
      ];
    default:
      return [];
  }
}

/** `X++` of `[X++]=value`. */
function subscriptOf(text: string): string {
  return /^\[([^]*?)\]\+?=/.exec(text)?.[1] ?? text;
}

function boundBy(
  node: SimpleCommand,
  found: OtherBindings,
  whole: Whole,
): void {
  const words = [...(node.name ? [node.name] : []), ...node.args];
  const at = words.findIndex(
    one => !/^(?:builtin|command|exec)$/.test(literalIn(one) ?? ''),
  );
  if (at < 0) return;
  const [first, ...args] = words.slice(at);
  const name = literalIn(first);
  if (name === undefined) {
    found.anything ||= mayBind(first, whole);
    return;
  }
  switch (name) {
    case 'let':
      for (const one of args)
        evaluate(literalIn(one) ?? one.text, node.end, found);
      return;
    case 'test':
    case '[':
      args.forEach(({ text }, index) => {
        const isName = /^["']?-[vR]["']?$/.test(args[index - 1]?.text ?? '');
        if (isName && text.includes('['))
          evaluateSubscript(text, node.end, found);
      });
      return;
    case 'alias':
      // What an alias stands for is put into the text before that is read.
      found.anything ||= args.length > 0;
      return;
    case 'set':
      found.anything ||= !isPlainSet(args.map(callWord));
      return;
    default:
      if (/^-/.test(name)) found.anything = true;
      else if (isBinding(name) || isDeclaring(name))
        addBuiltin(name, args, node.end, found, whole);
  }
}

function addBuiltin(
  name: string,
  args: readonly Word[],
  pos: number,
  found: OtherBindings,
  whole: Whole,
): void {
  // Subscripts are evaluated wherever a name may have one.
  for (const { text } of args) {
    if (isNameWithSubscript(text)) evaluateSubscript(text, pos, found);
  }
  if (isDeclaring(name)) {
    found.anything ||=
      !args.every(isNameWritten) || holdsOthers(name, args, whole);
    return;
  }
  if (name === 'printf' && isOpenFormat(args[0], whole.literalsOf)) {
    found.anything = true;
    return;
  }
  const bound = boundByCall(name, args.map(callWord));
  if (bound === 'anything') found.anything = true;
  else
    for (const one of bound)
      if (one.how === 'taken')
        found.assignments.push({
          name: one.name,
          pos,
          ...(name === 'getopts' && one.name === 'OPTIND'
            ? { numeric: true }
            : {}),
        });
}

/** Whether it is written which variable a word of `export` or `declare` is about. */
function isNameWritten(word: Word): boolean {
  return (
    literalIn(word) !== undefined ||
    /^"?[A-Za-z_]\w*(?:\[[^\]]*\])?(?:\+?=|"?$)/.test(word.text)
  );
}

/** `'A[X++]'`, which `printf -v` takes, and no format. */
function isNameWithSubscript(text: string): boolean {
  return /^["']?\w+\[/.test(text);
}

/** Whether the first word of `printf` may turn out to be an option. */
function isOpenFormat(word: Word | undefined, literalsOf: LiteralsOf): boolean {
  if (!word || literalIn(word) !== undefined) return false;
  const [part] = word.type === 'Word' ? word.parts ?? [] : [];
  const lead = part?.type === 'DoubleQuoted' ? part.parts[0] : part;
  if (!lead) return false;
  if (lead.type === 'Literal' || lead.type === 'SingleQuoted')
    return lead.value === '' || lead.value.startsWith('-');
  const texts = literalsAt(lead, literalsOf);
  return !texts?.every(text => /^[^-\s]/.test(text));
}

/** Whether a command whose name is not written may be a builtin that binds. */
function mayBind(word: Word, whole: Whole): boolean {
  if (/^"?\$\{?[@*\d]\}?"?$/.test(word.text)) return whole.handsBuiltins;
  const [part, ...more] = word.type === 'Word' ? word.parts ?? [] : [];
  if (!part) return true;
  const inner = part.type === 'DoubleQuoted' ? part.parts : [part];
  // A path or a name that begins or goes on with written text is none of them.
  if (/[/]/.test(word.text) && part.type !== 'CommandExpansion') return false;
  if (more.length > 0 || inner.length !== 1) return true;
  const texts = literalsAt(inner[0], whole.literalsOf);
  return !texts?.every(text => !mayBeBuiltin(text));
}

/** Whether a text that stands in the place of a command may be a builtin that gives variables values, or nothing. */
function mayBeBuiltin(text: string): boolean {
  return /^(?:\s|$)/.test(text) || mayGiveValues(text.split(/\s/, 1)[0]);
}

function isHandedOn(word: string): boolean {
  return mayGiveValues(word) && !OFTEN_ARGUMENTS.has(word);
}

/** Whether what is declared may hold something else than what is assigned to it. Numbers stay numbers. */
function holdsOthers(
  name: string,
  args: readonly Word[],
  whole: Whole,
): boolean {
  if (name === 'export' || name === 'readonly') return false;
  const isOption = ({ text }: Word) => /^["'\\]*[-+]|^\$/.test(text);
  const letters = args.filter(isOption).map(one => literalIn(one));
  if (letters.every(one => one !== undefined && PLAIN_ATTRIBUTES.test(one)))
    return false;
  const areIntegers = letters.every(
    one => one !== undefined && PLAIN_OR_INTEGER.test(one),
  );
  const names = new Set(
    args
      .filter(one => !isOption(one))
      .map(one => /^[A-Za-z_]\w*/.exec(one.text)?.[0] ?? ''),
  );
  return !areIntegers || [...names].some(one => whole.notNumbers.has(one));
}

/** Whether a builtin that binds is handed to a function, or to a command that is not written: `run read NAME`. */
function handsBuiltins(script: ShellScript): boolean {
  const functions = functionsOf(script);
  let isHanded = false;
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    if (node.type === 'Command') {
      const name = node.name && literalIn(node.name);
      const words = node.args.map(one => literalIn(one) ?? '');
      const isOpen = name === undefined || functions.has(name);
      isHanded ||=
        isOpen &&
        (words.some(isHandedOn) ||
          (words.includes('wait') && words.some(one => /^-\w*p/.test(one))));
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return isHanded;
}

/** What a plain variable may hold; undefined where that is not known. */
function literalsAt(
  part: ShellWordPart,
  literalsOf: LiteralsOf,
): readonly string[] | undefined {
  const name = /^\$\{?([A-Za-z_]\w*)\}?$/.exec(part.text)?.[1];
  return name === undefined ? undefined : literalsOf(name);
}

function literalIn(word: Word): string | undefined {
  if (word.text === '[') return word.text;
  return word.type === 'Word' ? literalOf(word) : undefined;
}

function callWord(word: Word): CallWord {
  const literal = literalIn(word);
  if (literal !== undefined) return { value: literal, certainty: 'exact' };
  return {
    value: word.text.replace(/^"([^]*)"$/, '$1'),
    certainty:
      word.type === 'Assignment' || /^"[^]*"$/.test(word.text)
        ? 'value'
        : 'words',
  };
}
