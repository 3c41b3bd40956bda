import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/**
 * A text that no other process ever has beside the same pid: when it was started.
 *
 * Process ids are given again after a while, so a pid alone, read from a file,
 * may name a stranger. Undefined when no such process lives.
 */
export function birthOf(pid) {
  return process.platform === 'linux' ? birthFromProc(pid) : birthFromPs(pid);
}

/** True while exactly this process, not a later one with its pid, lives. */
export function isAlive({ pid, birth }) {
  return birth !== undefined && birthOf(pid) === birth;
}

/** True when the machine has not been started anew since this process was born. */
export function isOfThisBoot({ birth }) {
  return (
    process.platform !== 'linux' || Boolean(birth?.startsWith(`${bootId()}:`))
  );
}

/** True when something lives in a process group; what is dead and only not buried yet does not. */
export function isGroupAlive(group) {
  if (process.platform !== 'linux') return canSignal(-group);
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .some(pid => {
      const stat = readStat(pid);
      return stat?.group === group && stat.state !== 'Z';
    });
}

function birthFromProc(pid) {
  const stat = readStat(pid);
  if (!stat || stat.state === 'Z') return undefined;
  return `${bootId()}:${stat.startedAtTick}`;
}

function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      state: fields[0],
      group: Number(fields[2]),
      startedAtTick: fields[19],
    };
  } catch {
    return undefined;
  }
}

function canSignal(target) {
  try {
    return process.kill(target, 0);
  } catch {
    return false;
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  } catch {
    return 'boot';
  }
}

function birthFromPs(pid) {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
