import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { rawJsxText } from './rawJsxText.mjs';

const FOLDERS = ['packages', 'plugins', 'e2e', 'dev', 'examples', 'docs'];
const LEFT_OUT = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/**
 * The rules of the house that ESLint has no word for. `files` says where a rule
 * holds, `pattern` what must not be there.
 */
const RULES = [
  {
    because: 'a test title states a fact; it does not say "should"',
    files: /\.(test|e2e)\.(ts|tsx|mjs)$/,
    pattern: /\b(?:it|test)(?:\.\w+)*(?:\([^'"`]*\))?\(\s*['"`]should\b/,
  },
  {
    because: 'a test that is left out or stands alone would hide the others',
    files: /\.(test|e2e)\.(ts|tsx|mjs)$/,
    pattern:
      /\b(?:it|test|describe)\.(?:only|skip|fixme|todo)\(|\bx(?:it|describe)\(/,
  },
  {
    because: 'what is still to be done belongs into an issue',
    files: /\.(ts|tsx|mjs|go)$/,
    pattern: /(?:\/\/|\/?\*)\s*(?:TODO|FIXME|XXX)\b/,
  },
  {
    because: 'a file named utils or helpers is a missing name',
    files: /\/(utils?|helpers?)\.(ts|tsx|mjs)$/,
    pattern: /^/,
  },
];

/** Pages that show what others wrote; the component that marks it is where it ends. */
const PAGES =
  /^plugins\/runbooks\/src\/(?:features|components)\/(?!ForeignText|MarkdownText).*(?<!\.test)\.tsx$/;

/** Returns one line per place where a rule of the house is broken. */
export function checkStyle() {
  return FOLDERS.flatMap(folder => filesBelow(join(CHECKOUT, folder)))
    .map(file => relative(CHECKOUT, file))
    .filter(path => !path.startsWith('dev/testing/checkStyle'))
    .flatMap(path =>
      breaches(path, () => readFileSync(join(CHECKOUT, path), 'utf8')),
    );
}

/** The breaches in one file; `read` is called only when a rule holds there. */
export function breaches(path, read) {
  const rules = RULES.filter(rule => rule.files.test(path));
  if (rules.length === 0) return [];
  const text = read();
  const lines = text.split('\n');
  return [
    ...rules.flatMap(rule => {
      const index = lines.findIndex(line => rule.pattern.test(line));
      return index < 0 ? [] : [`${path}:${index + 1} ${rule.because}`];
    }),
    ...(PAGES.test(path) ? rawTextBreaches(path, text) : []),
  ];
}

function rawTextBreaches(path, text) {
  return rawJsxText(path, text).map(
    ({ line, words }) =>
      `${path}:${line} {${words}} is shown as it came: text that somebody else wrote is shown through ForeignText, which marks what is not what it shows; our own words are listed in rawJsxText.mjs`,
  );
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (LEFT_OUT.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
