import { childrenOf, type ShellNode, type ShellScript } from './parse';

/** What a script gives names to. */
export interface Definitions {
  functions: Map<string, ShellNode>;
  aliases: Map<string, string>;
}

/**
 * Functions and aliases count wherever they stand, also where they might never be reached. A name that is given twice
 * may mean either.
 */
export function definitionsOf(...scripts: ShellScript[]): Definitions {
  const found: Definitions = { functions: new Map(), aliases: new Map() };
  for (const script of scripts) collect(script, found, 0);
  return found;
}

/** The body of a function that may be one or the other. */
function eitherBody(
  before: ShellNode | undefined,
  body: FunctionBody,
): ShellNode {
  if (!before) return body;
  const { pos, end } = body;
  return {
    type: 'CompoundList',
    pos,
    end,
    commands: [before as FunctionBody, body].map(command => ({
      type: 'Statement',
      pos,
      end,
      command,
      background: undefined,
      redirects: [],
    })),
  } as unknown as ShellNode;
}

type FunctionBody = Extract<ShellNode, { type: 'Function' }>['body'];

function collect(node: ShellNode, found: Definitions, depth: number): void {
  if (depth > 100) return;
  if (node.type === 'Function')
    found.functions.set(
      node.name.value,
      eitherBody(found.functions.get(node.name.value), node.body),
    );
  if (node.type === 'Command' && node.name?.value === 'alias') {
    for (const arg of node.args) {
      const text =
        arg.type === 'Word'
          ? arg.value
          : `${arg.name}=${arg.value.type === 'Word' ? arg.value.value : ''}`;
      const match = /^([^=]+)=([\s\S]*)$/.exec(text);
      if (match) found.aliases.set(match[1], match[2]);
    }
  }
  for (const child of childrenOf(node)) collect(child, found, depth + 1);
}
