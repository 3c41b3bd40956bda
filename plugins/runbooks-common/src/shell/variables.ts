import { isBinding, isDeclaring, ONE_WORD, VARIABLES } from './bashTable';
import type { VariableValues } from './leaves';
import { isNumericWord } from './numericWords';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type ShellWord,
  type ShellWordPart,
} from './parse';
import { isTameSubstitution } from './tameSubstitution';
import { dividesNames, DIVIDER } from './wordDivision';

/** One assignment in a text. */
export interface VariableAssignment {
  name: string;
  /** Where it takes effect; uses before it are not of this value. */
  pos: number;
  literal?: string;
  /** Without a literal: its text with the variables in it as written. */
  template?: string;
  /** Without a literal: it holds plain words that begin no option. */
  tame?: boolean;
  /** Variables that it is made of, with a default each: it is tame only where they are. */
  needs?: readonly string[];
  /** Without a literal: it holds a number or nothing. */
  numeric?: boolean;
  /** What stands behind the `=`, where it is one word. */
  word?: ShellWord;
  /** Of a `for` loop. */
  loop?: boolean;
  /** `X=1 command`: for that command only. */
  temporary?: boolean;
  /** The path from the root of the workspace that it surely is. */
  fromRoot?: string;
  /** The text that it surely begins with. */
  begins?: string;
  /** An array of literals. */
  items?: readonly string[];
  /** `for x in "${LIST[@]}"`: the array whose items it takes. */
  itemsOf?: string;
}

/** What this product gives every step is one word. */
const OF_STEP = new Set(['RUN_ID', 'STEP_ID', 'ATTEMPT']);

/** Variables that the shell sets by itself, or that belong to the machine and not to the runbook. */
const SHELL_VARIABLES: ReadonlySet<string> = new Set([
  ...VARIABLES.keys(),
  ...(
    'EDITOR VISUAL PAGER DISPLAY KUBECONFIG XDG_CONFIG_HOME XDG_RUNTIME_DIR GOPATH GOROOT JAVA_HOME MAIL SUDO_USER ' +
    'SUDO_UID SSH_CONNECTION SSH_CLIENT SSH_TTY SSH_AUTH_SOCK XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME ' +
    'VIRTUAL_ENV GNUPGHOME'
  ).split(' '),
  ...OF_STEP,
]);

/** Bash fills them with what stood in a text, was read or matched. */
const FILLED_BY_BASH = /^(?:_|PS\d|BASH\w*|COMP\w*|READLINE_\w*)$/;

/** Variables that a CI system sets in every job. Tokens and names of people are not among them. */
const OF_CI =
  /^(?:CI|GITHUB_(?:SHA|REF|REF_NAME|HEAD_REF|BASE_REF|RUN_ID|RUN_NUMBER|RUN_ATTEMPT|WORKSPACE|OUTPUT|ENV|PATH|STEP_SUMMARY|ACTOR|REPOSITORY|REPOSITORY_OWNER|EVENT_NAME|EVENT_PATH|JOB|WORKFLOW|SERVER_URL|API_URL)|CI_(?:COMMIT|PROJECT|PIPELINE|JOB|REGISTRY|ENVIRONMENT|MERGE_REQUEST|RUNNER|SERVER)_[A-Z_]+|CI_(?:REGISTRY|COMMIT|ENVIRONMENT)|RUNNER_(?:OS|ARCH|TEMP|TOOL_CACHE|NAME)|BUILD_(?:NUMBER|ID|URL|TAG|SOURCEBRANCH|BUILDID))$/;

/** Whether the shell, the machine or CI gives a variable its value, so that nobody has to supply it. */
export function isShellVariable(name: string): boolean {
  return (
    SHELL_VARIABLES.has(name) ||
    OF_CI.test(name) ||
    !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ||
    FILLED_BY_BASH.test(name)
  );
}

/** Whether the shell may have given a variable several words, or one that begins an option: `$_`, `$BASH_REMATCH`. */
export function mayHoldWords(name: string): boolean {
  return (
    (SHELL_VARIABLES.has(name) || FILLED_BY_BASH.test(name)) &&
    !ONE_WORD.has(name) &&
    !OF_STEP.has(name)
  );
}

