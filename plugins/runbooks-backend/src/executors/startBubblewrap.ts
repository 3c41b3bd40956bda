import { spawn, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { joinCommand, type JoinedNetwork } from './joinCommand';
import type { GivenFile, SandboxFile } from './sandboxArguments';
import { dropUser, type StepUser } from './stepUser';

/** Where bubblewrap writes its own status, as JSON. */
export const STATUS = 4;
/** Its arguments. */
const ARGUMENTS = 3;
const FIRST_FILE = 5;

/**
 * Starts a command in bubblewrap.
 *
 * Arguments and texts go through descriptors: on a command line every user of the machine could read them. As root the
 * user is dropped before bubblewrap starts, because root that bubblewrap calls by another number still reads what root
 * may read.
 *
 * @param options - `network`: joined before bubblewrap starts; its descriptors stay open in the command.
 */
export function startBubblewrap(options: {
  argumentsFor: (files: readonly GivenFile[]) => string[];
  command: readonly string[];
  files: readonly SandboxFile[];
  stdout: number | 'pipe';
  stderr: number | 'pipe';
  user: StepUser | undefined;
  network: JoinedNetwork | undefined;
}): ChildProcess {
  const files = options.files.map((file, index) => ({
    ...file,
    descriptor: FIRST_FILE + index,
  }));
  const joined = joinedBehind(options.network, FIRST_FILE + files.length);
  const [command, ...args] = [
    ...dropUser(options.user),
    ...joined.command,
    ...['bwrap', '--args', `${ARGUMENTS}`],
    ...options.command,
  ];
  const child = spawn(command, args, {
    stdio: [
      'ignore',
      options.stdout,
      options.stderr,
      'pipe',
      'pipe',
      ...files.map(() => 'pipe' as const),
      ...joined.descriptors,
    ],
    env: { PATH: process.env.PATH },
  });
  give(
    child,
    ARGUMENTS,
    ['--json-status-fd', `${STATUS}`, ...options.argumentsFor(files)]
      .map(argument => `${argument}\0`)
      .join(''),
  );
  for (const { descriptor, text } of files) give(child, descriptor, text);
  return child;
}

function joinedBehind(
  network: JoinedNetwork | undefined,
  first: number,
): { command: string[]; descriptors: number[] } {
  if (!network) return { command: [], descriptors: [] };
  return {
    command: joinCommand({ userNamespace: first, network: first + 1 }),
    descriptors: [network.userNamespace, network.network],
  };
}

function give(child: ChildProcess, descriptor: number, text: string): void {
  const stream = child.stdio[descriptor] as Writable | null;
  // Where bubblewrap gave up early nobody reads; its exit says so.
  stream?.on('error', () => {});
  stream?.end(text);
}
