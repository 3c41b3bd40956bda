/** The network of a relay that was started ahead, as open descriptors of this process. */
export interface JoinedNetwork {
  /** Owns the network. */
  userNamespace: number;
  network: number;
}

/**
 * What a command begins with that runs in the network of a relay. It takes descriptors, because the number of a
 * process may belong to another one a moment later.
 *
 * @param descriptors - Their numbers in the command.
 */
export function joinCommand(descriptors: JoinedNetwork): string[] {
  return [
    'nsenter',
    '--preserve-credentials',
    `--user=/proc/self/fd/${descriptors.userNamespace}`,
    `--net=/proc/self/fd/${descriptors.network}`,
    '--',
  ];
}
