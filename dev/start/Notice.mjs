import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { Progress } from '../setup/Progress.mjs';

/**
 * How far the cluster is, for two readers: the portal reads it from a file and
 * shows it on the tab, the person at the terminal sees the same now and then.
 */
export class Notice {
  #file;
  #terminal = new Progress('cluster');
  #lastWritten;

  constructor(file) {
    this.#file = file;
  }

  /** Says which step of how many this is and, where it is known, how far that step is. */
  progress({ step, steps, text, percent, minutesLeft }) {
    const left =
      minutesLeft === undefined
        ? ''
        : `, about ${minutesLeft} ${
            minutesLeft === 1 ? 'minute' : 'minutes'
          } left`;
    this.#write(`cluster is starting: ${text}${left} (${step} of ${steps})`);
    this.#terminal.show({ text, percent, minutesLeft });
  }

  /** Says why there is no cluster. */
  failed(text) {
    this.#write(`cluster is not running: ${text}`);
  }

  /** The cluster is ready: there is nothing to tell any more. */
  clear() {
    rmSync(this.#file, { force: true });
    this.#lastWritten = undefined;
  }

  #write(text) {
    if (text === this.#lastWritten) return;
    this.#lastWritten = text;
    writeFileSync(`${this.#file}.part`, `${text}\n`);
    renameSync(`${this.#file}.part`, this.#file);
  }
}
