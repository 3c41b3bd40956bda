import { parse } from 'yaml';

/** What stands between the `---` lines at the top of a document. */
export interface FrontMatter {
  /** Scalar entries by their key as written; lists are joined with commas. */
  entries: Record<string, string>;
  /** Why it could not be read. */
  unreadable?: string;
}

/**
 * Takes the front matter off a document.
 *
 * ```text
 * ---
 * ^ only on the first line, up to the next `---` or `...`
 * title: Restore the database
 * ---
 * ```
 *
 * The body keeps its lines and offsets: what is taken off becomes blanks.
 */
export function takeFrontMatter(source: string): {
  body: string;
  frontMatter?: FrontMatter;
} {
  if (!/^---[ \t]*\n/.test(source)) return { body: source };
  const end = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/g;
  end.lastIndex = 3;
  const found = end.exec(source);
  if (!found) return { body: source };
  const yaml = source.slice(source.indexOf('\n') + 1, found.index + 1);
  if (!/^\s*(?:#|[^\s:][^:\n]*:(?:\s|$))/.test(yaml)) return { body: source };
  const length = found.index + found[0].length;
  const body = source.slice(0, length).replace(/[^\n]/g, ' ');
  return {
    body: body + source.slice(length),
    frontMatter: readEntries(yaml),
  };
}

function readEntries(yaml: string): FrontMatter {
  try {
    const value: unknown = parse(yaml, {
      maxAliasCount: 20,
      logLevel: 'silent',
    });
    if (value === null || typeof value !== 'object') return { entries: {} };
    const entries: Record<string, string> = {};
    for (const [key, entry] of Object.entries(value)) {
      const text = scalarText(entry);
      if (text !== undefined) entries[key] = text;
    }
    return { entries };
  } catch (error) {
    return {
      entries: {},
      unreadable: error instanceof Error ? error.message : String(error),
    };
  }
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) {
    const texts = value.map(scalarText);
    return texts.every(text => text !== undefined)
      ? texts.join(', ')
      : undefined;
  }
  return undefined;
}
