import { say, warn } from '../say.mjs';
import { installDependencies } from '../tools/dependencies.mjs';
import { findBrowser } from '../tools/browser.mjs';
import { findSandbox } from '../tools/sandbox.mjs';

/**
 * Makes everything ready that the commands need, and is quick when it is.
 *
 * @param options.forTests also looks for a browser
 * @returns `{ sandbox, browser }`, each `{ program }` or `{ missing }`
 */
export async function setUp({ forTests }) {
  await installDependencies();
  const sandbox = await findSandbox();
  if (sandbox.missing)
    warn(
      `Steps of runbooks cannot be run here, only read: ${sandbox.missing}.`,
    );
  const browser = forTests ? await findBrowser() : undefined;
  if (browser?.missing)
    warn(`The browser tests cannot run here: ${browser.missing}.`);
  return { sandbox, browser };
}

/** Says that all is there. */
export function sayReady(startedAt) {
  say(
    `Everything is there (${Math.round(
      (Date.now() - startedAt) / 1000,
    )} seconds).`,
  );
}
