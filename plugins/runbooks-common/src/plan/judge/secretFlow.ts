import { literalsIn } from '../../shell/hiddenAssignments';
import { otherBindings } from '../../shell/otherBindings';
import {
  parseShell,
  type ShellNode,
  type ShellScript,
} from '../../shell/parse';
import { assignmentsOf } from '../../shell/variables';
import { inputDecides, filesDecide } from './decidedByInput';
import { allIn, isListed, wordsOf } from './programsOfSecrets';
import {
  ENVIRONMENT,
  FILES,
  INPUT,
  POSITIONAL,
  printedBy,
  SourcesOfSecrets,
} from './sourcesOfSecrets';

/** Where the secret values of a text get to. */
export interface SecretFlow {
  /** Whether a text that bash expands may hold one: by a variable, by `$1`, or by a file that the text wrote. */
  holds(text: string): boolean;
  /** A command that may do what its input or a file says, where that holds one. */
  decidedByInput?: string;
}

/** Stands for variables that a text gets from somewhere that is not read here: `source`, `eval`. */
const SOURCED = '.';

/** What holds one thing if any of the others does. */
interface Flow {
  to: string;
  from: string[];
}

/**
 * Follows secret values through assignments, loops, what is read from the input (heredocs and descriptors too),
 * arguments of functions and scripts, pipelines, files, the environment and what is sourced, as the parser sees them,
 * whatever way the text is run. What a program prints counts as holding all that it could find, unless it is on a list
 * of those that do not. What kubectl or helm print is not followed: they are given secret values to store, and print
 * the manifest of that.
 *
 * @param texts - The step's own, and those of the scripts that it runs; names mean the same in all of them.
 */
