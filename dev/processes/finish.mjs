import { spawn } from 'node:child_process';
import { lowerPriority } from './priority.mjs';

const unfinished = new Set();
process.on('exit', () => unfinished.forEach(killGroup));

/**
 * Runs a program to its end and returns `{ code, output }`, both streams joined.
 *
 * Never rejects for a program that fails or does not exist (code 127). When this
 * process ends, programs that have not finished are killed with all they started.
 *
 * @param options.onLine called with each line as it comes
 * @param options.input what the program reads; nothing if left out, so that it cannot wait for a person
 * @param options.lowPriority leaves the processor to others
 * @param options.keepLines how many of the last lines are kept for `output`, all if left out
 * @param options.register a `ProcessRegister` that ends it at the next start, should we be killed without warning
 */
export function finish(
  command,
  args,
  /** @type {Record<string, any>} */ {
    onLine,
    input,
    lowPriority,
    keepLines = Infinity,
    register,
    ...options
  } = {},
) {
  /** @type {any} */
  const stdio = ['pipe', 'pipe', 'pipe'];
  const child = register
    ? register.start(command, args, { ...options, stdio, name: command })
    : spawn(command, args, { ...options, stdio, detached: true });
  unfinished.add(child);
  if (lowPriority) lowerPriority(child.pid);
  return new Promise(resolve => {
    const lines = [];
    const take = line => {
      lines.push(line);
      if (lines.length > keepLines) lines.shift();
      onLine?.(line);
    };
    const ends = [readLines(child.stdout, take), readLines(child.stderr, take)];
    const settle = result => {
      unfinished.delete(child);
      resolve(result);
    };
    child.once('error', error => settle({ code: 127, output: error.message }));
    child.once('close', code => {
      ends.forEach(end => end());
      settle({ code: code ?? 1, output: lines.join('\n') });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Calls `take` for each whole line of a stream; the function returned hands over what is left. */
export function readLines(stream, take) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', chunk => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop();
    parts.forEach(take);
  });
  return () => {
    if (rest) take(rest);
    rest = '';
  };
}

function killGroup(child) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
