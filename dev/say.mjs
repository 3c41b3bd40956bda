// A terminal that was closed, or a pipe that ended, must not keep us from stopping what we started.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {});
}

/** Tells the person at the terminal what happens now, on a line of its own. */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Tells what is missing and what is lost without it; the work goes on. */
export function warn(text) {
  process.stderr.write(`! ${text}\n`);
}

/** Tells why nothing can go on. */
export function fail(text) {
  process.stderr.write(`\n✗ ${text}\n`);
}

/** A failure that the person can mend: shown as its message, without a stack. */
export class Refusal extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'Refusal';
  }
}

/** Shows an error the way its kind deserves: what a person can mend is a sentence, all else a stack. */
export function showError(error) {
  fail(
    error?.name === 'Refusal' ? error.message : error?.stack ?? String(error),
  );
}
