import { ruleFor } from '../../shell/effects/judgeTool';
import { LOOKS_AT_A_FILE } from '../../shell/filesTested';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { filesOfHelm } from './filesOfHelm';
import { filesOfKubectl } from './filesOfKubectl';
import { programOf } from './kubectlWords';
import { plainProgram } from './plainProgram';
import { scriptFileOf, startsOthers } from './startsOthers';

type FileWords = readonly Argument[] | undefined;

/** They open no file, whatever their words are; what bash makes of patterns in their words is asked elsewhere. */
const WITHOUT_FILES = new Set(
  (
    'echo printf true false : pwd sleep whoami id uname seq basename dirname nproc kill uptime ' +
    'set unset local return exit break continue shift wait jobs getopts umask times let shopt read mktemp ' +
    'alias unalias'
  ).split(' '),
);

/** They give a value to what another program may read. */
const DECLARES = new Set('export declare typeset readonly'.split(' '));

/** They open only what their words name, with the options below. */
const FILES_IN_WORDS = new Set(
  (
    'cat head tail grep egrep fgrep wc sort uniq cut tr tee diff cmp base64 column nl tac rev stat md5sum sha256sum ' +
    'comm paste fold touch mkdir rm cp mv cd pushd popd type'
  ).split(' '),
);

/** Long options of those that name no list of further files, no program and no folder to search. */
const LONG_OPTIONS = new Set(
  (
    'color colour count quiet silent ignore-case invert-match lines bytes chars words numeric-sort reverse unique key ' +
    'delimiter fields characters only-matching max-count line-number decode wrap no-messages extended-regexp ' +
    'fixed-strings perl-regexp line-regexp word-regexp regexp after-context before-context context no-filename ' +
    'with-filename files-with-matches files-without-match output field-separator human-numeric-sort version-sort ' +
    'stable check append parents force verbose brief unified follow all almost-all human-readable format separator ' +
    'table zero-terminated status ignore-missing version help'
  ).split(' '),
);

const SEARCHES_FOLDERS = /^-(?!-)[^-]*[rRd]/;
/** `-nt` and its like are among those that look at files. */
const COMPARES = /^(?:==?|!=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;
const OF_TEXT = /^-[nz]$/;
/** Folders that are always there. */
const ALWAYS_THERE =
  /^(?:-|~|\/|\.|\.\.(?:\/\.\.)*|\/workspace|\/home\/step|\/tmp)\/?$/;

/** Wrappers that start what their words say in the folder where they are, and read nothing besides. */
const PLAIN_WRAPPERS = new Set(
  'timeout nohup nice time command builtin exec env eval trap source . bash sh dash'.split(
    ' ',
  ),
);

/**
 * The words of a call that may name files which it opens; undefined where it may open others. An allow list of
 * programs: an interpreter, a build tool or anything that looks for files by itself is not on it.
 */
export function fileWordsOf(call: SeenCall): FileWords {
  const [name, ...args] = call.args;
  if (!name) return [];
  if (name.certainty !== 'exact' && name.fromRoot === undefined)
    return undefined;
  // A function that is defined after the call leaves it to the program of that name.
  if (call.defined && !ruleFor(name.value)) return [];
  const script = scriptFileOf(call);
  if (script) {
    if (!startsOthers(call)) return undefined;
    return name === script ? [script] : [script, ...exact(args)];
  }
  const program = programOf(call);
  if (/^(?:kubectl|k)$/.test(program)) return filesOfKubectl(call);
  if (program === 'helm') return filesOfHelm(args);
  if (PLAIN_WRAPPERS.has(program)) return ofWrapper(program, call, args);
  // `jobs -x` starts a command.
  if (program === 'jobs' && args.length > 0) return undefined;
  if (WITHOUT_FILES.has(program)) return [];
  if (DECLARES.has(program)) return exact(args);
  if (program === 'test' || program === '[') return ofTest(args);
  if (program === 'date') return ofDate(args);
  if (/^(?:awk|gawk|mawk|sed|jq)$/.test(program))
    return plainProgram(program, args);
  return FILES_IN_WORDS.has(program) ? ofWords(program, args) : undefined;
}

function ofWrapper(
  program: string,
  call: SeenCall,
  args: readonly Argument[],
): FileWords {
  if (!startsOthers(call)) return undefined;
  // It says whether there is a program at a path, and starts none.
  if (program === 'command' && /^-[vV]/.test(args[0]?.value ?? ''))
    return args.every(one => one.certainty === 'exact') ? args : undefined;
  return isOddlyStarted(program, args) ? undefined : exact(args);
}

/** `env -C folder`, `env -S words`, `bash --rcfile file`, `bash -O name`. */
function isOddlyStarted(program: string, args: readonly Argument[]): boolean {
  const first = args[0]?.value ?? '';
  if (program === 'env') {
    const own = args.findIndex(one => !/^-|=/.test(one.value));
    return args
      .slice(0, own < 0 ? undefined : own)
      .some(one => one.value.startsWith('-'));
  }
  if (/^(?:ba|da)?sh$/.test(program))
    return args.length > 0 && !/^-[ceux]+$/.test(first);
  return program === 'exec' && first.startsWith('-');
}

function ofWords(program: string, args: readonly Argument[]): FileWords {
  const options = args.filter(one => /^-./.test(one.value));
  const isUnclear =
    args.some(one => one.certainty === 'words') ||
    options.some(
      ({ value }) =>
        value.startsWith('--') &&
        value !== '--' &&
        !LONG_OPTIONS.has(value.slice(2).split('=', 1)[0]),
    );
  if (isUnclear) return undefined;
  if (
    /^(?:e|f)?grep$/.test(program) &&
    options.some(({ value }) => SEARCHES_FOLDERS.test(value))
  )
    return undefined;
  return program === 'cd' ? cdWords(args) : args;
}

/** Where it leads is followed elsewhere; whether what it enters is there decides as well. */
function cdWords(args: readonly Argument[]): FileWords {
  // The folder of a script that runs is there.
  const named = args.filter(
    one =>
      one.fromRoot === undefined &&
      !(one.certainty === 'exact' && ALWAYS_THERE.test(one.value)),
  );
  return named.every(one => one.certainty === 'exact') ? named : undefined;
}

/**
 * Whether a file is there, and how new it is, decides as well. What is not known is surely no operator only beside
 * one.
 */
function ofTest(args: readonly Argument[]): FileWords {
  const isExact = (one: Argument | undefined) => one?.certainty === 'exact';
  const isUnclear = args.some((one, at) => {
    const before = args[at - 1];
    const after = args[at + 1];
    return (
      !isExact(one) &&
      !(isExact(after) && COMPARES.test(after.value)) &&
      !(
        isExact(before) &&
        (COMPARES.test(before.value) || OF_TEXT.test(before.value))
      )
    );
  });
  if (isUnclear) return undefined;
  const asks = args.some(({ value }) => LOOKS_AT_A_FILE.test(value));
  return asks ? args.filter(({ value }) => !/^[\]!]$/.test(value)) : [];
}

function ofDate(args: readonly Argument[]): FileWords {
  return args.some(({ value }) => /^-[^-]*[fr]|^--[fr]/.test(value))
    ? undefined
    : [];
}

function exact(args: readonly Argument[]): readonly Argument[] {
  return args.filter(
    one =>
      one.certainty === 'exact' &&
      !/^\.{0,2}$|^\//.test(one.value) &&
      !/\s/.test(one.value),
  );
}
