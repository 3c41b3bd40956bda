import { HOME_IN_WORKSPACE } from '../../attempt/homeInWorkspace';
import { joinPaths } from '../../shell/joinPaths';
import type { Argument } from '../../shell/words';
import { WORKSPACE } from '../../shell/workspacePath';

/** Where every executor puts a step's home. */
const HOME = '/home/step';

/** A word with more parts than these is not looked into. */
const MAX_PARTS = 64;

const STREAM = /^\/dev\/(?:null|zero|urandom|tty|std(?:in|out|err))$/;
/** There may be anything, the workspace among it. */
const LEADS_ANYWHERE = /^\/(?:proc|dev|sys|run|var\/run)(?:\/|$)/;

/**
 * The paths that a word may name, from the root of the workspace or absolute: itself, what stands behind its option
 * (`-fvalues.yaml`, `--values=x.yaml`), behind `=`, `@`, `,` and `:`. None for what is no path at all; undefined where
 * that cannot be told. One that begins with a dash is taken for an option.
 *
 * @param folders - Where relative ones may begin; undefined where that is not known.
 */
export function pathsOf(
  word: Argument,
  folders: readonly string[] | undefined,
): string[] | undefined {
  return pathsIn(word, folders, partsOf);
}

/**
 * The same for what is a name whatever it looks like, such as the target of a redirection: `> -x`, `> --`, `> -`. None
 * for a stream.
 *
 * @param folders - Where relative ones may begin; undefined where that is not known.
 */
export function pathsOfName(
  name: Argument,
  folders: readonly string[] | undefined,
): string[] | undefined {
  return pathsIn(name, folders, text => (text === '' ? [] : [text]));
}

/**
 * The same for the words of a call, those that begin with a dash among them: behind `--` they are names, and where an
 * option takes them as its value.
 *
 * @param args - Of the call, where they stand; a word that is none of them is a value.
 */
export function pathsOfWord(
  word: Argument,
  folders: readonly string[] | undefined,
  args: readonly Argument[],
): string[] | undefined {
  const paths = pathsOf(word, folders);
  if (!mayBeName(word, args)) return paths;
  const own = pathsOfName(word, folders);
  return paths && own && [...own, ...paths];
}

function mayBeName(word: Argument, args: readonly Argument[]): boolean {
  if (!word.value.startsWith('-') || /^--?$/.test(word.value)) return false;
  const at = args.indexOf(word);
  return (
    at < 0 ||
    !/^--?[A-Za-z][\w-]*(?:=.*)?$/.test(word.value) ||
    (at > 1 && args[at - 1].value.startsWith('-')) ||
    args.slice(0, at).some(({ value }) => value === '--')
  );
}

function pathsIn(
  word: Argument,
  folders: readonly string[] | undefined,
  partsIn: (text: string) => string[],
): string[] | undefined {
  if (word.fromRoot !== undefined)
    return word.fromRoot === '' ? undefined : [word.fromRoot];
  const text = textOf(word);
  if (text === undefined) return undefined;
  const parts = partsIn(text);
  if (parts.length > MAX_PARTS) return undefined;
  const paths = parts.map(part => placesOf(part, folders));
  return paths.every(one => one !== undefined) ? paths.flat() : undefined;
}

/** What the word is when it runs, `$HOME` put in; undefined where that is not known. */
function textOf({ value, certainty }: Argument): string | undefined {
  if (certainty === 'exact') return value;
  const inHome = /^(?:\$HOME|\$\{HOME\})(\/[\w@%+:,./-]*)$/.exec(value);
  return inHome ? `${HOME}${inHome[1]}` : undefined;
}

function partsOf(text: string): string[] {
  if (/^-?$|^https?:\/\//.test(text)) return [];
  const bodies = /^--/.test(text)
    ? [text.replace(/^--[^=]*=?/, '')]
    : optionTails(text);
  const found = new Set(bodies);
  for (const body of bodies) {
    for (const { index } of body.matchAll(/[=@,:]/g)) {
      const rest = body.slice(index + 1);
      found.add(rest);
      found.add(rest.split(/[,:]/, 1)[0]);
    }
    found.add(body.split(/[,:]/, 1)[0]);
  }
  found.delete('');
  found.delete('-');
  return [...found];
}

/** `-xfile` may be the option `-x` with a file, or `-x -f` with one. */
function optionTails(text: string): string[] {
  if (!text.startsWith('-')) return [text];
  return [...text].map((_, index) => text.slice(index)).slice(2);
}

function placesOf(
  path: string,
  folders: readonly string[] | undefined,
): string[] | undefined {
  // Behind a link `..` leads to another folder than the one that is written.
  if (/(?:^|\/)\.\.(?:\/|$)/.test(path) || path.includes('\0'))
    return undefined;
  if (path.startsWith('/')) return absolute(path);
  if (!path.startsWith('~')) return relativeTo(folders, path);
  // In quotes it is a folder of that name; `~+` and `~name` are other folders.
  if (!/^~(?:\/|$)/.test(path)) return undefined;
  const kept = joinPaths(HOME_IN_WORKSPACE, `.${path.slice(1)}`);
  const quoted = relativeTo(folders, `./${path}`);
  return kept === undefined || !quoted ? undefined : [kept, ...quoted];
}

function relativeTo(
  folders: readonly string[] | undefined,
  path: string,
): string[] | undefined {
  const paths = folders?.map(folder => joinPaths(folder, path));
  return paths?.every(one => one !== undefined && one !== '')
    ? (paths as string[])
    : undefined;
}

function absolute(path: string): string[] | undefined {
  const plain = `/${joinPaths('', `.${path}`)}`;
  if (STREAM.test(plain)) return [];
  if (LEADS_ANYWHERE.test(plain)) return undefined;
  for (const [root, kept] of [
    [WORKSPACE, ''],
    [HOME, HOME_IN_WORKSPACE],
  ]) {
    // A folder above holds all of it.
    if (plain === '/' || root === plain || root.startsWith(`${plain}/`))
      return undefined;
    if (plain.startsWith(`${root}/`)) {
      const rest = joinPaths(kept, plain.slice(root.length + 1));
      return rest === undefined ? undefined : [rest];
    }
  }
  return [plain];
}
