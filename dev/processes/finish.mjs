import { spawn } from 'node:child_process';
import { lowerPriority } from './priority.mjs';

/**
 * Runs a program to its end and returns `{ code, output }`, both streams joined.
 *
 * Never rejects for a program that fails or does not exist (code 127).
 *
 * @param options.onLine called with each line as it comes
 * @param options.input what the program reads; nothing if left out, so that it cannot wait for a person
 * @param options.lowPriority leaves the processor to others
 * @param options.keepLines how many of the last lines are kept for `output`, all if left out
 */
export function finish(
  command,
  args,
  { onLine, input, lowPriority, keepLines = Infinity, ...options } = {},
) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      ...options,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const lines = [];
    const take = line => {
      lines.push(line);
      if (lines.length > keepLines) lines.shift();
      onLine?.(line);
    };
    const ends = [readLines(child.stdout, take), readLines(child.stderr, take)];
    child.once('error', error => resolve({ code: 127, output: error.message }));
    child.once('close', code => {
      ends.forEach(end => end());
      resolve({ code: code ?? 1, output: lines.join('\n') });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    if (lowPriority) lowerPriority(child.pid);
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
