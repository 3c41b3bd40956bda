import { useFittingNode } from './tools/node.mjs';

/*
 * `npm run setup`: installs and builds everything that `npm start` and
 * `npm test` need, and says what cannot be had and what is lost without it.
 */

await useFittingNode();
const { say, showError, warn } = await import('./say.mjs');

try {
  const startedAt = Date.now();
  const { installDependencies } = await import('./tools/dependencies.mjs');
  await installDependencies();
  const { setUp, sayReady } = await import('./setup/setUp.mjs');
  await setUp({ forTests: true });
  const { buildControlPlane } = await import('./cluster/buildControlPlane.mjs');
  const { Progress } = await import('./setup/Progress.mjs');
  const progress = new Progress('control plane');
  const built = await buildControlPlane({
    onProgress: step => progress.show(step),
  });
  if (built.missing)
    warn(
      `There will be no cluster: ${built.missing}. Health and steps that ask a cluster cannot be tried.`,
    );
  const { postgresBinaries } = await import('./postgres/binaries.mjs');
  postgresBinaries();
  sayReady(startedAt);
  say('Now: npm start, or npm test.');
} catch (error) {
  showError(error);
  process.exitCode = 1;
}
