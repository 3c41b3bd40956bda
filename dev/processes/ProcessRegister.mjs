import { spawn } from 'node:child_process';
import {
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { birthOf, isAlive, isGroupAlive, isOfThisBoot } from './identity.mjs';

const LOOK_AGAIN_MS = 100;
const DEFAULT_PATIENCE_MS = 10_000;

/**
 * Starts programs that live beside this process and ends them again.
 *
 * Each program leads a process group of its own, so that Ctrl-C in the terminal
 * reaches only us and we choose the order of the end. What was started is
 * written to a file at once: a later start finds there what was left behind
 * when this process was killed without warning, and ends exactly that, by pid
 * and start time.
 */
export class ProcessRegister {
  #path;
  #entries = [];
  #closed = false;

  constructor(path) {
    this.#path = path;
  }

  /**
   * Starts a program and remembers it.
   *
   * @param options.name what it is called in messages
   * @param options.logFile where its output goes; left out, it shares our terminal
   * @param options.endSignal asks it to end, SIGTERM if left out
   * @param options.patienceMs how long it may take over that before it is killed
   * @returns {import('node:child_process').ChildProcess & { exited: Promise<any> }} the child process; its `exited` promise resolves with code and signal
   */
  start(
    command,
    args,
    /** @type {Record<string, any>} */ {
      name,
      logFile,
      endSignal = 'SIGTERM',
      patienceMs = DEFAULT_PATIENCE_MS,
      ...options
    },
  ) {
    if (this.#closed) throw new Error(`${name} is not started any more`);
    const log = logFile ? openLog(logFile) : undefined;
    const child = /** @type {any} */ (spawn)(command, args, {
      stdio:
        log === undefined
          ? ['ignore', 'inherit', 'inherit']
          : ['ignore', log, log],
      ...options,
      detached: true,
    });
    if (log !== undefined) closeSync(log);
    child.exited = new Promise(resolve => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', error => resolve({ code: 127, error }));
    });
    if (child.pid !== undefined) {
      this.#entries.push({
        name,
        pid: child.pid,
        birth: birthOf(child.pid),
        endSignal,
        patienceMs,
      });
      this.#write();
      child.exited.then(() => this.#forgetIfGone(child.pid));
    }
    return child;
  }

  /** Ends what this process started, the last one first; nothing can be started after that. */
  async stopAll() {
    this.#closed = true;
    await endInTurn(this.#entries);
    this.#entries = [];
    this.#write();
  }

  /** Ends one program of ours, if it lives. */
  async stop(child) {
    await endInTurn(this.#entries.filter(entry => entry.pid === child.pid));
    this.#entries = this.#entries.filter(entry => entry.pid !== child.pid);
    this.#write();
  }

  /** Ends what an earlier process started and could not end; returns the names. */
  async stopLeftovers() {
    const left = this.#read().filter(
      entry => isAlive(entry) || hasOrphans(entry),
    );
    await endInTurn(left);
    return left.map(entry => entry.name);
  }

  /** A program that ended by itself and left nothing running need not be ended any more. */
  #forgetIfGone(pid) {
    if (this.#closed || isGroupAlive(pid)) return;
    this.#entries = this.#entries.filter(entry => entry.pid !== pid);
    this.#write();
  }

  #read() {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch {
      return [];
    }
  }

  #write() {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(
      `${this.#path}.part`,
      JSON.stringify(this.#entries, undefined, 1),
      { mode: 0o600 },
    );
    renameSync(`${this.#path}.part`, this.#path);
  }
}

async function endInTurn(entries) {
  for (const entry of [...entries].reverse()) {
    await end(entry);
  }
}

async function end(entry) {
  if (isAlive(entry)) {
    signalGroup(entry.pid, entry.endSignal);
    await untilGone(entry, entry.patienceMs);
    if (isAlive(entry)) signalGroup(entry.pid, 'SIGKILL');
  }
  // Its children are in its group and may have outlived it. A group that is
  // empty is left alone: its number may belong to a stranger by now.
  if (hasOrphans(entry)) signalGroup(entry.pid, 'SIGKILL');
}

/** True when the leader is gone but its group is not: nobody else can have its number then. */
function hasOrphans(entry) {
  if (!isOfThisBoot(entry) || birthOf(entry.pid) !== undefined) return false;
  return isGroupAlive(entry.pid);
}

async function untilGone(entry, patienceMs) {
  const giveUpAt = Date.now() + patienceMs;
  while (isAlive(entry) && Date.now() < giveUpAt) {
    await delay(LOOK_AGAIN_MS);
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function openLog(path) {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'w', 0o600);
}
