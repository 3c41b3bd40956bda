import { findProgram, isProgram } from './programs.mjs';
import { canInstallPackages, installPackages } from './debian.mjs';
import { say } from '../say.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const ON_A_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The browser for the browser tests: CHROMIUM_PATH, one on PATH, or Debian's,
 * which is installed where that is possible without asking.
 *
 * @returns `{ program }`, or `{ missing }` with the reason as a sentence part
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named)
    return isProgram(named)
      ? { program: named }
      : { missing: `CHROMIUM_PATH names ${named}, which is not a program` };
  const found = installedBrowser();
  if (found) return { program: found };
  if (!canInstallPackages())
    return {
      missing:
        'no Chromium or Chrome was found; install one or set CHROMIUM_PATH',
    };

  say('Installing Chromium for the browser tests ...');
  const trouble = await installPackages(['chromium']);
  const installed = installedBrowser();
  return installed
    ? { program: installed }
    : {
        missing: `Chromium could not be installed: ${
          trouble ?? 'the package holds no program'
        }`,
      };
}

function installedBrowser() {
  return (
    NAMES.map(name => findProgram(name)).find(Boolean) ??
    (isProgram(ON_A_MAC) ? ON_A_MAC : undefined)
  );
}