export function secretFlow(
  texts: readonly string[],
  hidden: readonly string[],
): SecretFlow {
  const sources = new SourcesOfSecrets();
  const scripts = texts.map(text => parseShell(text).script);
  const parsed = texts.map((text, at) => ({
    nodes: allIn(scripts[at]),
    around: {
      sourcesOf: (node: ShellNode) =>
        sources.of(text.slice(node.pos, node.end)),
      inText: (part: string) => sources.of(part),
      place: `${at}:`,
    },
  }));
  const every = parsed.flatMap(({ nodes }) => nodes);
  const functions = new Set(
    every.flatMap(node => (node.type === 'Function' ? node.name.value : [])),
  );
  const flows = parsed.flatMap(({ nodes, around }) =>
    nodes.flatMap(node => flowsOf(node, { ...around, functions })),
  );
  parsed.forEach(({ nodes, around }, at) => {
    flows.push(...boundOtherwise(scripts[at], nodes, around));
  });
  // Parameters are exported, and so may be what an earlier step left.
  flows.push({ to: ENVIRONMENT, from: [...hidden] });
  if (texts.some(text => /environ|\/[\w.]*[*?[]|\/proc|\/dev\/fd/.test(text)))
    flows.push({ to: FILES, from: [ENVIRONMENT, INPUT] });
  // What `${NAME:=...}` assigns may be made of anything in its text.
  for (const text of texts)
    for (const [, to] of text.matchAll(/\$\{([A-Za-z_]\w*):?=/g))
      flows.push({ to, from: sources.of(text) });
  const secret = spread(flows, hidden);
  const isSecret = (one: string) =>
    secret.has(one) || (secret.has(SOURCED) && /^[A-Za-z_]/.test(one));
  const steered = parsed
    .flatMap(({ nodes, around }) =>
      nodes.flatMap(node => sinksOf(node, { ...around, functions })),
    )
    .find(one => one.from.some(isSecret));
  const taken = [...functions].find(isListed);
  const unfollowed = every.some(one => one.type === 'Coproc')
    ? 'coproc'
    : undefined;
  const decidedByInput = taken ?? unfollowed ?? steered?.to;
  return {
    holds: part => sources.of(part).some(isSecret),
    ...(decidedByInput === undefined ? {} : { decidedByInput }),
  };
}

/** What arithmetic, options of builtins and attributes bind: `printf -vF`, `read -aF`, `[[ N=${#PW} -gt 0 ]]`. */
function boundOtherwise(
  script: ShellScript,
  nodes: readonly ShellNode[],
  around: Pick<Around, 'sourcesOf'>,
): Flow[] {
  const { assignments, anything } = otherBindings(
    script,
    literalsIn(assignmentsOf(script)),
  );
  return [
    ...assignments.map(({ name, pos, numeric }) => ({
      to: name,
      // What is read may come from anywhere in the text.
      from: numeric
        ? nodes.filter(({ end }) => end === pos).flatMap(around.sourcesOf)
        : [...around.sourcesOf(script), INPUT, FILES],
    })),
    ...(anything
      ? [{ to: SOURCED, from: [...around.sourcesOf(script), INPUT, FILES] }]
      : []),
  ];
}

function spread(flows: readonly Flow[], hidden: readonly string[]) {
  const secret = new Set(hidden);
  let size = 0;
  while (size < secret.size) {
    size = secret.size;
    for (const { to, from } of flows)
      if (from.some(one => secret.has(one))) secret.add(to);
  }
  return secret;
}

/** The text around a node. */
interface Around {
  sourcesOf(node: ShellNode): string[];
  inText(text: string): string[];
  functions: ReadonlySet<string>;
  /** Tells the places of one text from those of another. */
  place: string;
}

function flowsOf(node: ShellNode, around: Around): Flow[] {
  switch (node.type) {
    case 'Assignment':
      return [{ to: node.name, from: around.sourcesOf(node) }];
    case 'For':
    case 'Select': {
      const from = (node.wordlist ?? []).flatMap(around.sourcesOf);
      const listed = node.wordlist ? from : [POSITIONAL];
      return [
        { to: node.name.value, from: listed },
        ...(node.type === 'Select' ? [{ to: 'REPLY', from: [INPUT] }] : []),
      ];
    }
    case 'TestCommand':
      return [{ to: 'BASH_REMATCH', from: around.sourcesOf(node) }];
    case 'Command':
      return [
        { to: '_', from: node.args.flatMap(around.sourcesOf) },
        ...ofCommand(node, around),
      ];
    case 'Redirected':
      return ofRedirected(node, around);
    case 'Pipeline':
      return ofPipeline(node, around);
    default:
      return [];
  }
}

type Node<Type> = Extract<ShellNode, { type: Type }>;

function ofCommand(node: Node<'Command'>, around: Around): Flow[] {
  const read = node.redirects.flatMap(one => inputOf(one, around));
  const from = [...around.sourcesOf(node), ...read];
  const reads = /^(?:read|mapfile|readarray)$/.test(wordsOf(node)[0] ?? '');
  const isHanded = handsOn(node, around.functions);
  const given = [
    ...namesGiven(node),
    ...exported(node),
    ...(isSourced(node) ? [SOURCED] : []),
  ];
  return [
    ...given.map(to => ({ to, from: reads ? [...from, INPUT, FILES] : from })),
    ...filesGiven(node).map(to => ({ to, from: madeBy(node, around) })),
    ...(isHanded
      ? [{ to: POSITIONAL, from: node.args.flatMap(around.sourcesOf) }]
      : []),
    ...(isHanded || wordsOf(node)[0] === 'exec'
      ? [{ to: INPUT, from: read }]
      : []),
    ...opened(node, around),
  ];
}

function ofRedirected(node: Node<'Redirected'>, around: Around): Flow[] {
  const from = node.redirects.flatMap(one => inputOf(one, around));
  const written = node.redirects.some(isOutput)
    ? [{ to: FILES, from: madeBy(node, around) }]
    : [];
  const read = allIn(node.command).flatMap(one => takenFrom(one, around));
  return [
    ...written,
    ...read.map(to => ({ to, from })),
    ...opened(node, around),
  ];
}

function ofPipeline(node: Node<'Pipeline'>, around: Around): Flow[] {
  return node.commands.flatMap((command, at) => {
    const before = at === 0 ? [INPUT] : readBy(node, at, around);
    const given = allIn(command)
      .flatMap(one => [...takenFrom(one, around), ...filesGiven(one)])
      .map(to => ({ to, from: before }));
    return [
      {
        to: stageOf(node, at, around),
        from: [
          ...(at === 0 ? [] : before),
          ...(printsManifest(command) ? [] : madeBy(command, around)),
        ],
      },
      {
        to: manifestOf(node, at, around),
        from: printsManifest(command) ? madeBy(command, around) : [],
      },
      ...given,
    ];
  });
}

/** What a command prints is made of. */
function madeBy(node: ShellNode, around: Around): string[] {
  return [
    ...around.sourcesOf(node),
    ...allIn(node).flatMap(one => [
      ...printedBy(one),
      ...(one.type === 'HereDoc' ? inputOf(one, around) : []),
    ]),
  ];
}

/** What gets the input of the command around it. */
function takenFrom(node: ShellNode, { functions }: Around): string[] {
  return [
    ...namesGiven(node),
    ...(node.type === 'Select' ? ['REPLY', node.name.value] : []),
    ...(handsOn(node, functions) ? [INPUT] : []),
  ];
}

/** What `exec 3<<< "$X"` or `done 3< f` lets others read by a descriptor. */
function opened(
  node: Node<'Command'> | Node<'Redirected'>,
  around: Around,
): Flow[] {
  const isKept = wordsOf(node)[0] === 'exec';
  return node.redirects
    .filter(one => isKept || ('descriptor' in one && one.descriptor))
    .map(one => ({ to: FILES, from: inputOf(one, around) }));
}

/** Variables that a builtin gives what it is told or what it reads. */
function namesGiven(node: ShellNode): string[] {
  const [name, ...args] = wordsOf(node);
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
  if (redirect.type !== 'Redirect') return false;
  const target = redirect.target?.value ?? '';
  return redirect.operator === '>&'
    ? !/^(?:1|2|-)$/.test(target)
    : /^(?:&?>>?|>\||<>)$/.test(redirect.operator) &&
        !/^\/dev\/(?:null|stdout|stderr|tty)$/.test(target);
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
function stageOf({ pos }: ShellNode, stage: number, { place }: Around): string {
  return `|${place}${pos}:${stage}`;
}

/** What a redirection puts into the input; of a file or a descriptor it is what the text wrote. */
function inputOf(redirect: ShellNode, around: Around): string[] {
  if (redirect.type === 'HereDoc')
    return redirect.delimiter?.quoted ? [] : around.inText(redirect.body.text);
  if (redirect.type === 'HereString') return around.sourcesOf(redirect);
  return redirect.type === 'Redirect' && /^<[&>]?$/.test(redirect.operator)
    ? [FILES, ...around.sourcesOf(redirect)]
    : [];
}

/** Stands for the manifest that kubectl prints of what it is told to store. */
function manifestOf(node: ShellNode, stage: number, around: Around): string {
  return `${stageOf(node, stage, around)} manifest`;
}

//   kubectl create secret ... --dry-run=client -o yaml | kubectl apply -f -
/** What a stage reads; kubectl does with a manifest of kubectl what that was told. */
function readBy(
  node: Node<'Pipeline'>,
  stage: number,
  around: Around,
): string[] {
  const printed = stageOf(node, stage - 1, around);
  return storesItself(node.commands[stage])
    ? [printed]
    : [printed, manifestOf(node, stage - 1, around)];
}

function printsManifest(node: ShellNode): boolean {
  return (
    storesItself(node) &&
    /(?:-o|--output)[ =]?(?:yaml|json)$|(?:-o|--output)[ =]?(?:yaml|json) /.test(
      wordsOf(node).join(' '),
    )
  );
}

/** Commands that may do what their input or files say, and what that is made of. */
function sinksOf(node: ShellNode, around: Around): Flow[] {
  const fed = (command: ShellNode, from: string[]) =>
    allIn(command).flatMap(one =>
      inputDecides(one, around.functions)
        ? [{ to: wordsOf(one)[0] ?? '', from }]
        : [],
    );
  if (node.type === 'Pipeline')
    return node.commands
      .slice(1)
      .flatMap((one, before) => fed(one, readBy(node, before + 1, around)));
  if (node.type === 'Redirected')
    return [
      ...fed(
        node.command,
        node.redirects.flatMap(one => inputOf(one, around)),
      ),
      ...node.redirects.flatMap(one => placeOf(one, around)),
    ];
  if (node.type !== 'Command') return [];
  const redirected = node.redirects.flatMap(one => inputOf(one, around));
  const [name = '', file = ''] = wordsOf(node);
  const input = redirected.length > 0 ? redirected : [INPUT];
  return [
    ...(inputDecides(node, around.functions)
      ? [{ to: name, from: input }]
      : []),
    ...(/^(?:source|\.)$/.test(name)
      ? [{ to: name, from: around.sourcesOf(node.args[0] ?? node) }]
      : []),
    ...(filesDecide(node, around.functions) || /^\/dev\//.test(file)
      ? [{ to: name, from: [FILES] }]
      : []),
    ...node.redirects.flatMap(one => placeOf(one, around)),
  ];
}

/** A file that is named by a secret value. */
function placeOf(redirect: ShellNode, around: Around): Flow[] {
  const isFile =
    redirect.type === 'Redirect' &&
    redirect.target !== undefined &&
    !/^[<>]\(/.test(redirect.target.value);
  return isFile && redirect.target
    ? [{ to: redirect.operator, from: around.sourcesOf(redirect.target) }]
    : [];
}
