import { connect, createServer, type Server, type Socket } from 'node:net';
import type { KubernetesAccess } from '@backstage-runbooks/plugin-runbooks-node';

/** A way to an API server that can be cut and mended. */
export interface ApiServerRelay {
  access: KubernetesAccess;
  /** Cuts all connections and takes no new ones. */
  stop(): Promise<void>;
  /** Takes connections again, on the same port. */
  start(): Promise<void>;
}

/** Puts a TCP relay on 127.0.0.1 before the API server of the first cluster of `access`. */
export async function startRelay(
  access: KubernetesAccess,
): Promise<ApiServerRelay> {
  const [cluster] = await access.getClusters();
  const target = new URL(cluster.url);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  const start = async () => {
    const listening = createServer(near => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ]) {
        sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => sockets.delete(from));
        from.pipe(to);
      }
    });
    await new Promise<void>(resolve => {
      listening.listen(port, '127.0.0.1', resolve);
    });
    const address = listening.address();
    if (address && typeof address === 'object') port = address.port;
    server = listening;
  };

  await start();
  return {
    access: {
      ...access,
      getClusters: async () => [
        { ...cluster, url: `https://127.0.0.1:${port}` },
      ],
    },
    start,
    stop: async () => {
      const stopping = server;
      server = undefined;
      if (!stopping) return;
      const closed = new Promise(resolve => {
        stopping.close(resolve);
      });
      sockets.forEach(socket => socket.destroy());
      await closed;
    },
  };
}
