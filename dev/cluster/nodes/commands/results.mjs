/** A command that went well and printed this. */
export function printed(stdout = '') {
  return { stdout, stderr: '', exitCode: 0 };
}

/** A command that failed with this message. */
export function failed(stderr, exitCode = 1, stdout = '') {
  return { stdout, stderr, exitCode };
}

/** Lines, each ended. */
export function lines(values) {
  return values.map(value => `${value}\n`).join('');
}

/** Divides a text into lines, without an empty one at the end. */
export function linesOf(text) {
  const all = text.split('\n');
  if (all[all.length - 1] === '') all.pop();
  return all;
}
