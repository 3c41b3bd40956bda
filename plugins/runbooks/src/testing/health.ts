import type {
  ClusterHealth,
  EntityHealth,
  ObjectHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import { hoursAgo } from './clock';
import { AUTH } from './documents';

function pod(name: string, more: Partial<ObjectHealth> = {}): ObjectHealth {
  return {
    kind: 'Pod',
    namespace: 'identity',
    name,
    state: 'Healthy',
    message: 'Running and ready',
    signals: [],
    ...more,
  };
}

/** One cluster where a pod crashes. */
export function degradedCluster(
  more: Partial<ClusterHealth> = {},
): ClusterHealth {
  return {
    cluster: 'local',
    title: 'Local cluster',
    simulatedNodes: true,
    connection: { kind: 'live' },
    state: 'Degraded',
    message: '1 of 3 pods of deployment auth-service crashes',
    notPermitted: [],
    workloads: [
      {
        kind: 'Deployment',
        namespace: 'identity',
        name: 'auth-service',
        state: 'Degraded',
        message: '2 of 3 replicas are available',
        ready: { ready: 2, desired: 3 },
        image: 'registry.example.com/auth-service:2.14.1',
        signals: [],
        pods: [
          pod('auth-service-7c9d-x2k4p', {
            state: 'Degraded',
            message: 'CrashLoopBackOff',
            restarts: 14,
            signals: [
              {
                code: 'CrashLoopBackOff',
                message:
                  'back-off 5m0s restarting failed container auth; last exit code 1',
                object: {
                  kind: 'Pod',
                  namespace: 'identity',
                  name: 'auth-service-7c9d-x2k4p',
                },
              },
            ],
          }),
          pod('auth-service-7c9d-9qwzr'),
          pod('auth-service-7c9d-mm2vd'),
        ],
      },
      {
        kind: 'StatefulSet',
        namespace: 'identity',
        name: 'token-store',
        state: 'Healthy',
        message: 'All 3 replicas are ready',
        ready: { ready: 3, desired: 3 },
        signals: [],
        pods: [],
      },
    ],
    ...more,
  };
}

/** One cluster where all is well. */
export function healthyCluster(
  more: Partial<ClusterHealth> = {},
): ClusterHealth {
  return degradedCluster({
    cluster: 'prod-eu',
    title: 'Production EU',
    simulatedNodes: false,
    state: 'Healthy',
    message: 'All workloads are ready',
    workloads: [
      {
        kind: 'Deployment',
        namespace: 'identity',
        name: 'auth-service',
        state: 'Healthy',
        message: 'All 6 replicas are available',
        ready: { ready: 6, desired: 6 },
        signals: [],
        pods: [],
      },
    ],
    ...more,
  });
}

/** Health of an entity over the given clusters; the first is the worst. */
export function entityHealth(
  clusters: ClusterHealth[],
  more: Partial<EntityHealth> = {},
): EntityHealth {
  return {
    entityRef: AUTH,
    state: clusters[0]?.state ?? 'Unknown',
    message: clusters[0]?.message ?? 'No cluster is known',
    clusters,
    signals: clusters.flatMap(one =>
      one.workloads.flatMap(workload =>
        workload.pods.flatMap(onePod => onePod.signals),
      ),
    ),
    at: hoursAgo(0.002),
    selection: {
      kind: 'selected',
      says: 'Objects with label app=auth-service',
    },
    ...more,
  };
}
