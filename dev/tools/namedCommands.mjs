import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { FORMATTED } from '../testing/checks.mjs';
import { UNIT_TESTS } from '../testing/jest.mjs';

/** What `npm run -s NAME -- WORDS` runs, one after another; undefined for a name that does not exist. */
export function commandsOf(name, words) {
  const ofNode = (...script) => [
    process.execPath,
    join(CHECKOUT, ...script),
    ...words,
  ];
  switch (name) {
    case 'lint':
      return [['backstage-cli', 'repo', 'lint', ...words]];
    case 'tsc':
      return [['tsc', '--noEmit', '--incremental', 'false', ...words]];
    case 'unit':
      return unitTests(words);
    case 'fix':
      return [
        ['backstage-cli', 'repo', 'lint', '--fix', ...words],
        ['prettier', '--write', '--loglevel=warn', ...FORMATTED],
      ];
    case 'api-reports':
      return [ofNode('dev', 'release', 'writeReports.mjs')];
    case 'config-page':
      return [ofNode('dev', 'docs', 'writeConfigurationPage.mjs')];
    case 'changeset':
      return [['changeset', ...words]];
    case 'release':
      return [ofNode('dev', 'release', 'release.mjs')];
    case 'runbooks':
      return [ofNode('plugins', 'runbooks-cli', 'bin', 'runbooks')];
    case 'faults':
      return [ofNode('dev', 'faults', 'faults.mjs')];
    case 'mutate':
      return [ofNode('dev', 'mutate', 'mutate.mjs')];
    case 'bench:reading':
      return [ofNode('plugins', 'runbooks-cli', 'bench', 'reading.cjs')];
    case 'bench:history':
      return [ofNode('dev', 'bench', 'history.mjs')];
    case 'bench:scaffolder':
      return [ofNode('dev', 'bench', 'scaffolder.mjs')];
    case 'bench:runs':
      return [
        [
          process.execPath,
          '--expose-gc',
          join(CHECKOUT, 'dev', 'bench', 'runs.mjs'),
          ...words,
        ],
      ];
    default:
      return undefined;
  }
}

/** The tests whose path matches one of the patterns, all without one: those of the packages by jest, those in dev by Node. */
function unitTests(words) {
  const patterns = words
    .filter(word => !word.startsWith('-'))
    .map(word => new RegExp(word));
  const inDev = readdirSync(join(CHECKOUT, 'dev'), { recursive: true })
    .map(path => join('dev', path))
    .filter(path => path.endsWith('.test.mjs'))
    .filter(
      path =>
        patterns.length === 0 || patterns.some(pattern => pattern.test(path)),
    );
  return [
    [
      'backstage-cli',
      'repo',
      'test',
      // Before the options: one of them takes all words that follow it.
      ...words,
      ...UNIT_TESTS,
      // A pattern that fits nothing is a mistake.
      `--passWithNoTests=${inDev.length > 0}`,
    ],
    ...(inDev.length > 0 ? [[process.execPath, '--test', ...inDev]] : []),
  ];
}
