import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { FORMATTED } from '../testing/checks.mjs';
import { UNIT_TESTS } from '../testing/jest.mjs';

/** What `npm run -s NAME -- WORDS` runs, one after another; undefined for a name that does not exist. */
export function commandsOf(name, words) {
  switch (name) {
    case 'lint':
      return [['backstage-cli', 'repo', 'lint', ...words]];
    case 'tsc':
      return [['tsc', '--noEmit', '--incremental', 'false', ...words]];
    case 'unit':
      return [['backstage-cli', 'repo', 'test', ...UNIT_TESTS, ...words]];
    case 'fix':
      return [
        ['backstage-cli', 'repo', 'lint', '--fix', ...words],
        ['prettier', '--write', '--loglevel=warn', ...FORMATTED],
      ];
    case 'api-reports':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'dev', 'release', 'writeReports.mjs'),
          ...words,
        ],
      ];
    case 'config-page':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'dev', 'docs', 'writeConfigurationPage.mjs'),
          ...words,
        ],
      ];
    case 'changeset':
      return [['changeset', ...words]];
    case 'release':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'dev', 'release', 'release.mjs'),
          ...words,
        ],
      ];
    case 'runbooks':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'plugins', 'runbooks-cli', 'bin', 'runbooks'),
          ...words,
        ],
      ];
    case 'faults':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'dev', 'faults', 'faults.mjs'),
          ...words,
        ],
      ];
    case 'mutate':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'dev', 'mutate', 'mutate.mjs'),
          ...words,
        ],
      ];
    case 'bench:reading':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'plugins', 'runbooks-cli', 'bench', 'reading.cjs'),
          ...words,
        ],
      ];
    case 'bench:history':
      return [
        [
          process.execPath,
          join(CHECKOUT, 'dev', 'bench', 'history.mjs'),
          ...words,
        ],
      ];
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
