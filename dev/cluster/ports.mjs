/** The ports of a cluster that begins at `first`; one setting moves them all. */
export function clusterPorts(first) {
  return {
    apiServer: first,
    etcd: first + 1,
    etcdPeer: first + 2,
    nodes: first + 3,
    controllerManager: first + 4,
    scheduler: first + 5,
  };
}
