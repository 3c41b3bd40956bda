/**
 * What bash itself binds: its builtins, as far as they give variables values, and the variables that it gives values.
 * Every other module asks here, so that a builtin or a variable is in one class and in no list of its own; a test holds
 * the table against a real bash.
 */

/**
 * What a builtin does to the variables of the shell that it runs in.
 *
 * - `declares`: gives values and attributes to what its words name, `export NAME=value`.
 * - `binds`: gives values to what its words name, see `BINDERS`.
 * - `evaluates`: arithmetic or subscripts in its words.
 * - `runs`: a text, or a file, in this shell.
 * - `starts`: the command that its words are, which may be one of these.
 * - `rereads`: changes how later words are read, or which command a name is.
 * - `nothing`: none of its words gives a variable a value.
 */
export type BuiltinClass =
  | 'declares'
  | 'binds'
  | 'evaluates'
  | 'runs'
  | 'starts'
  | 'rereads'
  | 'nothing';

const BUILTINS_BY_CLASS: Readonly<Record<BuiltinClass, string>> = {
  declares: 'declare typeset local export readonly',
  binds: 'read mapfile readarray printf wait unset getopts compgen',
  evaluates: 'let test [',
  runs: 'eval trap source . alias fc',
  starts: 'command builtin exec jobs',
  rereads: 'set shopt enable',
  nothing:
    ': bg bind break caller cd complete compopt continue dirs disown echo exit false fg hash help history kill logout ' +
    'popd pushd pwd return shift suspend times true type ulimit umask unalias',
};

/** Every builtin of bash. */
export const BUILTINS: ReadonlyMap<string, BuiltinClass> = new Map(
  Object.entries(BUILTINS_BY_CLASS).flatMap(([of, names]) =>
    names.split(' ').map(name => [name, of as BuiltinClass] as const),
  ),
);

/** In which of its words a builtin names variables. */
export interface Binder {
  /** Its options as `getopt` writes them: a colon behind those that take a value. */
  options: string;
  /** The option that names one. */
  option?: string;
  /** Whether all words behind the options name some, or the second word does. */
  operands?: 'all' | 'second';
  /** What it gives a value where no word names one. */
  otherwise?: readonly string[];
}

const LINES: Binder = {
  options: 'C:c:d:n:O:s:tu:',
  operands: 'all',
  otherwise: ['MAPFILE'],
};

export const BINDERS = {
  read: {
    options: 'ersa:d:i:n:p:t:u:N:',
    option: 'a',
    operands: 'all',
    otherwise: ['REPLY'],
  },
  mapfile: LINES,
  readarray: LINES,
  printf: { options: 'v:', option: 'v' },
  wait: { options: 'fnp:', option: 'p' },
  unset: { options: 'fvn', operands: 'all' },
  getopts: {
    options: '',
    operands: 'second',
    otherwise: ['OPTARG', 'OPTIND'],
  },
  // Of newer ones, and what it completes with; either is looked at by itself.
  compgen: { options: 'abcdefgjksuvo:A:G:W:F:C:X:P:S:V:', option: 'V' },
} as const satisfies Readonly<Record<string, Binder>>;

/** Whether a builtin gives values and attributes to what its words name. */
export function isDeclaring(name: string): boolean {
  return BUILTINS.get(name) === 'declares';
}

/** Whether a builtin gives values to what its words name, without being written as an assignment. */
export function isBinding(name: string): boolean {
  return BUILTINS.get(name) === 'binds';
}

/** Whether words behind the name of a builtin may give variables of the same shell a value, in whatever way. */
export function mayGiveValues(name: string): boolean {
  return (BUILTINS.get(name) ?? 'nothing') !== 'nothing';
}

/**
 * What a variable of bash holds where a text gives it nothing.
 *
 * - `number`: a number, whatever is assigned: bash evaluates that, refuses it, or leaves it out.
 * - `count`: a number, or numbers, until something is assigned.
 * - `own`: what bash puts in, whatever is assigned: words of the text, files, options.
 * - `word`: one word without blanks, until something is assigned.
 * - `words`: what was read, matched or entered, which may be several.
 */
export type VariableClass = 'number' | 'count' | 'own' | 'word' | 'words';

const VARIABLES_BY_CLASS: Readonly<Record<VariableClass, string>> = {
  number:
    'RANDOM SRANDOM SECONDS LINENO EPOCHSECONDS BASHPID PPID UID EUID OPTIND HISTCMD BASH_SUBSHELL',
  count: 'SHLVL COLUMNS LINES PIPESTATUS OPTERR',
  own:
    'GROUPS FUNCNAME DIRSTACK EPOCHREALTIME BASH BASHOPTS BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS ' +
    'BASH_COMMAND BASH_EXECUTION_STRING BASH_LINENO BASH_LOADABLES_PATH BASH_REMATCH BASH_SOURCE BASH_VERSINFO ' +
    'BASH_VERSION BASH_COMPAT BASH_ENV BASH_XTRACEFD BASH_MONOSECONDS BASH_TRAPSIG COMP_CWORD COMP_KEY COMP_LINE ' +
    'COMP_POINT COMP_TYPE COMP_WORDBREAKS COMP_WORDS',
  word: 'HOME PATH USER LOGNAME HOSTNAME SHELL TERM LANG LC_ALL TMPDIR OSTYPE MACHTYPE HOSTTYPE',
  words:
    '_ PWD OLDPWD REPLY MAPFILE OPTARG IFS PS0 PS1 PS2 PS3 PS4 SHELLOPTS COPROC COMPREPLY READLINE_LINE READLINE_POINT ' +
    'READLINE_MARK READLINE_ARGUMENT',
};

/** The variables that bash sets, or that its own variables are. */
export const VARIABLES: ReadonlyMap<string, VariableClass> = new Map(
  Object.entries(VARIABLES_BY_CLASS).flatMap(([of, names]) =>
    names.split(' ').map(name => [name, of as VariableClass] as const),
  ),
);

/** Newer ones may have more of these families. */
const OWN_FAMILIES = /^(?:COMP_\w+|BASH\w*)$/;
/** `$#`, `$?`, `$$`, `$!`. */
const SPECIAL_NUMBERS = ['#', '?', '$', '!'];

/** Whether a variable of bash evaluates what it is given, or holds something else than that. */
export function isDynamic(name: string): boolean {
  const of = VARIABLES.get(name);
  return of === 'number' || of === 'own' || OWN_FAMILIES.test(name);
}

/** Bash gives them a number, or a text without any bracket, where a text gives them nothing. */
export const NUMBERS: ReadonlySet<string> = new Set([
  ...SPECIAL_NUMBERS,
  ...namesOf('number', 'count'),
]);

/** Bash gives them one word without blanks, where a text gives them nothing. */
export const ONE_WORD: ReadonlySet<string> = new Set([
  ...namesOf('number', 'count', 'word').filter(name => name !== 'PIPESTATUS'),
  ...['EPOCHREALTIME', 'BASH', 'BASH_VERSION'],
]);

function namesOf(...classes: VariableClass[]): string[] {
  return [...VARIABLES].flatMap(([name, of]) =>
    classes.includes(of) ? name : [],
  );
}
