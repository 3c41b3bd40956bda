import { INSIDE } from './sandboxScripts';

/** No line that bash writes about a variable is longer. */
const MAX_LINE = 1_000;

/**
 * Finds, in the error output of a step, that its shell was told to change a variable that it may not change. Bash goes
 * on behind that in a function, a condition or a loop, with the variable as it was; a step whose plan did not show what
 * it would do is not to be seen as a success all the same.
 *
 * What a step writes there itself counts too: it lies about itself only. A text that throws its error output away is
 * not found; the variable is not changed there either.
 */
export class LockedVariableErrors {
  readonly #locked: ReadonlySet<string>;
  #line = '';
  #found: { name: string; line: string } | undefined;

  /** @param locked - Names of the variables. */
  constructor(locked: readonly string[]) {
    this.#locked = new Set(locked);
  }

  /** Takes the next piece of the error output. */
  push(chunk: Buffer): void {
    if (this.#found || this.#locked.size === 0) return;
    const lines = (this.#line + chunk.toString('utf8')).split('\n');
    this.#line = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) this.#look(line);
  }

  /** Why the step has failed, in words; undefined where nothing was found. */
  failure(): string | undefined {
    this.#look(this.#line);
    return (
      this.#found &&
      `line ${this.#found.line} of its text would change ${
        this.#found.name
      }, which decides which programs run, and its plan does not show that`
    );
  }

  //   /run/runbooks/step.sh: line 3: read: PATH: readonly variable
  #look(line: string): void {
    const start = `${INSIDE.step}: line `;
    const end = ': readonly variable';
    if (this.#found || !line.startsWith(start) || !line.endsWith(end)) return;
    const [number, ...words] = line
      .slice(start.length, -end.length)
      .split(': ');
    const name = (words[words.length - 1] ?? '').split('[')[0];
    if (this.#locked.has(name)) this.#found = { name, line: number };
  }
}
