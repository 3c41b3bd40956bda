import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  dataDirectory,
  makePassableDirectory,
  runsDirectory,
} from '../places.mjs';
import { Lock } from '../processes/Lock.mjs';
import { ProcessRegister } from '../processes/ProcessRegister.mjs';

/**
 * The folder of one `npm test`, removed at its end with all that was started.
 *
 * What an earlier one left behind that was killed without warning is ended and
 * removed when the next one begins.
 */
export class TestFolder {
  path;
  register;
  #lock;

  static async create() {
    const parent = makePassableDirectory(join(dataDirectory(), 'tests'));
    for (const name of readdirSync(parent)) {
      const old = new TestFolder(join(parent, name));
      if (old.#lock.tryTake()) await old.remove();
    }
    const folder = new TestFolder(
      makePassableDirectory(join(parent, String(process.pid))),
    );
    folder.#lock.tryTake();
    return folder;
  }

  constructor(path) {
    this.path = path;
    this.register = new ProcessRegister(join(path, 'processes.json'));
    this.#lock = new Lock(join(path, 'lock'));
  }

  /** Ends what was started for it and removes it. */
  async remove() {
    await this.register.stopLeftovers();
    await this.register.stopAll();
    rmSync(runsDirectory(this.path), { recursive: true, force: true });
    rmSync(this.path, { recursive: true, force: true });
  }
}
