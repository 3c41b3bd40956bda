import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import { joinPaths } from '../../shell/possibleFolders';
import { builtins } from '../../shell/effects/builtins';
import { wrapperTools } from '../../shell/effects/wrappers/wrapperTools';
import type { Argument } from '../../shell/words';
import type { FileReach } from '../model';
import { kubectlWordsOf, programOf } from './kubectlWords';
import { scriptFileOf, startsOthers } from './startsOthers';

const UNKNOWN: FileReach = { kind: 'unknown' };

/** Programs that open no files but the shell's own. */
const WITHOUT_FILES = new Set([
  ...Object.keys(builtins),
  ...'echo printf true false : pwd date sleep hostname whoami id uname seq basename dirname kill test [ nproc uptime'.split(
    ' ',
  ),
]);

/** Programs that open only files that their words name. */
const FILES_IN_WORDS = new Set(
  (
    'cat head tail grep egrep fgrep wc sort uniq cut tr tee diff cmp base64 column nl tac rev stat file md5sum sha256sum ' +
    'less more jq yq awk gawk mawk sed curl wget helm touch mkdir rm cp mv ls comm paste fold'
  ).split(' '),
);

/** Programs of awk, sed, jq and yq that open further files. */
const OPENS_MORE =
  /getline|system|\bimport\b|\binclude\b|\bload\b|input_filename|(?:^|[;{}\d/$])\s*[rRwW]\s+\S/;

/** Options of kubectl whose value is a file. */
const FILE_OPTIONS = [
  'filename',
  'f',
  'kustomize',
  'k',
  'from-file',
  'from-env-file',
  'patch-file',
  'cert',
  'key',
  'kubeconfig',
  'set-file',
];

/**
 * The files that a text can read, execute or apply: `known` where a literal names each; a folder stands for all below
 * it. Paths are from the root of the workspace, where the home of steps is `.home`, or absolute as written.
 */
export function fileReachOf(reading: BoundReading): FileReach {
  if (!reading.isRead || reading.assigns.includes('HOME')) return UNKNOWN;
  const paths = new Set<string>();
  for (const call of reading.calls) {
    const words = call.where === 'there' ? [] : fileWordsOf(call);
    if (!words || !add(words, call.folders, paths)) return UNKNOWN;
  }
  for (const { target, folders } of reading.redirects) {
    if (!add([target], folders, paths)) return UNKNOWN;
  }
  return { kind: 'known', paths: [...paths].sort() };
}

/** Words that may be paths; undefined where a call may open anything. */
function fileWordsOf(call: SeenCall): Argument[] | undefined {
  const [name, ...args] = call.args;
  if (call.defined || !name) return [];
  if (name.certainty !== 'exact' && name.fromRoot === undefined)
    return undefined;
  const program = programOf(call);
  const kubectl = kubectlWordsOf(call);
  if (kubectl) {
    if (call.verdict.effect === 'unknown' || kubectl.options.unclear)
      return undefined;
    const named = kubectl.options
      .all(...FILE_OPTIONS)
      .flatMap(({ value }) => value ?? [])
      .map(afterEquals);
    return kubectl.verb.value === 'cp'
      ? [...named, ...kubectl.operands]
      : named;
  }
  if (/^(?:kubectl|oc|k|kubecolor)$/.test(program)) return [];
  const script = scriptFileOf(call);
  if (script) return startsOthers(call) ? [script] : undefined;
  if (Object.hasOwn(wrapperTools, program))
    return startsOthers(call) ? [] : undefined;
  if (WITHOUT_FILES.has(program)) return [];
  if (!FILES_IN_WORDS.has(program)) return undefined;
  if (args.some(one => one.certainty === 'words')) return undefined;
  if (
    /^(?:awk|gawk|mawk|sed|jq|yq)$/.test(program) &&
    args.some(one => OPENS_MORE.test(one.value))
  )
    return undefined;
  // `ls` and `grep -r` without a folder look at the one that they are in.
  const isBare = args.every(one => one.value.startsWith('-'));
  if (isBare && (program === 'ls' || args.some(one => /r/i.test(one.value))))
    return undefined;
  return args.map(afterEquals);
}

/** `--values=FILE`, `key=FILE`, `@FILE`. */
function afterEquals(argument: Argument): Argument {
  const value = argument.value.replace(/^[^=]*=/, '').replace(/^@/, '');
  return { ...argument, value };
}

function add(
  words: readonly Argument[],
  folders: readonly string[] | undefined,
  paths: Set<string>,
): boolean {
  for (const { value, certainty, fromRoot } of words) {
    if (fromRoot !== undefined) {
      if (fromRoot === '') return false;
      paths.add(fromRoot);
      continue;
    }
    if (/:\/\/|\s|^-$|^$/.test(value) || /^\/dev\//.test(value)) continue;
    if (certainty === 'exact' && value.startsWith('-')) continue;
    const home = /^(?:~|\$HOME|\$\{HOME\})\/([\w@%+:,./-]+)$/.exec(value);
    if (home) {
      const kept = joinPaths('.home', home[1]);
      if (!kept?.startsWith('.home/')) return false;
      paths.add(kept);
      continue;
    }
    if (certainty !== 'exact' || value.startsWith('~')) {
      // A value in the middle of a text that is no path, such as a message or an address.
      return false;
    }
    if (value.startsWith('/')) {
      paths.add(value);
      continue;
    }
    if (!/^[\w@%+:,./-]+$/.test(value)) continue;
    if (!folders) return false;
    for (const folder of folders) {
      const whole = joinPaths(folder, value);
      if (whole === undefined) return false;
      if (whole !== '') paths.add(whole);
    }
  }
  return true;
}
