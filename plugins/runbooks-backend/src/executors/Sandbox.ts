import type { ChildProcess } from 'node:child_process';
import type { JoinedNetwork } from './joinCommand';
import {
  sandboxArguments,
  type SandboxFile,
  type SandboxLayout,
} from './sandboxArguments';
import { startBubblewrap, STATUS } from './startBubblewrap';
import type { StepUser } from './stepUser';

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

/** Starts process 1 of a sandbox with a bash text, which closes all descriptors but the first three. */
export function startSandbox(options: {
  layout: SandboxLayout;
  files: readonly SandboxFile[];
  initScript: string;
  stdout: number;
  stderr: number;
  user: StepUser | undefined;
  /** That of a relay that waits there; without it the sandbox gets its own. */
  network: JoinedNetwork | undefined;
}): Sandbox {
  const child = startBubblewrap({
    ...options,
    argumentsFor: files => sandboxArguments(options.layout, files),
    command: ['bash', '-c', options.initScript],
  });
  const ended = endOf(child);
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
