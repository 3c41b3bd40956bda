import path from 'node:path';
import {
  isParameterVariable,
  type AllowedWrite,
  type AllowedWrites,
  type ApiCall,
  type CallCounts,
  type Impersonation,
  type Scope,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import {
  KubernetesGateway,
  type GatewayAttempt,
} from '../../gateway/KubernetesGateway';
import { GATEWAY_RULES, type GatewayRules } from '../../gateway/GatewayRules';
import type { ClusterTransport } from '../../kubernetes';
import {
  ClusterLane,
  LANE_CLUSTER,
} from '../../kubernetes/testUtils/clusterLane';
import { ExecutorBench, quietLogger, type BenchResult } from './ExecutorBench';

/** What a step did, with everything that its gateway saw. */
export interface StepTrace extends BenchResult {
  attempt: number;
  /** Last record of each call, in the order they began. */
  calls: ApiCall[];
  /** Every record, two of each call. */
  records: ApiCall[];
  counts: CallCounts;
  secrets: string[];
}

/** A real executor and a real gateway in front of a real cluster, in a namespace of its own. */
export class StepBench {
  readonly lane: ClusterLane;
  readonly namespace: string;
  readonly bench: ExecutorBench;
  readonly #transport: ClusterTransport;
  #attempts = 0;

  static async create(prefix: string): Promise<StepBench> {
    const lane = new ClusterLane();
    const namespace = await lane.createNamespace(prefix);
    const bench = await ExecutorBench.create(lane.toolsDirectory);
    return new StepBench(lane, namespace, bench);
  }

  private constructor(
    lane: ClusterLane,
    namespace: string,
    bench: ExecutorBench,
  ) {
    this.lane = lane;
    this.namespace = namespace;
    this.bench = bench;
    this.#transport = lane.transport();
  }

  kubectl(...args: string[]): Promise<string> {
    return this.lane.kubectl('-n', this.namespace, ...args);
  }

  /** A write of the bench's namespace, with what is not given left empty. */
  write(write: Partial<AllowedWrite>): AllowedWrite {
    return {
      verb: '',
      group: '',
      resource: '',
      subresource: '',
      namespace: this.namespace,
      name: '',
      ...write,
    };
  }

  /** The scope of the bench's namespace, with what is given besides. */
  scope(more: Partial<Scope> = {}): Scope {
    return {
      source: { kind: 'configuration', rule: 'a test' },
      namespaces: [this.namespace],
      reads: 'cluster',
      grants: [],
      ...more,
    };
  }

  /** Runs a text with the writes that it may make. */
  async run(
    text: string,
    options: {
      allowed?: AllowedWrites | AllowedWrite[];
      gateway?: Partial<GatewayAttempt>;
      /** Decisions that are replaced: what would happen without them. */
      without?: Partial<GatewayRules>;
      impersonation?: Impersonation;
      /** Values in its `environment` that have no name of a parameter come as what an earlier step left. */
      execution?: Partial<StepExecution> & { signal?: AbortSignal };
    } = {},
  ): Promise<StepTrace> {
    this.#attempts += 1;
    const attempt = this.#attempts;
    const records: ApiCall[] = [];
    const secrets: string[] = [];
    const gateway = await new KubernetesGateway({
      transport: this.#transport,
      logger: quietLogger,
      impersonation: () => options.impersonation,
      rules: { ...GATEWAY_RULES, ...options.without },
    }).open({
      runId: this.namespace,
      stepId: 'step-1',
      attempt,
      entityRef: 'component:default/web',
      clusterName: LANE_CLUSTER,
      namespace: this.namespace,
      allowed: allowedOf(options.allowed),
      scope: this.scope(),
      secrets: { kind: 'any' },
      observeOnly: false,
      destructive: true,
      socketPath: path.join(this.bench.folder, 's', `${attempt}.sock`),
      recordCall: async call => {
        records.push(call);
      },
      onSecret: value => secrets.push(value),
      ...options.gateway,
    });
    try {
      // As most steps of a portal find it.
      await this.bench.relays.fill();
      const result = await this.bench.run(text, {
        namespace: this.namespace,
        gatewaySocket: gateway.socketPath,
        attempt,
        ...withLeftValues(options.execution),
      });
      await gateway.close();
      const calls = [...new Map(records.map(call => [call.id, call])).values()];
      const counts = gateway.counts();
      return { ...result, attempt, calls, records, counts, secrets };
    } finally {
      await gateway.close();
    }
  }

  async dispose(): Promise<void> {
    this.#transport.close();
    await this.bench.dispose();
    await this.lane.removeNamespace(this.namespace);
  }
}

function allowedOf(
  allowed: AllowedWrites | AllowedWrite[] | undefined,
): AllowedWrites {
  if (!allowed) return { kind: 'none' };
  return Array.isArray(allowed) ? { kind: 'listed', writes: allowed } : allowed;
}

function withLeftValues(
  execution: Partial<StepExecution> = {},
): Partial<StepExecution> {
  const { environment = {}, ...others } = execution;
  const left = Object.entries(environment).filter(
    ([name]) => !isParameterVariable(name),
  );
  return {
    carried: {
      variables: Object.fromEntries(
        left.map(([name, value]) => [name, { value, exported: true }]),
      ),
      workingDirectory: '',
    },
    ...others,
    environment: Object.fromEntries(
      Object.entries(environment).filter(([name]) => isParameterVariable(name)),
    ),
  };
}