/**
 * Whether what a word expands to is plain words: names that the cluster answers with, dates, numbers. They hold no
 * white space that matters, no options and no shell characters.
 */
function isTameWord(word: ShellWord): boolean {
  const parts = word.parts ?? [];
  return parts.every(part => {
    if (part.type === 'Literal' || part.type === 'SingleQuoted') return true;
    if (part.type === 'CommandExpansion') return isTameSubstitution(part.text);
    if (part.type === 'ArithmeticExpansion' || hasPlainDefault(part))
      return true;
    if (part.type === 'DoubleQuoted') {
      return part.parts.every(
        inner =>
          inner.type === 'Literal' ||
          inner.type === 'ArithmeticExpansion' ||
          hasPlainDefault(inner) ||
          (inner.type === 'CommandExpansion' && isTameSubstitution(inner.text)),
      );
    }
    return false;
  });
}

/** `${X:-default}` with a default that is one plain word; the rest is a parameter that somebody supplies. */
function hasPlainDefault(part: ShellWordPart): boolean {
  return (
    part.type === 'ParameterExpansion' &&
    part.prefix === undefined &&
    part.operation?.type === 'Default' &&
    /^[A-Za-z0-9][\w.:/@-]*$|^$/.test(part.operation.operand.value)
  );
}

/** The variables in `${X:-default}` and its like. */
function neededBy(word: ShellWord): string[] {
  return (word.parts ?? [])
    .flatMap((part): readonly ShellWordPart[] =>
      part.type === 'DoubleQuoted' ? part.parts : [part],
    )
    .flatMap(part =>
      part.type === 'ParameterExpansion' ? part.parameter : [],
    );
}

