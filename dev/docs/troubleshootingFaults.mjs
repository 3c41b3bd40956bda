import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';

const PAGE = 'docs/operating.md';
/** Said by Backstage, not by us. */
const OF_OTHERS = new Set(['App context is not available']);

/** Words that the page of troubleshooting explains and that no source says any more: one sentence each. */
export function troubleshootingFaults() {
  const page = readFileSync(join(CHECKOUT, PAGE), 'utf8');
  const sources = readdirSync(join(CHECKOUT, 'plugins'))
    .flatMap(name => textsBelow(join(CHECKOUT, 'plugins', name, 'src')))
    .join('\n');
  return wordsExplained(page)
    .filter(words => !OF_OTHERS.has(words) && !sources.includes(words))
    .map(words => `${PAGE}: nothing says "${words}" any more`);
}

/** The quoted words in the first column of tables. */
export function wordsExplained(page) {
  return [...page.matchAll(/^\| "([^"]+)"/gm)].map(([, words]) => words);
}

function textsBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !/\.test\./.test(name))
    .map(name => readFileSync(join(folder, name), 'utf8'));
}
