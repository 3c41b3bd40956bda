import type { Entity } from '@backstage/catalog-model';
import type {
  ClusterSummary,
  ObjectHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting } from '../http/access';
import type { WorkloadNamespaces } from '../runs/EntityScopes';
import type { LiveFacts } from '../runs/PlanService';
import type { HealthWatcher } from './HealthWatcher';

/** Kinds of which a runbook asks for "the workload"; health also tells of Services, claims and the like. */
const ROLLED_OUT: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
];

/** What planning takes from live health: clusters, pods (what is most likely meant first) and workloads. */
export class HealthFacts implements LiveFacts, WorkloadNamespaces {
  readonly #health: HealthWatcher;

  constructor(options: { health: HealthWatcher }) {
    this.#health = options.health;
  }

  clusterSummaries(): Promise<ClusterSummary[]> {
    return this.#health.clusterSummaries();
  }

  whyNoClusters(): Promise<string | undefined> {
    return this.#health.whyNoClusters();
  }

  /** Where the workloads that an entity selects are on a cluster; none where the cluster does not answer. */
  async namespacesOf(entity: Entity, cluster: string): Promise<string[]> {
    const { clusters } = await this.#health.snapshot(entity);
    const workloads = clusters
      .filter(one => one.cluster === cluster)
      .flatMap(one => one.workloads);
    return [...new Set(workloads.map(one => one.namespace))];
  }

  async factsOf(entity: Entity, healthOf: Selecting) {
    const { clusters } = await this.#health.snapshot(entity, healthOf);
    const workloads = clusters.flatMap(one =>
      one.workloads.map(workload => ({ cluster: one.cluster, workload })),
    );
    const pods = workloads.flatMap(({ cluster, workload }) =>
      (workload.kind === 'Pod' ? [workload] : workload.pods).map(pod => ({
        cluster,
        namespace: pod.namespace,
        name: pod.name,
        note: noteOf(pod),
        isLeaving: pod.isLeaving === true,
        order: orderOf(pod),
      })),
    );
    return {
      pods: pods
        .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name))
        .map(({ order: _, ...pod }) => pod),
      workloads: workloads
        .filter(({ workload }) => ROLLED_OUT.includes(workload.kind))
        .map(({ cluster, workload: { namespace, kind, name } }) => ({
          cluster,
          namespace,
          kind,
          name,
        })),
    };
  }
}

/** Those with a problem, those without, those that a rollout takes away, and those that are gone in a moment. */
function orderOf({ state, isLeaving, isSuperseded }: ObjectHealth): number {
  if (isLeaving) return 3;
  if (isSuperseded) return 2;
  return state === 'Healthy' ? 1 : 0;
}

function noteOf({ state, message, isLeaving, isSuperseded }: ObjectHealth) {
  const problem = state === 'Healthy' ? [] : [message];
  return [
    ...problem,
    ...(isSuperseded && !isLeaving ? ['of an older revision'] : []),
  ].join(', ');
}
