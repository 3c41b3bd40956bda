import { useFittingNode } from './tools/node.mjs';

/*
 * `npm run -s NAME -- ARGS`: one tool of the checkout, after the set-up that it
 * needs. Ends with the tool's exit code.
 */

await useFittingNode();
const { showError, Refusal } = await import('./say.mjs');

try {
  process.exitCode = await runNamed(process.argv[2], process.argv.slice(3));
} catch (error) {
  showError(error);
  process.exitCode = 1;
}

async function runNamed(name, words) {
  const { installDependencies } = await import('./tools/dependencies.mjs');
  await installDependencies();
  const { commandsOf } = await import('./tools/namedCommands.mjs');
  const { runInTerminal } = await import('./processes/runInTerminal.mjs');
  const commands = commandsOf(name, words);
  // Files that are named to `runbooks` are named from where the person is.
  const folder = name === 'runbooks' ? process.env.INIT_CWD : undefined;
  if (!commands) throw new Refusal(`There is no command ${name}.`);
  for (const [program, ...args] of commands) {
    const code = await runInTerminal(program, args, folder);
    if (code !== 0) return code;
  }
  return 0;
}
