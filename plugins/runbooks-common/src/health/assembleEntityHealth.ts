import type { EntityRef, Instant } from '../time';
import { millisecondsBetween } from '../time';
import { assembleWorkloads, type ObjectSelector } from './assembleWorkloads';
import { lasting } from './assessment';
import type { ClusterObject } from './kubernetesObjects';
import type {
  ClusterConnection,
  ClusterHealth,
  EntityHealth,
  HealthVerdict,
  WorkloadHealth,
} from './model';
import { isWorse, worstOf } from './worstOf';

/** What is known of one cluster. @public */
export interface ClusterView {
  cluster: string;
  title: string;
  simulatedNodes: boolean;
  connection: ClusterConnection;
  /** Kinds that may not be read there: 'HorizontalPodAutoscaler'. */
  notPermitted: string[];
  /** At least the objects of the namespaces that the entity lives in; each with its kind. */
  objects: Iterable<ClusterObject>;
}

/** How an entity's objects are found. @public */
export type EntitySelection =
  | { kind: 'selected'; says: string; selectors: ObjectSelector[] }
  | { kind: 'not-annotated'; says: string };

/**
 * The health of one entity over all clusters: per object, per workload, per cluster and as one verdict.
 *
 * A cluster that cannot be seen is never healthy: it counts as Unknown, and a stale one keeps its last verdict only
 * where that was worse. A cluster that has nothing of the entity counts only when no other has.
 *
 * @public
 */
export function assembleEntityHealth(input: {
  entityRef: EntityRef;
  selection: EntitySelection;
  clusters: ClusterView[];
  at: Instant;
}): EntityHealth {
  const { entityRef, selection, at } = input;
  if (selection.kind === 'not-annotated') {
    return {
      entityRef,
      state: 'Unknown',
      message: selection.says,
      clusters: [],
      signals: [],
      at,
      selection,
    };
  }
  const clusters = input.clusters.map(view =>
    clusterHealth(
      view,
      selection.selectors.filter(
        ({ cluster }) => cluster === undefined || cluster === view.cluster,
      ),
      at,
    ),
  );
  return {
    entityRef,
    ...entityVerdict(clusters),
    clusters,
    signals: clusters.flatMap(cluster =>
      cluster.workloads.flatMap(workload => workload.signals),
    ),
    at,
    selection: { kind: 'selected', says: selection.says },
  };
}

function clusterHealth(
  view: ClusterView,
  selectors: ObjectSelector[],
  at: Instant,
): ClusterHealth {
  const { objects, ...known } = view;
  const { workloads, withoutOpinion } = assembleWorkloads(
    objects,
    selectors,
    at,
    { endpointsAreKnown: !view.notPermitted.includes('EndpointSlice') },
  );
  const seen = verdictOf(workloads, withoutOpinion, view.notPermitted);
  return { ...known, ...trusted(seen, view.connection, at), workloads };
}

function verdictOf(
  workloads: WorkloadHealth[],
  withoutOpinion: string[],
  notPermitted: string[],
): HealthVerdict {
  const worst = worstOf(thatCount(workloads));
  if (worst) {
    return worst.state === 'Healthy'
      ? { state: 'Healthy', message: summary(workloads) }
      : {
          state: worst.state,
          message: `${worst.kind} ${worst.name}: ${worst.message}`,
        };
  }
  if (withoutOpinion.length > 0) {
    return {
      state: 'Unknown',
      message: `Nothing here can be judged: ${withoutOpinion.join(', ')}`,
    };
  }
  return notPermitted.length > 0
    ? {
        state: 'Unknown',
        message: `Nothing found, and these may not be read: ${notPermitted.join(
          ', ',
        )}`,
      }
    : { state: 'Missing', message: 'Nothing of it is found here' };
}

/** An idle twin (blue beside green) that is scaled to 0 says nothing while another workload serves. */
function thatCount(workloads: WorkloadHealth[]): WorkloadHealth[] {
  const isIdle = (workload: WorkloadHealth) =>
    isScaledToZero(workload) ||
    (workload.kind === 'Service' && workload.state === 'Suspended');
  const serves = workloads.some(
    workload => !isIdle(workload) && (workload.ready?.desired ?? 0) > 0,
  );
  return serves ? workloads.filter(workload => !isIdle(workload)) : workloads;
}

function isScaledToZero(workload: WorkloadHealth): boolean {
  return workload.signals.some(signal => signal.code === 'ScaledToZero');
}

/** What is idle beside what serves is counted, and is not called healthy. */
function summary(workloads: WorkloadHealth[]): string {
  const idle = workloads.filter(isScaledToZero).length;
  const running = workloads.filter(
    workload => workload.ready && !isScaledToZero(workload),
  );
  if (idle > 0) return `${running.length} healthy, ${idle} scaled to 0`;
  const [only] = running;
  if (running.length === 1 && only.ready) {
    return `${only.kind} ${only.name}: ${only.ready.ready} of ${only.ready.desired} ready`;
  }
  if (running.length > 1) return `All ${running.length} workloads are healthy`;
  return workloads.length === 1
    ? `${workloads[0].kind} ${workloads[0].name} is healthy`
    : `All ${workloads.length} objects are healthy`;
}

/** What is seen, as far as the connection can be trusted. */
function trusted(
  seen: HealthVerdict,
  connection: ClusterConnection,
  at: Instant,
): HealthVerdict {
  switch (connection.kind) {
    case 'live':
      return seen;
    case 'stale': {
      const age = lasting(millisecondsBetween(connection.since, at));
      const message = `Not seen for ${age}; before that ${seen.state}: ${seen.message}`;
      return isWorse(seen.state, 'Unknown')
        ? { state: seen.state, message }
        : { state: 'Unknown', message };
    }
    default:
      return { state: 'Unknown', message: connection.message };
  }
}

function entityVerdict(clusters: ClusterHealth[]): HealthVerdict {
  const found = clusters.filter(cluster => cluster.state !== 'Missing');
  const counting = found.length > 0 ? found : clusters;
  const worst = worstOf(counting);
  if (!worst) return { state: 'Unknown', message: 'There is no cluster' };
  return {
    state: worst.state,
    message:
      clusters.length > 1 ? `${worst.title}: ${worst.message}` : worst.message,
  };
}
