import { joinPaths } from '../../shell/joinPaths';
import type { SeenRedirect } from '../../shell/judgingContext';
import { ruleFor } from '../../shell/effects/judgeTool';
import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { fileWordsOf } from './fileWordsOf';
import { leavesFiles } from './filesOfKubectl';
import { kubectlWordsOf, programOf } from './kubectlWords';
import { onlyPrints } from './onlyPrints';
import { pathsOf, pathsOfName } from './pathsOf';
import { scriptFileOf } from './startsOthers';

/** What one command of a text may change. */
export interface ChangedFile {
  /** From the root of the workspace; a folder stands for all below it. Undefined where it may change any file. */
  paths: string[] | undefined;
  /** The command or redirection, for people. */
  by: string;
  /**
   * Scripts that are not counted among any file: of a command that is not known and stands in them, or is they, the
   * approver is told anyway, and what is written under another beginning is not they.
   */
  but: readonly string[];
}

/** They write nothing but their output, whatever their words are. */
const ONLY_PRINT = new Set(
  (
    'cat head tail grep egrep fgrep wc cut tr nl tac rev comm paste fold column diff cmp base64 md5sum sha1sum ' +
    'sha256sum stat ls du df ps which type printenv readlink realpath jq date hostname cd pushd popd test [ ' +
    // A folder or an empty file takes the place of nothing.
    'mkdir mktemp touch'
  ).split(' '),
);

/** Their words name all that they change. */
const CHANGES_WORDS = new Set('tee rm sort uniq sed'.split(' '));

/** `sort -o x`, `sort -rox`, `--output`: an option that names the file for the output. */
const NAMES_OUTPUT = /^-[^-]*o|^--o/;
/** `sed -i`, `sed -ni`: also where it names the copy that is kept. */
const IN_PLACE = /^-[A-Za-z]*i|^--i/;
/** Options of `cp` with which it copies what plain files hold, and makes no links. */
const COPIES_CONTENT = /^-[fvpiun]+$/;

/** No name: what cannot be told has more characters than these. */
const MAX_NAMED = 60;

/**
 * The files that a text may change, by the commands that may: an allow list. A program that is not known to write
 * nothing, or nothing but what its words name, may change any file; so may what makes links, unpacks or renames.
 */
export function changedFiles(reading: BoundReading): ChangedFile[] {
  const found: ChangedFile[] = reading.isRead
    ? []
    : [{ paths: undefined, by: 'the text', but: [] }];
  for (const call of reading.calls) {
    if (call.where === 'there') continue;
    const words = wordsChanged(call);
    if (words && words.length === 0) continue;
    found.push({
      paths: words && pathsOfAll(words, call.folders),
      by: named(call.args[0]),
      but: call.verdict.effect === 'unknown' ? scriptsOf(call) : [],
    });
  }
  for (const redirect of reading.redirects) {
    if (redirect.use === 'reads') continue;
    const paths = pathsOfName(redirect.target, redirect.folders);
    if (paths?.length === 0) continue;
    found.push({
      paths,
      by: `what is written to ${named(redirect.target)}`,
      but: redirect.inScripts.filter(path => !mayBegin(redirect, path)),
    });
  }
  return found;
}

/** The scripts that a call stands in, and the one that it runs. */
function scriptsOf(call: SeenCall): string[] {
  const script = scriptFileOf(call);
  const own = script && pathsOf(script, call.folders);
  return [...call.inScripts, ...(own ?? [])];
}

/** Whether what is written may be the file at a path, by what its name surely begins with. */
function mayBegin({ target, folders }: SeenRedirect, path: string): boolean {
  const { begins } = target;
  if (begins === undefined || !folders || /\.\./.test(begins)) return true;
  return folders.some(folder => {
    const whole = begins.startsWith('/')
      ? undefined
      : joinPaths(folder, begins);
    return whole === undefined || path.startsWith(whole);
  });
}

/** The words that name what a call changes; undefined where it may change any file. */
function wordsChanged(call: SeenCall): readonly Argument[] | undefined {
  const [name, ...args] = call.args;
  if (!name) return [];
  const program = programOf(call);
  const isTold = name.certainty === 'exact' && !call.defined;
  if (isTold && program === name.value && ONLY_PRINT.has(program)) return [];
  if (isTold && onlyPrints(name.value, args)) return [];
  if (isTold && program === name.value && leavesFiles(call)) return [];
  const words = fileWordsOf(call);
  if (!words) return undefined;
  // What a function starts was seen; one that is defined after the call leaves it to the program of that name.
  if (call.defined) return ruleFor(name.value) ? undefined : [];
  // Others of kubectl, such as `cp`.
  if (kubectlWordsOf(call)) return undefined;
  if (program === 'mv') return undefined;
  if (program === 'cp') return ofCopy(args);
  return CHANGES_WORDS.has(program) ? ofWords(program, args, words) : [];
}

function ofCopy(args: readonly Argument[]): readonly Argument[] | undefined {
  const operands = args.filter(one => !one.value.startsWith('-'));
  const isPlain = args.every(
    ({ value }) => !value.startsWith('-') || COPIES_CONTENT.test(value),
  );
  return isPlain && operands.length > 1 ? operands.slice(-1) : undefined;
}

function ofWords(
  program: string,
  args: readonly Argument[],
  words: readonly Argument[],
): readonly Argument[] {
  const has = (form: RegExp) => args.some(one => form.test(one.value));
  if (program === 'sort') return has(NAMES_OUTPUT) ? args : [];
  if (program === 'sed') return has(IN_PLACE) ? words : [];
  if (program === 'uniq') return operandsOf(args).length > 1 ? args : [];
  return args;
}

/** Words that are no options, and all behind `--`. */
function operandsOf(args: readonly Argument[]): Argument[] {
  const end = args.findIndex(({ value }) => value === '--');
  return args.filter(
    ({ value }, at) => (end >= 0 && at > end) || !/^-./.test(value),
  );
}

function pathsOfAll(
  words: readonly Argument[],
  folders: readonly string[] | undefined,
): string[] | undefined {
  // Behind `--`, and as the value of an option, what begins with a dash is a name; to `tee` a dash alone is one.
  const paths = words.flatMap(word => [
    pathsOf(word, folders),
    pathsOfName(word, folders),
  ]);
  return paths.every(one => one !== undefined) ? paths.flat() : undefined;
}

function named(word: Argument | undefined): string {
  const text = word?.value ?? 'a command';
  return text.length > MAX_NAMED ? `${text.slice(0, MAX_NAMED)}...` : text;
}
