import { childrenOf, parseShell, type ShellNode } from '../../shell/parse';
import { ENVIRONMENT, environmentIn } from './environmentIn';
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
/** Stands for the input of a script or a function. */
const INPUT = '<';
/** Stands for variables that a text gets from somewhere that is not read here: `source`, `eval`. */
const SOURCED = '.';

/** What holds one thing if any of the others does. */
interface Flow {
  to: string;
  from: string[];
}

/**
 * Follows secret values through assignments, loops, what is read from the input, arguments of functions and scripts,
 * pipelines, files, the environment and what is sourced, as the parser sees them, whatever way the text is run. What
 * kubectl or helm print is not followed: they are given secret values to store, and print the manifest of that.
 *
 * @param texts - The step's own, and those of the scripts that it runs; names mean the same in all of them.
 */
export function secretFlow(
  texts: readonly string[],
  hidden: readonly string[],
): SecretFlow {
  const parsed = texts.map((text, at) => ({
    nodes: allIn(parseShell(text).script),
    shown: (node: ShellNode) => text.slice(node.pos, node.end),
    place: `${at}:`,
  }));
  const functions = new Set(
    parsed
      .flatMap(({ nodes }) => nodes)
      .flatMap(node => (node.type === 'Function' ? node.name.value : [])),
  );
  const flows = parsed.flatMap(({ nodes, ...one }) =>
    nodes.flatMap(node => flowsOf(node, { ...one, functions })),
  );
  // Parameters are exported, and so may be what an earlier step left.
  flows.push({ to: ENVIRONMENT, from: [...hidden] });
  const secret = new Set(hidden);
  let size = 0;
  while (size < secret.size) {
    size = secret.size;
    for (const { to, from } of flows)
      if (from.some(one => secret.has(one))) secret.add(to);
  }
  const holds = (part: string) =>
    sourcesOf(part).some(
      one => secret.has(one) || (secret.has(SOURCED) && /^[A-Za-z_]/.test(one)),
    );
  const steered = parsed
    .flatMap(({ nodes, ...one }) =>
      nodes.flatMap(node => fedCommands(node, one)),
    )
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

/** The text around a node. */
interface Around {
  shown(node: ShellNode): string;
  /** Tells the places of one text from those of another. */
  place: string;
}

function flowsOf(
  node: ShellNode,
  around: Around & { functions: ReadonlySet<string> },
): Flow[] {
  const { shown, functions } = around;
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
      const reads = /^(?:read|mapfile|readarray)$/.test(wordsOf(node)[0] ?? '');
      return [
        ...[...namesGiven(node), ...filesGiven(node), ...exported(node)],
        ...(handsOn(node, functions)
          ? [POSITIONAL, ...(node.redirects.length > 0 ? [INPUT] : [])]
          : []),
        ...(isSourced(node) ? [SOURCED] : []),
      ].map(to => ({ to, from: reads ? [...from, INPUT] : from }));
    }
    case 'Redirected': {
      const from = node.redirects.flatMap(one => sourcesOf(shown(one)));
      const written = node.redirects.some(isOutput)
        ? [{ to: FILES, from: sourcesOf(shown(node)) }]
        : [];
      const read = allIn(node.command).flatMap(one => [
        ...namesGiven(one),
        ...(handsOn(one, functions) ? [INPUT] : []),
      ]);
      return [...written, ...read.map(to => ({ to, from }))];
    }
    case 'Pipeline':
      return node.commands.flatMap((command, at) => {
        const before = at === 0 ? [INPUT] : [printedBy(node, at - 1, around)];
        const own = storesItself(command) ? [] : sourcesOf(shown(command));
        const given = allIn(command)
          .flatMap(one => [
            ...namesGiven(one),
            ...filesGiven(one),
            ...(handsOn(one, functions) ? [INPUT] : []),
          ])
          .map(to => ({ to, from: before }));
        return [
          {
            to: printedBy(node, at, around),
            from: [...(at === 0 ? [] : before), ...own],
          },
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

/** What is exported by a command, or set for it alone, programs find in their environment. */
function exported(node: ShellNode): string[] {
  const [name = '', ...args] = wordsOf(node);
  const exports =
    name === 'export' || /^(?:declare|typeset|local|readonly|set)$/.test(name)
      ? name === 'export' || args.some(one => /^-\w*[xa]/.test(one))
      : node.type === 'Command' && node.prefix.length > 0;
  return exports ? [ENVIRONMENT] : [];
}

/** What it executes in this shell may give any variable a value. */
function isSourced(node: ShellNode): boolean {
  return /^(?:source|\.|eval)$/.test(wordsOf(node)[0] ?? '');
}

/** Stands for what the stages of a pipeline print up to one of them. */
function printedBy(
  { pos }: ShellNode,
  stage: number,
  { place }: Around,
): string {
  return `|${place}${pos}:${stage}`;
}

/** Commands that do what their input says, and what that is made of. */
function fedCommands(node: ShellNode, around: Around): Flow[] {
  const { shown } = around;
  if (node.type === 'Pipeline')
    return node.commands.slice(1).flatMap((command, before) =>
      obeying(command).map(to => ({
        to,
        from: [printedBy(node, before, around)],
      })),
    );
  if (node.type === 'Redirected') {
    const from = node.redirects.flatMap(one => inputOf(one, shown));
    return obeying(node.command).map(to => ({ to, from }));
  }
  if (node.type !== 'Command') return [];
  const redirected = node.redirects.flatMap(one => inputOf(one, shown));
  const from = redirected.length > 0 ? redirected : [INPUT];
  const [name = '', file = ''] = wordsOf(node);
  // What it executes is a file: what this text wrote, or what a substitution prints.
  const executed = /^(?:source|\.)$/.test(name)
    ? [{ to: name, from: [...sourcesOf(shown(node)), ...writtenAs(file)] }]
    : [];
  return [...obeying(node).map(to => ({ to, from })), ...executed];
}

/** A file of the workspace is read as a script; any other may be one that the text wrote. */
function writtenAs(file: string): string[] {
  return /\.(?:ba)?sh$/.test(file) ? [] : [FILES];
}

/** What a redirection puts into the input; of a file it is what the text wrote. */
function inputOf(redirect: ShellNode, shown: Around['shown']): string[] {
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
    ...environmentIn(text),
    ...(/\$\{?[#!]?[0-9@*]/.test(text) ? [POSITIONAL] : []),
    ...(readsFile || /(?:^|[^<])<(?![<(])/.test(text) ? [FILES] : []),
  ];
}
