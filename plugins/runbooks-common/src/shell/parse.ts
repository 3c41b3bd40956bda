import { parse, forEachChild } from 'unbash';
import type {
  Command,
  ParsedScript,
  Redirection,
  SyntaxNode,
  Word,
  WordPart,
} from 'unbash';

/**
 * The shell grammar, behind one door: nothing else in this package imports the parser.
 *
 * Offsets are UTF-16 units into the text that was parsed, half open. A parser that fails answers with an empty
 * script and an error; it never throws.
 */
export type ShellScript = ParsedScript;
/** Any node of a parsed text; `type` tells which. */
export type ShellNode = SyntaxNode;
/** A word with its quotes and expansions in `parts`, and what is known of its value in `value`. */
export type ShellWord = Word;
/** A piece of a word: literal text, a quoted text or an expansion. */
export type ShellWordPart = WordPart;
/** `> file`, `< file`, `<<< word` or a heredoc. */
export type ShellRedirection = Redirection;
/** A command with its words, assignments before it and redirections: no list, pipeline or loop. */
export type SimpleCommand = Command;

/** Why a text is not valid shell, and where. */
export interface ShellSyntaxError {
  message: string;
  pos: number;
}

/** Deeper nesting than this is not walked: it is reported as an error instead. */
const MAX_DEPTH = 200;

/** Parses shell text; errors of nested substitutions are in the list too. */
export function parseShell(text: string): {
  script: ShellScript;
  errors: ShellSyntaxError[];
} {
  try {
    const script = parse(text);
    return { script, errors: checked(script, text.length) };
  } catch (error) {
    return {
      script: {
        type: 'Script',
        pos: 0,
        end: 0,
        shebang: undefined,
        commands: [],
      },
      errors: [{ message: `cannot be parsed: ${String(error)}`, pos: 0 }],
    };
  }
}

/** The direct children of a node, substitutions inside words included. */
export function childrenOf(node: ShellNode): ShellNode[] {
  const children: ShellNode[] = [];
  forEachChild(node, child => {
    children.push(child);
  });
  return children;
}

/** The errors of all scripts within. A backslash at the very end of the text makes nodes that end behind it: mended. */
function checked(script: ShellScript, length: number): ShellSyntaxError[] {
  const errors: ShellSyntaxError[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > MAX_DEPTH) {
      errors.push({ message: 'nested too deeply', pos: node.pos });
      return;
    }
    (node as { end: number }).end = Math.min(node.end, length);
    if (node.type === 'Script' && 'errors' in node && node.errors) {
      for (const { message, pos } of node.errors) errors.push({ message, pos });
    }
    forEachChild(node, child => visit(child, depth + 1));
  };
  visit(script, 0);
  return errors;
}
