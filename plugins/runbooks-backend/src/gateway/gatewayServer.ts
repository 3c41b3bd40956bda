import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { AttemptGateway } from './AttemptGateway';
import type { GatewayLimits } from './GatewayLimits';

/** So many connections too many are told why; of further ones nothing is read. */
const TOLD_CONNECTIONS = 16;
/** How often Node looks for requests that take too long. */
const LOOK_EVERY_MS = 2_000;

type Receiver = Pick<AttemptGateway, 'request' | 'refuse' | 'upgrade'>;

/**
 * The server in front of one attempt's gateway: bounded in connections, in bytes of headers, and in the time that a
 * request may take to arrive. `sockets` are its open connections, with those that were upgraded.
 */
export function gatewayServer(
  gateway: Receiver,
  limits: GatewayLimits,
): { server: http.Server; sockets: ReadonlySet<Duplex> } {
  const server = http.createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, limits.headersMs),
    // Node would close waiting connections after 5 s, under the feet of a kubectl that uses them again.
    keepAliveTimeout: 0,
  });
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.maxConnections = limits.connectionsPerAttempt + TOLD_CONNECTIONS;

  const sockets = new Set<Duplex>();
  const tooMany = new WeakSet<Duplex>();
  server.on('connection', socket => {
    if (sockets.size >= limits.connectionsPerAttempt) tooMany.add(socket);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (req, res) => {
    if (tooMany.has(req.socket)) {
      gateway.refuse(
        req,
        res,
        `more than ${limits.connectionsPerAttempt} connections of this step are open`,
      );
    } else gateway.request(req, res);
  });
  server.on('upgrade', (req, socket, head) => {
    if (tooMany.has(socket)) socket.destroy();
    else gateway.upgrade(req, socket, head);
  });
  return { server, sockets };
}
