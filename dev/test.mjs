import { useFittingNode } from './tools/node.mjs';

/*
 * `npm test [-- LANE ...]`: all tests, or those of the lanes named. Its last
 * line is the count, `N passed, N failed`.
 */

await useFittingNode();
const { say, showError } = await import('./say.mjs');
const { untilAskedToEnd } = await import('./processes/untilAskedToEnd.mjs');

const INTERRUPTED = 130;

try {
  process.exitCode = await test(process.argv.slice(2));
} catch (error) {
  showError(error);
  process.exitCode = 1;
}
process.exit();

async function test(words) {
  const { buildInBackground, runLanes } = await import(
    './testing/runLanes.mjs'
  );
  const { TestFolder } = await import('./testing/TestFolder.mjs');
  const { installDependencies } = await import('./tools/dependencies.mjs');
  const { LANES } = await import('./testing/lanes.mjs');
  const { chooseLanes } = await import('./testing/chooseLanes.mjs');
  const { countLine, isGood, summaryLines } = await import(
    './testing/summary.mjs'
  );

  const lanes = chooseLanes(LANES, words);
  const strict = process.env.CI === 'true' || process.env.CI === '1';
  const folder = await TestFolder.create();
  const stopped = new Promise(resolve => {
    untilAskedToEnd().addEventListener('abort', () => resolve('stopped'));
  });
  try {
    const needsCluster = lanes.some(lane =>
      lane.needs.includes('controlPlane'),
    );
    const controlPlane = needsCluster ? buildInBackground() : undefined;
    const work = installDependencies().then(() =>
      runLanes(lanes, {
        folder: folder.path,
        register: folder.register,
        controlPlane,
      }),
    );
    work.catch(() => {});
    const results = await Promise.race([work, stopped]);
    if (results === 'stopped') {
      say('\nStopped before the end.');
      return INTERRUPTED;
    }
    await folder.remove();
    say('\n━━━ Summary ━━━\n');
    summaryLines(results).forEach(say);
    say(`\n${countLine(results, strict)}`);
    return isGood(results, strict) ? 0 : 1;
  } finally {
    await folder.remove();
  }
}
