import { boundByCall, type CallWord } from './boundByCall';
import { evaluatedNames } from './hiddenEvaluation';
import { MAX_NESTING } from './nesting';
import {
  childrenOf,
  parseShell,
  type ShellNode,
  type SimpleCommand,
} from './parse';
import { literalOf } from './variables';

/** A variable that something binds. */
export interface BoundName {
  name: string;
  /**
   * - `assigned`: the text says what it becomes, in `value` where that is one word.
   * - `taken`: it becomes what input, a list or the shell gives.
   * - `declared`: it stays what it is, and programs see it from here on.
   * - `unset`: it is gone, or programs do not see it any more.
   */
  how: 'assigned' | 'taken' | 'declared' | 'unset';
  value?: string;
}

/** `anything` where it cannot be told from the text which variables they are. */
export type Bound = readonly BoundName[] | 'anything';

/**
 * The variables that a text may bind in the shell that reads it, by every way that bash has: its grammar, its builtins,
 * arithmetic, and text that it evaluates. What cannot be told binds anything. What stands in the content of a variable
 * that arithmetic evaluates is not among them, see `hiddenEvaluation`.
 */
export function boundNames(text: string, nesting = 0): Bound {
  if (nesting > MAX_NESTING) return 'anything';
  const { script, errors } = parseShell(text);
  if (errors.length > 0) return 'anything';
  return allOf([...nodesOf(script)].map(node => boundIn(node, nesting)));
}

/** What a node of the grammar binds itself, its children and the command that it calls aside. */
export function boundByNode(node: ShellNode): Bound {
  switch (node.type) {
    case 'Assignment': {
      const { name, value } = node;
      const told = value.type === 'Word' ? { value: value.value } : {};
      return [
        { name, how: 'assigned', ...told },
        ...evaluatedNames(node).map(one => ({
          name: one,
          how: 'taken' as const,
        })),
      ];
    }
    case 'For':
    case 'Select':
      return taken(node.name.value);
    case 'Coproc': {
      const name = node.name?.value ?? 'COPROC';
      return taken(name, `${name}_PID`);
    }
    case 'FileDescriptorVariable':
      return taken(node.name.split('[')[0]);
    case 'ParameterExpansion': {
      const { operation, prefix, parameter } = node;
      const gives =
        operation?.type === 'Default' && operation.operator.endsWith('=');
      const evaluated = taken(...evaluatedNames(node));
      if (!gives) return evaluated;
      return allOf([prefix ? 'anything' : taken(parameter), evaluated]);
    }
    case 'ArithmeticWord':
      return taken(...(node.value.match(/[A-Za-z_]\w*/g) ?? []));
    case 'ArithmeticExpansion':
    case 'ArithmeticCommand':
    case 'TestBinary':
      return taken(...evaluatedNames(node));
    default:
      return /^Recovery/.test(node.type) ? 'anything' : [];
  }
}

/** Both together. */
function allOf(all: readonly Bound[]): Bound {
  const names: BoundName[] = [];
  for (const one of all) {
    if (one === 'anything') return one;
    names.push(...one);
  }
  return names;
}

function taken(...names: string[]): Bound {
  return names.every(name => /^\w+$/.test(name))
    ? names.map(name => ({ name, how: 'taken' as const }))
    : 'anything';
}

function* nodesOf(node: ShellNode, depth = 0): Generator<ShellNode> {
  yield node;
  // Deeper ones are an error of the parse already.
  if (depth > 200) return;
  for (const child of childrenOf(node)) yield* nodesOf(child, depth + 1);
}

function boundIn(node: ShellNode, nesting: number): Bound {
  return node.type === 'Command'
    ? boundByCommand(node, nesting)
    : boundByNode(node);
}

function boundByCommand(node: SimpleCommand, nesting: number): Bound {
  if (!node.name) return [];
  const words = [node.name, ...node.args].map(wordOf);
  // `builtin read`, `command -- read`.
  const at = words.findIndex(
    ({ value }) => !/^(?:builtin|command|exec|-.*)$/.test(value),
  );
  if (at < 0) return [];
  const [name, ...args] = words.slice(at);
  if (name.certainty !== 'exact') return 'anything';
  switch (name.value) {
    case '.':
    case 'source':
      return 'anything';
    case 'eval':
    case 'trap': {
      const run = name.value === 'trap' ? args.slice(0, 1) : args;
      return run.every(one => one.certainty === 'exact')
        ? boundNames(run.map(one => one.value).join(' '), nesting + 1)
        : 'anything';
    }
    default:
      return boundByCall(name.value, args);
  }
}

function wordOf(arg: SimpleCommand['args'][number]): CallWord {
  if (arg.type === 'Assignment')
    return {
      value: arg.text,
      certainty:
        arg.value.type === 'Word' && literalOf(arg.value) !== undefined
          ? 'exact'
          : 'value',
    };
  const literal = literalOf(arg);
  if (literal !== undefined) return { value: literal, certainty: 'exact' };
  return {
    value: arg.text.replace(/^"([^]*)"$/, '$1'),
    certainty: /^"[^]*"$/.test(arg.text) ? 'value' : 'words',
  };
}
