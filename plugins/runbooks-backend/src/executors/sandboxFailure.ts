import { StepEnvironmentError } from './stepEnvironment';

/** The sandbox, or the step's text, could not be started at all; the message says why, for people. */
export class SandboxStartError extends Error {
  override readonly name = 'SandboxStartError';
}

/** Known complaints, with what they mean for whoever runs the backend. */
const COMPLAINTS: ReadonlyArray<readonly [pattern: RegExp, means: string]> = [
  [
    /failed to execute bwrap|spawn bwrap ENOENT/,
    "bubblewrap is not installed: 'bwrap' was not found on the PATH of the backend",
  ],
  [
    /spawn setpriv ENOENT/,
    'setpriv (util-linux) is not installed: a backend that runs as root needs it to give its rights up before a step',
  ],
  [
    /Can't mount proc/,
    '/proc is masked: this container may not mount a /proc of its own, so steps cannot run here',
  ],
  [
    /No permissions to create(?: a)? new namespace|[Cc]reating new namespace failed|setting up uid map|unshare.{0,200}?Operation not permitted/,
    'user namespaces are not allowed here, and bubblewrap needs them',
  ],
  [
    /Can't find source path/,
    'a folder that the sandbox needs cannot be reached by the user that runs steps',
  ],
  [/Unknown option/, 'bubblewrap is too old: 0.8 or newer is needed'],
];

/** Why process 1 of a sandbox never got ready, from what it wrote. */
export function sandboxStartError(
  errorOutput: string,
  exitCode: number | undefined,
): SandboxStartError {
  const said = errorOutput.trim();
  const known = COMPLAINTS.find(([pattern]) => pattern.test(said))?.[1];
  if (known) return new SandboxStartError(`${known} (${said})`);
  return new SandboxStartError(
    `the sandbox did not start: ${
      said || `it ended with exit code ${exitCode}`
    }`,
  );
}

/** Bash cannot read the step's text; it says where. */
export function unreadableTextError(errorOutput: string): SandboxStartError {
  return new SandboxStartError(
    `bash cannot read this text, so nothing of it was run: ${errorOutput.trim()}`,
  );
}

/** The reason to show where a step could not run at all; undefined for faults of the backend itself. */
export function failureText(error: unknown): string | undefined {
  if (
    error instanceof SandboxStartError ||
    error instanceof StepEnvironmentError
  ) {
    return error.message;
  }
  const { code, syscall } = (error ?? {}) as {
    code?: string;
    syscall?: string;
  };
  return code === 'ENOENT' && syscall?.startsWith('spawn')
    ? sandboxStartError(`${syscall} ENOENT`, undefined).message
    : undefined;
}
