import { chmod, mkdir, rm } from 'node:fs/promises';
import type http from 'node:http';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Impersonation } from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterTransport } from '../kubernetes';
import { AttemptGateway } from './AttemptGateway';
import { GatewayBudgets } from './GatewayBudgets';
import { GATEWAY_LIMITS, type GatewayLimits } from './GatewayLimits';
import { gatewayServer } from './gatewayServer';
import { GATEWAY_RULES, type GatewayRules } from './GatewayRules';
import type { GatewayAttempt, OpenGateway } from './GatewayAttempt';

export type { GatewayAttempt, OpenGateway } from './GatewayAttempt';

/** Node cuts longer paths without a word and listens somewhere else. */
const MAX_SOCKET_PATH_BYTES = 107;

/**
 * The security border of a step: everything that it asks of Kubernetes goes through here.
 *
 * Each attempt gets a Unix socket of its own, which is bound into its sandbox and nowhere else; to reach the socket is
 * the credential. Behind it, calls are decided by the rules of `decideCall`, recorded before and after, and sent
 * straight to the API server with the server's own credential, which the step never sees.
 *
 * Guaranteed: no write is sent on that was not allowed, nor before it is recorded. Not guaranteed: that a call whose
 * answer was lost has done nothing; its record then has no status.
 */
export class KubernetesGateway {
  readonly #transport: ClusterTransport;
  readonly #logger: LoggerService;
  readonly #impersonation: (cluster: string) => Impersonation | undefined;
  readonly #rules: GatewayRules;
  readonly #limits: GatewayLimits;
  readonly #budgets: GatewayBudgets;

  constructor(options: {
    transport: ClusterTransport;
    logger: LoggerService;
    /** As whom it acts in a cluster; as the portal itself where nothing is said. */
    impersonation?: (cluster: string) => Impersonation | undefined;
    rules?: GatewayRules;
    limits?: GatewayLimits;
  }) {
    this.#transport = options.transport;
    this.#impersonation = options.impersonation ?? (() => undefined);
    this.#rules = options.rules ?? GATEWAY_RULES;
    this.#limits = options.limits ?? GATEWAY_LIMITS;
    this.#budgets = new GatewayBudgets(this.#limits);
    this.#logger = options.logger;
  }

  /**
   * Starts to listen for one attempt. Makes the socket's folder where it is missing; nobody but the owner of the
   * socket may connect.
   *
   * Throws where the path is too long for a Unix socket.
   */
  async open(attempt: GatewayAttempt): Promise<OpenGateway> {
    const { socketPath } = attempt;
    checkSocketPath(socketPath);
    const gateway = new AttemptGateway({
      attempt,
      transport: this.#transport,
      impersonation: this.#impersonation(attempt.clusterName),
      rules: this.#rules,
      limits: this.#limits,
      budgets: this.#budgets.forAttempt(),
      logger: this.#logger,
    });
    const { server, sockets } = gatewayServer(gateway, this.#limits);
    await listen(server, socketPath);

    return {
      socketPath,
      counts: () => gateway.journal.counts(),
      close: async () => {
        const closed = new Promise(resolve => server.close(resolve));
        for (const socket of sockets) socket.destroy();
        await closed;
        await gateway.settled();
        gateway.end();
        await rm(socketPath, { force: true });
      },
    };
  }
}

function checkSocketPath(socketPath: string): void {
  const bytes = Buffer.byteLength(socketPath);
  if (bytes > MAX_SOCKET_PATH_BYTES) {
    throw new Error(
      `Gateway socket '${socketPath}' has ${bytes} bytes; expected at most ${MAX_SOCKET_PATH_BYTES}, so choose a shorter data directory`,
    );
  }
}

async function listen(server: http.Server, socketPath: string): Promise<void> {
  await mkdir(path.dirname(socketPath), { recursive: true, mode: 0o711 });
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
}
