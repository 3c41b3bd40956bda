import { GATEWAY_PORT } from '@backstage-runbooks/plugin-runbooks-common';
import { INSIDE } from './sandboxScripts';
import { CONSTANTS } from './stepEnvironment';
import type { ToolBinding } from './StepTools';

const MIB = 1024 * 1024;
const TMP_BYTES = 256 * MIB;
const SHARED_MEMORY_BYTES = 16 * MIB;
const SCRATCH_BYTES = MIB;
const HOME_BYTES = 64 * MIB;
const KUBE_FOLDER_BYTES = MIB;
const CACHE_BYTES = 32 * MIB;
/** How the step's user is called inside, whoever it is outside. */
const INSIDE_ID = '65534';

/** Parts of /etc that programs need. awk, for one, is a link into /etc/alternatives. */
const SYSTEM_FILES = [
  '/etc/alternatives',
  '/etc/ssl/certs',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/nsswitch.conf',
];

/** Where one of the top folders (/bin, /lib, ...) is on this machine. */
export type SystemFolder =
  | { kind: 'link'; path: string; target: string }
  | { kind: 'folder'; path: string };

/** What a sandbox is made of. */
export interface SandboxLayout {
  systemFolders: readonly SystemFolder[];
  workspace: string;
  tools: readonly ToolBinding[];
  /** FIFO that the step reports through. */
  report: string;
  /** How the step reaches its gateway. */
  gateway: SandboxGateway;
}

/** Where the relay is that leads to a gateway. */
export type SandboxGateway =
  | { relay: 'none' }
  /** In the sandbox, started with the step. */
  | { relay: 'inside'; socket: string; nodePath: string }
  /** Already listening in a network of its own, which the sandbox joins. */
  | { relay: 'ahead' };

/** A text that appears as a file inside the sandbox, handed over through a descriptor. */
export interface SandboxFile {
  path: string;
  text: string;
  /** A program. */
  executable?: boolean;
}

/** A file with the number of the descriptor that carries its text. */
export type GivenFile = SandboxFile & { descriptor: number };

/**
 * Arguments of bubblewrap: own pid, network, mount, ipc, uts and user namespaces, in which the step can make no further
 * ones, nothing writable but workspace, home, /tmp, /dev/shm and a small scratch folder, no network but loopback, nothing
 * of the host's environment. With a relay that was started ahead, bubblewrap is started in the user namespace and the
 * network of the relay: that of the step is inside the former, and the latter has no more than loopback.
 */
export function sandboxArguments(
  layout: SandboxLayout,
  files: readonly GivenFile[],
): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns'],
    ...(layout.gateway.relay === 'ahead' ? ['--share-net'] : []),
    ...['--die-with-parent', '--new-session', '--as-pid-1'],
    ...['--hostname', 'step', '--uid', INSIDE_ID, '--gid', INSIDE_ID],
    ...['--ro-bind', '/usr', '/usr'],
    ...layout.systemFolders.flatMap(systemFolderArguments),
    ...SYSTEM_FILES.flatMap(file => ['--ro-bind-try', file, file]),
    ...['--proc', '/proc'],
    // Alone, --dev is a writable tmpfs of half the memory. --size and --perms count for the next operation only.
    ...['--dev', '/dev'],
    ...['--size', `${SHARED_MEMORY_BYTES}`, '--tmpfs', '/dev/shm'],
    ...['--remount-ro', '/dev'],
    ...['--perms', '1777', '--size', `${TMP_BYTES}`, '--tmpfs', '/tmp'],
    ...['--dir', '/run/runbooks', '--dir', '/opt/runbooks'],
    ...['--perms', '0700', '--size', `${SCRATCH_BYTES}`],
    ...['--tmpfs', INSIDE.scratch],
    ...['--perms', '0700', '--size', `${HOME_BYTES}`, '--tmpfs', INSIDE.home],
    ...kubeFolderArguments(),
    ...['--bind', layout.workspace, INSIDE.workspace],
    // One that vanished a moment ago is a command that is not found, not a step that cannot start.
    ...layout.tools.flatMap(({ source, target }) => [
      ...['--ro-bind-try', source, target],
    ]),
    ...['--ro-bind', layout.report, INSIDE.report],
    ...gatewayArguments(layout.gateway),
    ...files.flatMap(fileArguments),
    ...['--remount-ro', '/'],
    ...environmentArguments(),
    ...['--chdir', INSIDE.workspace],
  ];
}

/**
 * Reaching the socket is the credential: no user, and kubectl sends no token over plain HTTP. Written as kubectl writes
 * it, line by line, so that what a step made of a copy can be looked at.
 */
export function kubeconfigText(namespace: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    server: http://127.0.0.1:${GATEWAY_PORT}
  name: run
contexts:
- context:
    cluster: run
    namespace: "${namespace}"
  name: run
current-context: run
`;
}

/** The few files of /etc that say who and where a step is. */
export const IDENTITY_FILES: readonly SandboxFile[] = [
  {
    path: '/etc/passwd',
    text: `step:x:${INSIDE_ID}:${INSIDE_ID}::${INSIDE.home}:/bin/bash\n`,
  },
  { path: '/etc/group', text: `step:x:${INSIDE_ID}:\n` },
  { path: '/etc/hosts', text: '127.0.0.1 localhost step\n' },
];

/** Makes one of the top folders appear inside. */
export function systemFolderArguments(folder: SystemFolder): string[] {
  return folder.kind === 'link'
    ? ['--symlink', folder.target, folder.path]
    : ['--ro-bind', folder.path, folder.path];
}

/**
 * Runbooks that say `export KUBECONFIG=~/.kube/config` find what they look for, and nobody can put anything next to it:
 * every client of the cluster would take settings from there, and these may start any program. Only what kubectl
 * remembers of the API server is written.
 */
function kubeFolderArguments(): string[] {
  const folder = `${INSIDE.home}/.kube`;
  return [
    ...['--perms', '0700', '--size', `${KUBE_FOLDER_BYTES}`, '--tmpfs', folder],
    ...['--symlink', INSIDE.kubeconfig, `${folder}/config`],
    ...['--perms', '0700', '--size', `${CACHE_BYTES}`],
    ...['--tmpfs', `${folder}/cache`],
    ...['--remount-ro', folder],
  ];
}

function gatewayArguments(gateway: SandboxGateway): string[] {
  if (gateway.relay !== 'inside') return [];
  return [
    ...['--ro-bind', gateway.socket, INSIDE.gatewaySocket],
    ...['--ro-bind', gateway.nodePath, INSIDE.node],
  ];
}

/** Makes a text appear as a file inside. */
export function fileArguments(file: GivenFile): string[] {
  const descriptor = String(file.descriptor);
  return [
    ...(file.executable ? ['--perms', '0555'] : []),
    ...['--ro-bind-data', descriptor, file.path],
  ];
}

function environmentArguments(): string[] {
  return [
    '--clearenv',
    ...Object.entries(CONSTANTS).flatMap(([name, value]) => [
      '--setenv',
      name,
      value,
    ]),
  ];
}
