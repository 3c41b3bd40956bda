import type { FileSelection } from './fileSelection';
import { isName, type PathWord } from './pathWords';
import { resolvePath } from './plainPath';

/**
 * The files that a text names, as far as words can tell.
 *
 * @public
 */
export interface NamedFiles {
  selection: FileSelection;
  /** Why further files may be needed that no word names: a pattern, a path in a variable, a search. */
  unknownBecause?: string;
}

/** Words after which a path stands. */
const BEFORE_PATHS = new Set([
  ...['-f', '-k', '--filename', '--kustomize', '--values', '--from-file'],
  ...['--from-env-file', '--patch-file', 'source', '.', 'bash', 'sh', 'find'],
  ...['ls', 'tree'],
]);

/** Programs whose plain words can be folders: `helm upgrade web chart`. */
const FOLDER_PROGRAMS = new Set(['helm', 'kustomize', 'helmfile', 'terraform']);

/** Programs that read files which no word names. */
const READS_MORE = new Set(['make', 'helmfile', 'skaffold', 'npm', 'task']);

/** Where every executor puts a run's files. */
const IN_WORKSPACE = /^\/workspace(?:\/|$)/;
/** `-fx.yaml`, `-Rfx.yaml`, `-koverlays/prod`: the path stands in the word of its option. */
const GLUED = /^-[A-Za-z]*?[fk](?=.)/;

/** Gathers the paths that the words of statements may name. */
export class NamedPaths {
  readonly #files = new Set<string>();
  readonly #trees = new Set<string>();
  readonly #folders = new Set<string>();
  #unknownBecause: string | undefined;

  addStatement(words: PathWord[], bases: string[]): void {
    const program = words[0]?.text.slice(words[0].text.lastIndexOf('/') + 1);
    if (program !== undefined && READS_MORE.has(program)) {
      this.#unknown(`'${program}' reads files that no word names`);
      for (const base of bases) this.#folders.add(base);
    }
    words.forEach((word, index) => {
      const isExpected = index > 0 && BEFORE_PATHS.has(words[index - 1].text);
      if (word.text === '') {
        if (isExpected || index === 0) {
          this.#unknown('a path stands in a variable');
        }
        return;
      }
      const isPath =
        isExpected ||
        word.text.includes('/') ||
        (program !== undefined && FOLDER_PROGRAMS.has(program));
      for (const one of spellingsOf(word, isPath))
        for (const base of bases) this.#add(one.word, base, one.isPath);
    });
  }

  result(): NamedFiles {
    return {
      selection: {
        files: [...this.#files],
        trees: [...this.#trees],
        folders: [...this.#folders],
      },
      ...(this.#unknownBecause === undefined
        ? {}
        : { unknownBecause: this.#unknownBecause }),
    };
  }

  #add(word: PathWord, base: string, isPath: boolean): void {
    const text = word.follows ? word.text.replace(/^\/+/, '') : word.text;
    if (IN_WORKSPACE.test(text)) {
      this.#add({ ...word, text: text.replace(IN_WORKSPACE, './') }, '', true);
      return;
    }
    if (text.startsWith('/') || text.startsWith('~')) return;
    const segments = text.split('/').filter(isName);
    const pattern = segments.findIndex(one => /[*?[\]]/.test(one));
    const isOpen = word.isCut || pattern >= 0;
    const known = openEnd(segments, pattern, word.isCut && !text.endsWith('/'));
    const path = resolvePath(base, known);
    if (path === undefined) return;
    if (isOpen && isPath) {
      this.#addFolder(
        path,
        `'${word.text}' stands for names that are not known`,
      );
    } else if (isOpen && pattern >= 0) {
      this.#addFolder(base, `'${word.text}' stands for any file`);
    } else if (isPath && (path === '' || path === base)) {
      this.#addFolder(path, `'${word.text}' is a whole folder`);
    } else if (isPath) {
      this.#trees.add(path);
    } else if (segments.length > 0) {
      this.#files.add(path);
    }
  }

  /** The root of a repository is not taken whole because of one word: its files are, not its folders. */
  #addFolder(folder: string, because: string): void {
    if (folder === '') {
      this.#folders.add('');
      this.#unknown(because);
    } else {
      this.#trees.add(folder);
    }
  }

  #unknown(because: string): void {
    this.#unknownBecause ??= because;
  }
}

interface Spelling {
  word: PathWord;
  isPath: boolean;
}

/** A word itself, what stands behind its option, and each of a list with commas. */
function spellingsOf(word: PathWord, isPath: boolean): Spelling[] {
  const isGlued = GLUED.test(word.text);
  const text = word.text.replace(GLUED, '');
  const parts = text.includes(',') ? text.split(',') : [];
  return [
    { word, isPath },
    ...(isGlued ? [{ word: { ...word, text }, isPath: true }] : []),
    ...parts
      .map((part, at) => ({
        word: {
          text: part,
          follows: word.follows && at === 0,
          isCut: word.isCut && at === parts.length - 1,
        },
        isPath: isPath || isGlued,
      }))
      .filter(one => one.word.text !== ''),
  ];
}

/** The segments before the first that is not known. */
function openEnd(
  segments: string[],
  pattern: number,
  isCut: boolean,
): string[] {
  if (pattern >= 0) return segments.slice(0, pattern);
  return isCut ? segments.slice(0, -1) : segments;
}
