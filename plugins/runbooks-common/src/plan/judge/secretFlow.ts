import { childrenOf, parseShell, type ShellNode } from '../../shell/parse';
import { namesRead } from './variablesIn';
import { hasBehind } from '../../text';

/** Where the secret values of a text get to. */
export interface SecretFlow {
  /** Whether a text that bash expands may hold one: by a variable, by `$1`, or by a file that the text wrote. */
  holds(text: string): boolean;
  /** A command that does what its input says, where that holds one. */
  decidedByInput?: string;
}

/** Stands for `$1` and its like, wherever they are. */
const POSITIONAL = '$@';
/** Stands for the files that a text writes, whatever their names. */
const FILES = '>';

/** What holds one thing if any of the others does. */
interface Flow {
  to: string;
  from: string[];
}

/**
 * Follows secret values through assignments, loops, what is read from the input, arguments of functions and scripts,
 * pipelines and files, as the parser sees them, whatever way the text is run. What kubectl or helm print is not
 * followed: they are given secret values to store, and print the manifest of that.
 */
export function secretFlow(
  text: string,
  hidden: readonly string[],
): SecretFlow {
  const { script } = parseShell(text);
  const nodes = allIn(script);
  const functions = new Set(
    nodes.flatMap(node => (node.type === 'Function' ? node.name.value : [])),
  );
  const shown = (node: ShellNode) => text.slice(node.pos, node.end);
  const flows = nodes.flatMap(node => flowsOf(node, shown, functions));
  const secret = new Set(hidden);
  let size = 0;
  while (size < secret.size) {
    size = secret.size;
    for (const { to, from } of flows)
      if (from.some(one => secret.has(one))) secret.add(to);
  }
  const holds = (part: string) => sourcesOf(part).some(one => secret.has(one));
  const steered = nodes
    .flatMap(node => fedCommands(node, shown))
    .find(one => one.from.some(source => secret.has(source)));
  return { holds, ...(steered ? { decidedByInput: steered.to } : {}) };
}

