import { constants } from 'node:os';
import { CHECKOUT } from '../places.mjs';
import { toolEnvironment } from '../tools/environment.mjs';

/**
 * Runs a tool of the checkout with our terminal and returns its exit code.
 *
 * @param register the `ProcessRegister` that ends it when the tests are stopped
 */
export async function runTool(register, command, args, env = {}) {
  const child = register.start(command, args, {
    name: command,
    cwd: CHECKOUT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: toolEnvironment(env),
  });
  const { code, signal } = await child.exited;
  return code ?? 128 + constants.signals[signal];
}
