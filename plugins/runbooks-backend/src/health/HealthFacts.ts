import type { Entity } from '@backstage/catalog-model';
import type { ClusterSummary } from '@backstage-runbooks/plugin-runbooks-common';
import type { WorkloadNamespaces } from '../runs/EntityScopes';
import type { LiveFacts } from '../runs/PlanService';
import type { HealthWatcher } from './HealthWatcher';

/** What planning takes from live health: clusters, pods (those with a problem first) and deployments. */
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

  async factsOf(entity: Entity) {
    const { clusters } = await this.#health.snapshot(entity);
    const workloads = clusters.flatMap(cluster => cluster.workloads);
    const pods = workloads.flatMap(workload =>
      workload.kind === 'Pod' ? [workload] : workload.pods,
    );
    const trouble = (pod: { state: string }) => Number(pod.state !== 'Healthy');
    return {
      pods: [...pods]
        .sort((a, b) => trouble(b) - trouble(a) || a.name.localeCompare(b.name))
        .map(pod => ({
          name: pod.name,
          note: pod.state === 'Healthy' ? '' : pod.message,
        })),
      deployments: workloads
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ name }) => name),
    };
  }
}
