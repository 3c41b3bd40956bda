import { useFittingNode } from './tools/node.mjs';

/*
 * `npm start`: the portal with its own Postgres and its own cluster. Everything
 * else is imported after a fitting Node has been found, because it may need one.
 */

await useFittingNode();
const { HELP, readOptions } = await import('./start/readOptions.mjs');
const { say, showError } = await import('./say.mjs');
const { untilAskedToEnd } = await import('./processes/untilAskedToEnd.mjs');

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    say(HELP);
  } else {
    const { startEverything } = await import('./start/startEverything.mjs');
    await startEverything(options, untilAskedToEnd());
  }
  process.exit(0);
} catch (error) {
  showError(error);
  process.exit(1);
}
