import { spawn, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import {
  sandboxArguments,
  type SandboxFile,
  type SandboxLayout,
} from './sandboxArguments';
import type { StepUser } from './stepPipes';

/** Descriptors of bubblewrap: its arguments, its own status, and from 5 on the files. */
const ARGUMENTS = 3;
const STATUS = 4;
const FIRST_FILE = 5;

/** How process 1 of a sandbox ended. */
export interface SandboxEnd {
  /** Undefined when it was killed. */
  exitCode: number | undefined;
}

/** A sandbox that was started. */
export interface Sandbox {
  /** Resolves when it and everything in it has ended. Rejects when it could not be started. */
  readonly ended: Promise<SandboxEnd>;
  /** SIGTERM to process 1, which passes it on to everything else in the sandbox. */
  terminate(): void;
  /** Ends everything in it at once. */
  kill(): void;
}

/**
 * Starts process 1 of a sandbox with a bash text.
 *
 * Arguments, texts and values go through descriptors: on a command line every user of the machine could read them.
 * As root the user is dropped before bubblewrap starts, because root that bubblewrap calls by another number still
 * reads what root may read.
 */
export function startSandbox(options: {
  layout: SandboxLayout;
  files: readonly SandboxFile[];
  initScript: string;
  stdout: number;
  stderr: number;
  user: StepUser | undefined;
}): Sandbox {
  const files = options.files.map((file, index) => ({
    ...file,
    descriptor: FIRST_FILE + index,
  }));
  const [command, ...args] = [
    ...dropUser(options.user),
    ...['bwrap', '--args', `${ARGUMENTS}`],
    ...['bash', '-c', options.initScript],
  ];
  const child = spawn(command, args, {
    stdio: [
      'ignore',
      options.stdout,
      options.stderr,
      'pipe',
      'pipe',
      ...files.map(() => 'pipe' as const),
    ],
    env: { PATH: process.env.PATH },
  });
  const ended = endOf(child);
  give(
    child,
    ARGUMENTS,
    [
      '--json-status-fd',
      `${STATUS}`,
      ...sandboxArguments(options.layout, files),
    ]
      .map(argument => `${argument}\0`)
      .join(''),
  );
  for (const { descriptor, text } of files) give(child, descriptor, text);
  const processOne = watchStatus(child);
  return {
    ended,
    terminate: () => processOne.signal('SIGTERM'),
    kill: () => {
      // Its child dies with it, and with process 1 the whole pid namespace.
      child.kill('SIGKILL');
    },
  };
}

function dropUser(user: StepUser | undefined): string[] {
  return user
    ? [
        'setpriv',
        ...['--reuid', `${user.uid}`, '--regid', `${user.gid}`],
        ...['--clear-groups', '--'],
      ]
    : [];
}

function endOf(child: ChildProcess): Promise<SandboxEnd> {
  const ended = new Promise<SandboxEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve({ exitCode: code ?? undefined }));
  });
  const closeStreams = () => {
    for (const stream of child.stdio) stream?.destroy();
  };
  ended.then(closeStreams, closeStreams);
  return ended;
}

function give(child: ChildProcess, descriptor: number, text: string): void {
  const stream = child.stdio[descriptor] as Writable | null;
  // Where bubblewrap gave up early nobody reads; its exit says so.
  stream?.on('error', () => {});
  stream?.end(text);
}

/** Learns the number of process 1 on the host from bubblewrap's status. */
function watchStatus(child: ChildProcess): {
  signal(name: NodeJS.Signals): void;
} {
  let processOne: number | undefined;
  let text = '';
  const status = child.stdio[STATUS];
  status?.on('error', () => {});
  status?.on('data', chunk => {
    text += chunk;
    const match = /"child-pid":\s*(\d+)/.exec(text);
    if (match) processOne = Number(match[1]);
  });
  let hasEnded = false;
  child.once('exit', () => {
    hasEnded = true;
  });
  return {
    signal: name => {
      if (processOne === undefined || hasEnded) return;
      try {
        process.kill(processOne, name);
      } catch {
        // It has just ended.
      }
    },
  };
}
