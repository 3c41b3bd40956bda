import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { toolEnvironment } from '../tools/environment.mjs';

/**
 * Runs a tool with the person's terminal and returns its exit code. Signals from the terminal reach it directly.
 */
export function runInTerminal(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: 'inherit',
      cwd,
      env: toolEnvironment(),
    });
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(name, () => child.kill(name));
    }
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal]),
    );
  });
}