function allIn(script: ShellNode): ShellNode[] {
  const found: ShellNode[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    found.push(node);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

type Shown = (node: ShellNode) => string;

function flowsOf(
  node: ShellNode,
  shown: Shown,
  functions: ReadonlySet<string>,
): Flow[] {
  switch (node.type) {
    case 'Assignment':
      return [{ to: node.name, from: sourcesOf(shown(node)) }];
    case 'For':
      return [
        {
          to: node.name.value,
          from: (node.wordlist ?? []).flatMap(one => sourcesOf(shown(one))),
        },
      ];
    case 'Command': {
      const from = sourcesOf(shown(node));
      return [
        ...[...namesGiven(node), ...filesGiven(node)],
        ...(handsOn(node, functions) ? [POSITIONAL] : []),
      ].map(to => ({ to, from }));
    }
    case 'Redirected': {
      const from = node.redirects.flatMap(one => sourcesOf(shown(one)));
      const written = node.redirects.some(isOutput)
        ? [{ to: FILES, from: sourcesOf(shown(node)) }]
        : [];
      const read = allIn(node.command).flatMap(namesGiven);
      return [...written, ...read.map(to => ({ to, from }))];
    }
    case 'Pipeline':
      return node.commands.flatMap((command, at) => {
        const before = at === 0 ? [] : [printedBy(node, at - 1)];
        const own = storesItself(command) ? [] : sourcesOf(shown(command));
        const given = allIn(command)
          .flatMap(one => [...namesGiven(one), ...filesGiven(one)])
          .map(to => ({ to, from: before }));
        return [
          { to: printedBy(node, at), from: [...before, ...own] },
          ...given,
        ];
      });
    default:
      return [];
  }
}

function wordsOf(node: ShellNode): string[] {
  if (node.type !== 'Command') return [];
  return [node.name, ...node.args].flatMap(one =>
    one?.type === 'Word' ? one.value : one?.text ?? [],
  );
}

/** Variables that a builtin gives what it is told or what it reads. */
function namesGiven(node: ShellNode): string[] {
  const words = wordsOf(node).filter(one => !/^(?:builtin|command)$/.test(one));
  const [name, ...args] = words;
  if (name === 'printf') return args[0] === '-v' ? args.slice(1, 2) : [];
  if (/^(?:read|mapfile|readarray)$/.test(name ?? ''))
    return ['REPLY', 'MAPFILE', ...args.flatMap(nameAt)];
  return /^(?:export|declare|local|typeset|readonly|let|getopts)$/.test(
    name ?? '',
  )
    ? args.filter(one => /[=]/.test(one)).flatMap(nameAt)
    : [];
}

function nameAt(word: string): string[] {
  const [name] = /^[A-Za-z_]\w*/.exec(word) ?? [];
  return name === undefined ? [] : [name];
}

function filesGiven(node: ShellNode): string[] {
  if (node.type !== 'Command' || storesItself(node)) return [];
  const writes = node.redirects.some(isOutput) || wordsOf(node).includes('tee');
  return writes ? [FILES] : [];
}

function isOutput(redirect: ShellNode): boolean {
  return (
    redirect.type === 'Redirect' &&
    /^(?:&?>>?|>\||<>)$/.test(redirect.operator) &&
    !/^\/dev\//.test(redirect.target?.value ?? '')
  );
}

/** Its words become `$1` and so on: of `set`, a function, or a script. */
function handsOn(node: ShellNode, functions: ReadonlySet<string>): boolean {
  const [name = ''] = wordsOf(node);
  return (
    functions.has(name) ||
    name.includes('/') ||
    /^(?:set|source|\.|(?:ba|da)?sh)$/.test(name)
  );
}

function storesItself(node: ShellNode): boolean {
  return /^(?:kubectl|oc|k|helm)$/.test(wordsOf(node)[0] ?? '');
}

/** Stands for what the stages of a pipeline print up to one of them. */
function printedBy({ pos }: ShellNode, stage: number): string {
  return `|${pos}:${stage}`;
}

/** Commands that do what their input says, and what that is made of. */
function fedCommands(node: ShellNode, shown: Shown): Flow[] {
  if (node.type === 'Pipeline')
    return node.commands
      .slice(1)
      .flatMap((command, before) =>
        obeying(command).map(to => ({ to, from: [printedBy(node, before)] })),
      );
  if (node.type === 'Redirected') {
    const from = node.redirects.flatMap(one => inputOf(one, shown));
    return obeying(node.command).map(to => ({ to, from }));
  }
  if (node.type !== 'Command') return [];
  const from = node.redirects.flatMap(one => inputOf(one, shown));
  return obeying(node).map(to => ({ to, from }));
}

/** What a redirection puts into the input; of a file it is what the text wrote. */
function inputOf(redirect: ShellNode, shown: Shown): string[] {
  if (redirect.type === 'HereDoc')
    return redirect.delimiter?.quoted ? [] : sourcesOf(redirect.body.text);
  if (redirect.type === 'HereString') return sourcesOf(shown(redirect));
  return redirect.type === 'Redirect' && redirect.operator === '<'
    ? [FILES]
    : [];
}

const KUBECTL = /(?:^|\s)(?:kubectl|oc|k)\s/;
const OBEYS_INPUT =
  /(?:-f|--filename|-k|--patch-file)[ =]?(?:-|\/dev\/stdin)(?:\s|$)/;

function obeying(node: ShellNode): string[] {
  return allIn(node).flatMap(one => {
    const words = wordsOf(one);
    const last = words[words.length - 1] ?? '';
    const line = words.join(' ');
    const isTold =
      words.slice(0, 4).some(word => /^(?:xargs|parallel)$/.test(word)) ||
      /^(?:.*\/)?(?:ba|da|z|k)?sh$/.test(last) ||
      /(?:^|\s)(?:ba|da|z|k)?sh\s+(?:-s|-)(?:\s|$)/.test(line) ||
      hasBehind(line, KUBECTL, OBEYS_INPUT) ||
      /^(?:source|\.)\s+\/dev\/stdin/.test(line);
    return isTold ? [words[0] ?? ''] : [];
  });
}

/** What a text that bash expands is made of. */
function sourcesOf(text: string): string[] {
  const readsFile = [...text.matchAll(/\$\(\s*([^\s)]*)|`\s*([^\s`]*)/g)].some(
    ([, inParentheses, inTicks]) =>
      !/^(?:kubectl|oc|k|helm|date|\()/.test(inParentheses ?? inTicks ?? ''),
  );
  return [
    ...namesRead(text),
    ...(/\$\{?[#!]?[0-9@*]/.test(text) ? [POSITIONAL] : []),
    ...(readsFile || /(?:^|[^<])<(?![<(])/.test(text) ? [FILES] : []),
  ];
}
