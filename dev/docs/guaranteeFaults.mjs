import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANES } from '../testing/lanes.mjs';
import { CHECKOUT } from '../places.mjs';

const PAGE = 'docs/guarantees.md';
const TESTS = ['plugins', 'packages', 'dev', 'e2e'];

/** Commands of the page of guarantees that run no test, as a sentence each: what they are said to show, nothing shows. */
export function guaranteeFaults() {
  return faultsIn(
    readFileSync(join(CHECKOUT, PAGE), 'utf8'),
    TESTS.flatMap(testsBelow),
  );
}

/** The same of the tables in a page, where `tests` are the paths of all tests. */
export function faultsIn(page, tests) {
  const rows = page
    .split('\n')
    .filter(line => line.startsWith('|'))
    .join('\n');
  return [...unitPatterns(rows), ...namedLanes(rows)].flatMap(
    ({ command, pattern, isOfLane }) =>
      tests.some(path => isOfLane(path) && new RegExp(pattern).test(path))
        ? []
        : [`${PAGE}: '${command}' finds no test by '${pattern}'`],
  );
}

/** Each word behind `npm run -s unit --`. */
function unitPatterns(rows) {
  return [...rows.matchAll(/`npm run -s unit -- ([^`]+)`/g)].flatMap(
    ([, words]) =>
      words.split(' ').map(pattern => ({
        command: `npm run -s unit -- ${words}`,
        pattern,
        isOfLane: path => !/\.(?:postgres|cluster|fuzz)\.test\./.test(path),
      })),
  );
}

/** Each lane, with the tests of it that stand in parentheses behind it. */
function namedLanes(rows) {
  return [...rows.matchAll(/`npm test -- ([^`]+)`(?: \(([^)]+)\))?/g)].flatMap(
    ([, words, names = '']) => {
      const patterns = [...names.matchAll(/`([^`]+)`/g)].map(
        ([, name]) => name,
      );
      return words.split(' ').flatMap(lane =>
        (patterns.length > 0 ? patterns : ['']).map(pattern => ({
          command: `npm test -- ${lane}`,
          pattern,
          isOfLane: path => isTestOf(lane, path),
        })),
      );
    },
  );
}

function isTestOf(lane, path) {
  switch (lane) {
    case 'postgres':
    case 'cluster':
    case 'fuzz':
      return path.includes(`.${lane}.test.`);
    case 'browser':
      return path.endsWith('.e2e.ts');
    default:
      return LANES.some(({ name }) => name === lane);
  }
}

function testsBelow(folder) {
  return readdirSync(join(CHECKOUT, folder), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter(name => /\.test\.(?:tsx?|mjs)$|\.e2e\.ts$/.test(name))
    .filter(name => !name.includes('node_modules'))
    .map(name => join(folder, name));
}