/** Whether a variable holds plain words, as far as it and those that it is made of are told. */
export function isTame(
  known: VariableValues,
  values: ReadonlyMap<string, VariableValues>,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (!known.tame || dividesNames(values)) return false;
  return (known.needs ?? []).every(name => {
    const needed = values.get(name);
    // Nothing in the text gives it a value: whoever does is asked.
    if (!needed) return /^[A-Za-z_]/.test(name);
    // `X=${X:-shop}`: what else it holds is looked at where it stands.
    if (seen.has(name)) return true;
    return (
      needed.literals.every(text => /^[^-\s*?[][^\s*?[]*$|^$/.test(text)) &&
      (!needed.unknown || isTame(needed, values, new Set([...seen, name])))
    );
  });
}

/** All assignments of a text, in the order of their places, of every scope. */
export function assignmentsOf(script: ShellScript): VariableAssignment[] {
  const found: VariableAssignment[] = [];
  const visit = (node: ShellNode, depth: number, temporary: boolean) => {
    if (depth > 100) return;
    const from = found.length;
    collect(node, found);
    if (temporary) {
      for (const one of found.slice(from)) one.temporary = true;
    }
    for (const child of childrenOf(node))
      if (!isDividerOfRead(node, child))
        visit(child, depth + 1, isPrefix(node, child));
  };
  visit(script, 0, false);
  return withItems(found).sort((a, b) => a.pos - b.pos);
}

/** The items of a longer array are not told one by one, so that many loops over it cost no more than their text. */
const MAX_ITEMS = 100;

/** Puts the items of arrays that are assigned once in the place of loops over them. */
function withItems(found: readonly VariableAssignment[]): VariableAssignment[] {
  const arrays = new Map<string, readonly string[] | undefined>();
  for (const { name, items } of found)
    arrays.set(name, arrays.has(name) ? undefined : items);
  return found.flatMap(one => {
    const items =
      one.itemsOf === undefined ? undefined : arrays.get(one.itemsOf);
    return items && items.length <= MAX_ITEMS
      ? items.map(literal => ({ ...one, literal, tame: true }))
      : [one];
  });
}

//   PGPASSWORD=secret psql -h db
//   ^ gone after psql has ended
function isPrefix(parent: ShellNode, child: ShellNode): boolean {
  return (
    child.type === 'Assignment' &&
    parent.type === 'Command' &&
    parent.name !== undefined &&
    child.end <= parent.name.pos
  );
}

//   IFS=, read -r NAME VALUE <<< "$LINE"
//   ^ divides what is read, and no word of the text
function isDividerOfRead(parent: ShellNode, child: ShellNode): boolean {
  return (
    child.type === 'Assignment' &&
    child.name === DIVIDER &&
    isPrefix(parent, child) &&
    parent.type === 'Command' &&
    parent.name?.text === 'read' &&
    child.value.type === 'Word' &&
    literalOf(child.value) !== undefined
  );
}

/** Every word of a text that may be the name of a variable. */
export function namesIn(text: string): Set<string> {
  return new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []);
}

/** Names of the functions that a text defines. */
export function functionsOf(script: ShellScript): Set<string> {
  const names = new Set<string>();
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    if (node.type === 'Function') names.add(node.name.value);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return names;
}

/** A variable with more values is one whose value is not known, so that each use of it costs no more than a bound. */
const MAX_VALUES = 200;

/** What may be in each variable, whatever way a text is run. */
export function valuesOf(
  assignments: readonly VariableAssignment[],
): Map<string, VariableValues> {
  const values = new Map<string, VariableValues>();
  const told = new Map<string, Set<string>>();
  for (const one of assignments) {
    const { name, literal, template, tame, loop, numeric } = one;
    const before = values.get(name);
    const known: VariableValues = before ?? {
      literals: [],
      unknown: false,
      tame: true,
      numeric: true,
      parameter: false,
      loop: false,
    };
    if (literal === undefined) {
      known.unknown = true;
      known.numeric &&= numeric === true;
      known.tame &&= tame === true;
      if (one.needs && one.needs.length > 0)
        known.needs = [...(known.needs ?? []), ...one.needs];
    } else {
      const literals = told.get(name) ?? new Set();
      if (!literals.has(literal)) known.literals.push(literal);
      told.set(name, literals.add(literal));
      if (literals.size > MAX_VALUES) forget(known);
    }
    known.loop ||= loop === true;
    known.template = before ? undefined : template;
    known.fromRoot = before ? undefined : one.fromRoot;
    known.begins = before ? undefined : one.begins;
    known.items = before ? undefined : one.items;
    values.set(name, known);
  }
  return values;
}

function forget(known: VariableValues): void {
  known.literals = [];
  known.unknown = true;
  known.tame = false;
  known.numeric = false;
}

/** The text of a word that holds nothing but text; undefined where anything in it is expanded. */
export function literalOf(word: ShellWord): string | undefined {
  if (/^~|[*?[\]{]/.test(word.text) && !/^['"]/.test(word.text))
    return undefined;
  for (const part of word.parts ?? []) {
    if (
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      part.type === 'AnsiCQuoted'
    )
      continue;
    if (
      part.type === 'DoubleQuoted' &&
      part.parts.every(inner => inner.type === 'Literal')
    )
      continue;
    return undefined;
  }
  return word.value;
}

/** The text of a word in which only variables are expanded, and not where its first word stands. */
function templateOf(word: ShellWord): string | undefined {
  const parts = (word.parts ?? []).flatMap((part): readonly ShellWordPart[] =>
    part.type === 'DoubleQuoted' ? part.parts : [part],
  );
  const texts = parts.map(part => {
    if (part.type === 'Literal' || part.type === 'SingleQuoted')
      return /[$`"'\\*?[]/.test(part.value) ? undefined : part.value;
    const isPlain =
      part.type === 'SimpleExpansion' ||
      (part.type === 'ParameterExpansion' &&
        !part.operation &&
        !part.prefix &&
        !part.index);
    return isPlain && /^\$\{?[A-Za-z_]/.test(part.text) ? part.text : undefined;
  });
  if (texts.length === 0 || texts.includes(undefined)) return undefined;
  const text = texts.join('');
  return /^[\w./-]+\s.*\$/.test(text) ? text : undefined;
}

function collect(node: ShellNode, found: VariableAssignment[]): void {
  switch (node.type) {
    case 'Assignment':
      found.push({
        name: node.name,
        pos: node.end,
        literal:
          node.value.type === 'Word' && !node.append && !node.index
            ? literalOf(node.value)
            : undefined,
        ...(node.value.type === 'Word' && !node.append && !node.index
          ? { template: templateOf(node.value), word: node.value }
          : {}),
        tame: node.value.type === 'Word' && isTameWord(node.value),
        ...(node.value.type === 'Word' ? { needs: neededBy(node.value) } : {}),
        items: node.append || node.index ? undefined : itemsIn(node.value),
        numeric: node.value.type === 'Word' && isNumericWord(node.value),
      });
      return;
    case 'For':
      collectLoop(node.name.value, node.pos, node.wordlist, found);
      return;
    case 'Select':
      found.push({ name: node.name.value, pos: node.pos });
      return;
    case 'ParameterExpansion':
      if (
        node.operation?.type === 'Default' &&
        /^:?=$/.test(node.operation.operator)
      ) {
        found.push({ name: node.parameter, pos: node.end });
      }
      return;
    case 'ArithmeticBinary':
    case 'ArithmeticUnary': {
      const target =
        node.type === 'ArithmeticBinary' ? node.left : node.operand;
      const assigns =
        node.type === 'ArithmeticUnary' ? /^(\+\+|--)$/ : /^[-+*/%&|^<>]*=$/;
      if (
        assigns.test(node.operator) &&
        !/^[=!<>]=$/.test(node.operator) &&
        target.type === 'ArithmeticWord'
      ) {
        found.push({
          name: target.value.replace(/^\$/, ''),
          pos: node.pos,
          numeric: true,
        });
      }
      return;
    }
    case 'Command':
      collectBuiltin(node, found);
      return;
    default:
  }
}

function collectLoop(
  name: string,
  pos: number,
  words: readonly ShellWord[] | undefined,
  found: VariableAssignment[],
): void {
  if (!words) {
    found.push({ name, pos });
    return;
  }
  for (const word of words) {
    found.push({
      name,
      pos,
      literal: literalOf(word),
      tame: isTameWord(word),
      needs: neededBy(word),
      numeric: isNumericWord(word),
      loop: true,
      itemsOf: /^"\$\{([A-Za-z_]\w*)\[@\]\}"$/.exec(word.text)?.[1],
    });
  }
}

/** The texts of an array of literals: `LIST=(web api "a b")`. */
function itemsIn(
  value: Extract<ShellNode, { type: 'Assignment' }>['value'],
): string[] | undefined {
  if (value.type !== 'ArrayValue') return undefined;
  const items = value.elements.flatMap(one =>
    one.type === 'Word' ? literalOf(one) ?? [] : [],
  );
  return items.length === value.elements.length ? items : undefined;
}

function collectBuiltin(
  command: Extract<ShellNode, { type: 'Command' }>,
  found: VariableAssignment[],
): void {
  const isWrapped = /^(?:command|builtin)$/.test(command.name?.value ?? '');
  const args = isWrapped ? command.args.slice(1) : command.args;
  const named = isWrapped ? command.args[0] : command.name;
  const tool = named?.type === 'Word' ? named.value : '';
  if (isDeclaring(tool)) {
    for (const arg of args) {
      const match =
        arg.type === 'Word' && /^([A-Za-z_]\w*)(\+?=)/.exec(arg.value);
      if (match) found.push({ name: match[1], pos: arg.pos });
    }
  }
  // Of `wait` and `compgen` only an option names one, see `otherBindings`.
  if (tool !== 'let' && !isBinding(tool)) return;
  if (/^(?:wait|compgen)$/.test(tool)) return;
  args.forEach((arg, index) => {
    if (arg.type !== 'Word') return;
    if (tool === 'printf' && !(index === 1 && args[0].text === '-v')) return;
    const name = /^([A-Za-z_]\w*)/.exec(arg.value)?.[1];
    // Without it words are divided at blanks.
    if (tool === 'unset' && name === DIVIDER) return;
    if (name && !arg.value.startsWith('-'))
      found.push({
        name,
        pos: arg.pos,
        numeric: tool === 'let' || tool === 'unset',
      });
  });
}
