import { INSIDE } from './sandboxScripts';

/** No more of the end of a line is looked at. */
const MAX_LINE = 1_000;

const SAID = ': readonly variable';
const UNSET = ': cannot unset';

type Stream = 'stdout' | 'stderr';

/**
 * Finds, in the output of a step, that a shell of it was told to change a variable that it may not change. Bash goes on
 * behind that in a function, a condition or a loop, with the variable as it was; a step whose plan did not show what it
 * would do is not to be seen as a success all the same.
 *
 * Bash tells it in words and in no other way, and so may whatever else writes where the step writes: a pod whose log is
 * shown may make a step count as failed which is none. It cannot do the opposite. In the error output the words count
 * whatever stands before and behind them: another script, the beginning of a line that the step wrote, another name of
 * the shell, what somebody else wrote at the same moment. In the output, where a step shows what others wrote, only a
 * whole line counts that names the step's own text. Not found is what a text sends elsewhere: to a file, another program,
 * a variable, nowhere, or in another language; the variable is not changed there either.
 */
export class LockedVariableErrors {
  readonly #locked: ReadonlySet<string>;
  readonly #open: Record<Stream, string> = { stdout: '', stderr: '' };
  #found: { name: string; where: string } | undefined;

  /** @param locked - Names of the variables. */
  constructor(locked: readonly string[]) {
    this.#locked = new Set(locked);
  }

  /** Takes the next piece of the output. */
  push(stream: Stream, chunk: Buffer): void {
    if (this.#found || this.#locked.size === 0) return;
    const lines = (this.#open[stream] + chunk.toString('utf8')).split('\n');
    this.#open[stream] = (lines.pop() ?? '').slice(-MAX_LINE);
    for (const line of lines) this.#look(stream, line);
  }

  /** Why the step has failed, in words; undefined where nothing was found. */
  failure(): string | undefined {
    this.#look('stdout', this.#open.stdout);
    this.#look('stderr', this.#open.stderr);
    return (
      this.#found &&
      `${this.#found.where} would change ${
        this.#found.name
      }, which decides which programs run, and its plan does not show that`
    );
  }

  #look(stream: Stream, line: string): void {
    if (stream === 'stdout' && !line.endsWith(SAID)) return;
    let end = line.lastIndexOf(SAID);
    while (!this.#found && end > 0) {
      this.#lookAt(stream, line.slice(Math.max(end - MAX_LINE, 0), end));
      end = stream === 'stdout' ? -1 : line.lastIndexOf(SAID, end - 1);
    }
  }

  /** @param said - What stands before the complaint. */
  #lookAt(stream: Stream, said: string): void {
    const { before, number, name } = partsOf(said);
    const isOwn = number !== undefined && before.endsWith(INSIDE.step);
    if (!this.#locked.has(name) || (stream === 'stdout' && !isOwn)) return;
    const place = isOwn ? 'its text' : 'a script that it reads';
    const where = number === undefined ? place : `line ${number} of ${place}`;
    this.#found = { name, where };
  }
}

/**
 * The parts of what bash says before that, taken off from its end, in time in proportion to it:
 *
 *   /run/runbooks/step.sh: line 3: read: PATH: readonly variable
 *   lib.sh: line 1: unset: PATH: cannot unset: readonly variable
 */
function partsOf(line: string): {
  before: string;
  number?: string;
  name: string;
} {
  const said = without(line, UNSET);
  const variable = said.endsWith(']')
    ? said.slice(0, said.lastIndexOf('['))
    : said;
  let start = variable.length;
  while (start > 0 && /\w/.test(variable[start - 1])) start -= 1;
  const name = variable.slice(start);
  const parts = without(variable.slice(0, start), ': ').split(': ');
  // A builtin may stand between the line and the name.
  const at = [parts.length - 1, parts.length - 2].find(index =>
    /^line \d+$/.test(parts[index] ?? ''),
  );
  return at === undefined
    ? { before: parts.join(': '), name }
    : {
        before: parts.slice(0, at).join(': '),
        number: parts[at].slice('line '.length),
        name,
      };
}

function without(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}
