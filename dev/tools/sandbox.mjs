import { findProgram } from './programs.mjs';
import { canInstallPackages, installPackages } from './debian.mjs';
import { say } from '../say.mjs';

/**
 * Makes sure that bubblewrap is there, in which the portal runs the steps of a runbook.
 *
 * @returns `{ program }`, or `{ missing }` with the reason as a sentence part
 */
export async function findSandbox() {
  const found = findProgram('bwrap');
  if (found) return { program: found };
  if (process.platform !== 'linux')
    return { missing: 'bubblewrap exists for Linux only' };
  if (!canInstallPackages())
    return {
      missing:
        'bubblewrap is not installed (on Debian: apt-get install bubblewrap)',
    };

  say('Installing bubblewrap, the sandbox for steps ...');
  const trouble = await installPackages(['bubblewrap']);
  const installed = findProgram('bwrap');
  return installed
    ? { program: installed }
    : { missing: `bubblewrap could not be installed: ${trouble}` };
}
