import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import type { StepUser } from './stepUser';

const run = promisify(execFile);

/** A FIFO with both of its ends open. */
export interface StepPipe {
  path: string;
  /** For the step; close it here once the step has it. */
  writer: number;
  reader: Socket;
}

/**
 * Opens FIFOs in a folder. Node's own pipes are sockets, and a socket cannot be opened as /dev/stderr.
 * They belong to the step's user, or it could not open them.
 */
export async function openStepPipes<Name extends string>(
  folder: string,
  names: readonly Name[],
  user: StepUser | undefined,
): Promise<Record<Name, StepPipe>> {
  const paths = names.map(name => path.join(folder, name));
  await run('mkfifo', ['--mode', '600', ...paths]);
  if (user) {
    await Promise.all(paths.map(fifo => chown(fifo, user.uid, user.gid)));
  }
  const pipes = paths.map((fifo): StepPipe => {
    // A reader first and without waiting; then a writer finds it and does not wait either.
    const descriptor = openSync(
      fifo,
      // eslint-disable-next-line no-bitwise
      constants.O_RDONLY | constants.O_NONBLOCK,
    );
    const writer = openSync(fifo, 'w');
    const reader = new Socket({
      fd: descriptor,
      readable: true,
      writable: false,
    });
    return { path: fifo, writer, reader };
  });
  return Object.fromEntries(
    names.map((name, index) => [name, pipes[index]]),
  ) as Record<Name, StepPipe>;
}

/** Closes this process's writing ends, so that the readers end with the step. */
export function closeWriters(pipes: Iterable<StepPipe>): void {
  for (const { writer } of pipes) closeSync(writer);
}
