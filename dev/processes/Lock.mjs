import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { birthOf, isAlive } from './identity.mjs';

const LOOK_AGAIN_MS = 500;

/**
 * Lets one process at a time do something, by a file that names its holder.
 *
 * A holder that was killed leaves the file behind; it is recognised by pid and
 * start time together and passed over. Not meant for file systems shared by
 * several machines.
 */
export class Lock {
  #path;

  constructor(path) {
    this.#path = path;
  }

  /**
   * Waits until the lock is ours, calling `onWait(holder)` once if somebody else has it, then does `work`.
   *
   * @param {() => any} work
   * @param {(holder: any) => void} [onWait]
   */
  async hold(work, onWait = () => {}) {
    let told = false;
    while (!this.tryTake()) {
      const holder = this.holder();
      if (!told && holder) {
        told = true;
        onWait(holder);
      }
      await delay(LOOK_AGAIN_MS);
    }
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  /** Takes the lock and returns true, or returns false when a living process has it. */
  tryTake() {
    mkdirSync(dirname(this.#path), { recursive: true });
    const candidate = `${this.#path}.${process.pid}`;
    writeFileSync(
      candidate,
      JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }),
    );
    try {
      return (
        this.#linkAsHolder(candidate) ||
        (this.#removeIfStale() && this.#linkAsHolder(candidate))
      );
    } finally {
      rmSync(candidate, { force: true });
    }
  }

  /** Gives the lock back; does nothing when it is not ours. */
  release() {
    if (this.#read()?.pid === process.pid) rmSync(this.#path, { force: true });
  }

  /** The living process that has the lock, if any. */
  holder() {
    const holder = this.#read();
    return holder && isAlive(holder) ? holder : undefined;
  }

  #linkAsHolder(candidate) {
    try {
      linkSync(candidate, this.#path);
      return true;
    } catch (error) {
      if (error.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Two waiters may find the same stale file: what is taken away is looked at once more before it goes. */
  #removeIfStale() {
    if (this.holder()) return false;
    const aside = `${this.#path}.stale-${process.pid}`;
    try {
      renameSync(this.#path, aside);
    } catch {
      return true;
    }
    const taken = this.#read(aside);
    if (taken && isAlive(taken)) linkSync(aside, this.#path);
    rmSync(aside, { force: true });
    return !(taken && isAlive(taken));
  }

  #read(path = this.#path) {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      return undefined;
    }
  }
}
