import { MAX_NESTING } from './nesting';
import {
  childrenOf,
  parseShell,
  type ShellNode,
  type ShellScript,
} from './parse';
import type { VariableValues } from './leaves';
import { otherBindings, type LiteralsOf } from './otherBindings';
import {
  assignmentsOf,
  literalOf,
  valuesOf,
  type VariableAssignment,
} from './variables';

/**
 * Assignments that stand in no assignment of a text: in what `eval` and `trap` run, in arithmetic, by builtins and their
 * options (see `otherBindings`), and through other names for variables. `anything` where it cannot be told which variables they are, and where text is nested too deeply in text.
 *
 * ```text
 * eval "N=0"     trap 'N=0' DEBUG     declare -n other=N     coproc N { ...; }     exec {N}>file     wait -p N
 * ```
 */
export function hiddenAssignments(
  script: ShellScript,
  literalsOf: LiteralsOf = literalsIn(assignmentsOf(script)),
  nesting = 0,
): {
  assignments: VariableAssignment[];
  anything: boolean;
} {
  const others = otherBindings(script, literalsOf);
  const assignments: VariableAssignment[] = [...others.assignments];
  let { anything } = others;
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100 || /^(?:Coproc|Recovery)/.test(node.type)) {
      anything = true;
      return;
    }
    // Of texts that are written in the place of a file as well: `exec {N}<<< x`.
    if (
      'descriptor' in node &&
      node.descriptor?.type === 'FileDescriptorVariable'
    )
      anything = true;
    if (node.type === 'Command') {
      // A file that is read inside of such a text is not followed.
      if (nesting > 0 && /^(?:source|\.)$/.test(node.name?.value ?? ''))
        anything = true;
      const told = toldBy(node);
      if (told === 'anything') anything = true;
      else if (told !== undefined && nesting >= MAX_NESTING) anything = true;
      else if (told !== undefined) {
        const { script: inner } = parseShell(told);
        const further = hiddenAssignments(inner, literalsOf, nesting + 1);
        anything ||= further.anything;
        for (const one of [...assignmentsOf(inner), ...further.assignments])
          assignments.push(withoutWord(one, node.end));
      }
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return { assignments, anything };
}

/** What variables surely hold, or begin with, by the assignments of a script and what it was given. */
export function literalsIn(
  assignments: readonly VariableAssignment[],
  given: ReadonlyMap<string, VariableValues> = new Map(),
): LiteralsOf {
  const values = valuesOf(assignments);
  return name => {
    const all = [values.get(name), given.get(name)].flatMap(one => one ?? []);
    const texts = all.map(({ literals, unknown, template }) =>
      unknown ? template && [...literals, template] : literals,
    );
    return texts.length === 0 || texts.includes(undefined)
      ? undefined
      : texts.flatMap(one => one ?? []);
  };
}

function withoutWord(
  { word: _word, ...one }: VariableAssignment,
  pos: number,
): VariableAssignment {
  return { ...one, pos };
}

/** The text that a command runs in this shell; `anything` where it is not told. */
function toldBy(
  node: Extract<ShellNode, { type: 'Command' }>,
): string | 'anything' | undefined {
  const words = [node.name, ...node.args].flatMap(one =>
    one === undefined ? [] : [one.type === 'Word' ? literalOf(one) : one.text],
  );
  // `builtin eval`, `command eval`.
  const at = words.findIndex(one => one !== 'builtin' && one !== 'command');
  const args = words.slice(at + 1);
  switch (words[at]) {
    case 'eval': {
      const known = args.flatMap(one => one ?? []);
      return known.length === args.length ? known.join(' ') : 'anything';
    }
    case 'trap':
      return args.length < 2 ? undefined : args[0] ?? 'anything';
    case 'declare':
    case 'local':
    case 'typeset':
      return args.some(one => one === undefined || /^-\w*n/.test(one))
        ? namesAnother(node)
        : undefined;
    case 'wait':
      return args.some(one => one?.startsWith('-p')) ? 'anything' : undefined;
    case 'coproc':
      return 'anything';
    default:
      return undefined;
  }
}

/** An option of `declare` that is not told, or `-n`. */
function namesAnother(
  node: Extract<ShellNode, { type: 'Command' }>,
): 'anything' | undefined {
  return node.args.some(
    one =>
      one.type === 'Word' &&
      (literalOf(one) === undefined
        ? !/^[A-Za-z_]\w*=/.test(one.text)
        : /^-\w*n/.test(one.value)),
  )
    ? 'anything'
    : undefined;
}
