import {
  fileArguments,
  systemFolderArguments,
  type GivenFile,
  type SystemFolder,
} from './sandboxArguments';

/** The gateway's socket in the folder of a relay. */
export const SOCKET_NAME = 'gateway.sock';

/** Where things are inside a relay's own sandbox. */
export const IN_RELAY = {
  node: '/opt/runbooks/node',
  text: '/run/runbooks/relay.cjs',
  folder: '/run/runbooks/gateway',
  socket: `/run/runbooks/gateway/${SOCKET_NAME}`,
} as const;

/** How the steps' user is called inside, as in the sandbox of a step. */
const INSIDE_ID = '65534';

/**
 * Arguments of bubblewrap for a relay that is started ahead: all namespaces of its own, a read-only system, one folder
 * for the socket, nothing writable, nothing of the host's environment. Without `--dev`, for which bubblewrap would make
 * a second user namespace that does not own the network.
 */
export function relayArguments(layout: {
  systemFolders: readonly SystemFolder[];
  /** Where the socket will be. */
  folder: string;
  nodePath: string;
  files: readonly GivenFile[];
}): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--die-with-parent'],
    ...['--new-session', '--as-pid-1', '--hostname', 'relay'],
    ...['--uid', INSIDE_ID, '--gid', INSIDE_ID],
    ...['--ro-bind', '/usr', '/usr'],
    ...layout.systemFolders.flatMap(systemFolderArguments),
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...['--proc', '/proc', '--dev-bind', '/dev/null', '/dev/null'],
    ...['--ro-bind', layout.nodePath, IN_RELAY.node],
    ...layout.files.flatMap(fileArguments),
    ...['--ro-bind', layout.folder, IN_RELAY.folder],
    ...['--remount-ro', '/', '--clearenv', '--chdir', '/'],
  ];
}
