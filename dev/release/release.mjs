import { join, relative } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { fail, say, showError } from '../say.mjs';
import { checkPackages } from './checkPackages.mjs';

/*
 * `npm run release`: packs all packages, looks at what came out, and says how
 * they are published. Publishes and signs nothing.
 */

/** Where the tarballs are kept; git does not look there. */
const FOLDER = join(CHECKOUT, '.data', 'release');

try {
  process.exitCode = await release();
} catch (error) {
  showError(error);
  process.exitCode = 1;
}

async function release() {
  const { packed, checks } = await checkPackages(FOLDER);
  const faults = checks.flatMap(check => check.faults);
  if (faults.length > 0) {
    fail(`Not fit to publish:\n${faults.join('\n')}`);
    return 1;
  }
  const [{ manifest }] = packed;
  say('\nAll packages are fit to publish. Publish them in this order:\n');
  for (const { tarball } of packed) {
    say(`  npm publish --access public ${relative(CHECKOUT, tarball)}`);
  }
  say(`  git tag v${manifest.version} && git push origin v${manifest.version}`);
  say('\nNothing was published or signed here.');
  return 0;
}
