import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { assessObject } from './assessObject';
import type { ServiceBackends } from './assessService';
import type { HealthState } from './model';

const AT = '2026-11-21T02:30:00.000Z';

function fixture(name: string) {
  const file = path.join(__dirname, 'fixtures', `${name}.yaml`);
  return parse(readFileSync(file, 'utf8'));
}

type Case = [
  fixture: string,
  state: HealthState | 'no opinion',
  message: string,
  signals?: string[],
];

describe('judging an object', () => {
  // prettier-ignore
  it.each<Case>([
    ['deployment-healthy', 'Healthy', '2 of 2 replicas are available'],
    ['deployment-paused', 'Suspended', 'The rollout is paused'],
    ['deployment-unobserved', 'Progressing', 'The controller has not yet seen the newest change'],
    ['deployment-scaling-up', 'Progressing', '2 of 4 replicas are available'],
    ['deployment-updating', 'Progressing', '1 of 3 replicas are updated'],
    ['deployment-old-pods', 'Progressing', '1 old replicas are still to be stopped'],
    ['deployment-stalled', 'Degraded', 'The rollout is stalled: ReplicaSet "auth-7d9f" has timed out progressing.', ['StalledRollout']],
    ['deployment-over-quota', 'Degraded', 'Pods cannot be created: pods "auth-7d9f-" is forbidden: exceeded quota: small', ['ReplicaFailure']],
    ['deployment-scaled-to-zero', 'Suspended', 'Scaled to 0: nothing runs', ['ScaledToZero']],
    ['deployment-deleted', 'Progressing', 'Is being deleted'],
    ['deployment-deletion-stuck', 'Progressing', 'Its deletion is stuck: overdue for 30 min', ['DeletionStuck']],

    ['statefulset-healthy', 'Healthy', '3 of 3 replicas are ready'],
    ['statefulset-new', 'Progressing', 'The controller has not yet seen the newest change'],
    ['statefulset-not-ready', 'Progressing', '1 of 3 replicas are ready'],
    ['statefulset-on-delete', 'Healthy', '3 of 3 replicas are ready; updates wait for pods to be deleted'],
    ['statefulset-partition-waiting', 'Progressing', 'Partitioned rollout: 1 of 2 replicas are updated'],
    ['statefulset-partition-done', 'Healthy', 'Partitioned rollout complete: 2 replicas are updated'],
    ['statefulset-updating', 'Progressing', '1 of 3 replicas are at revision b2'],
    ['statefulset-scaled-to-zero', 'Suspended', 'Scaled to 0: nothing runs', ['ScaledToZero']],

    ['daemonset-healthy', 'Healthy', '3 of 3 pods are available'],
    ['daemonset-updating', 'Progressing', '1 of 3 pods are updated'],
    ['daemonset-unavailable', 'Progressing', '2 of 3 pods are available'],
    ['daemonset-on-delete', 'Healthy', '3 of 3 pods are available; updates wait for pods to be deleted'],
    ['daemonset-unobserved', 'Progressing', 'The controller has not yet seen the newest change'],

    ['replicaset-healthy', 'Healthy', '2 of 2 replicas are available'],
    ['replicaset-unavailable', 'Progressing', '1 of 2 replicas are available'],
    ['replicaset-failure', 'Degraded', 'Pods cannot be created: exceeded quota', ['ReplicaFailure']],

    ['job-running', 'Progressing', 'The job runs'],
    ['job-retrying', 'Progressing', 'The job runs; 2 of its tries failed so far'],
    ['job-complete', 'Healthy', 'The job is complete'],
    ['job-failed', 'Degraded', 'The job failed: Job has reached the specified backoff limit', ['JobFailed']],
    ['job-suspended', 'Suspended', 'The job is suspended'],
    ['job-resumed', 'Progressing', 'The job runs'],
    ['job-failed-condition-false', 'Progressing', 'The job runs'],
    ['cronjob', 'no opinion', ''],

    ['hpa-healthy', 'Healthy', '3 replicas of 2 to 5'],
    ['hpa-no-metrics', 'Degraded', 'Cannot scale: unable to get metrics for resource cpu', ['HpaCannotScale']],
    ['hpa-no-metrics-yet', 'Progressing', 'Waiting for the first metrics'],
    ['hpa-target-gone', 'Degraded', 'Cannot scale: deployments.apps "auth" not found', ['HpaCannotScale']],
    ['hpa-at-limit', 'Healthy', 'At its maximum of 5 replicas and would add more', ['HpaAtLimit']],
    ['hpa-at-minimum', 'Healthy', '2 replicas of 2 to 5'],
    ['hpa-new', 'Progressing', 'Waiting to autoscale'],

    ['pvc-bound', 'Healthy', 'Bound to a volume'],
    ['pvc-pending', 'Progressing', 'Waiting for a volume'],
    ['pvc-lost', 'Degraded', 'Its volume pv-7 is lost', ['VolumeLost']],

    ['service-load-balancer-waiting', 'Progressing', 'Waiting for the address of a load balancer'],
    ['service-load-balancer', 'Healthy', 'Has no rule that could fail'],
    ['service-external-name', 'Healthy', 'Has no rule that could fail'],
    ['service-without-selector', 'Healthy', 'Has no rule that could fail'],
    ['ingress-with-address', 'Healthy', 'Has an address'],
    ['ingress-without-address', 'no opinion', ''],

    ['node-ready', 'Healthy', 'Ready'],
    ['node-cordoned', 'Suspended', 'Cordoned: takes no new pods'],
    ['node-pressure', 'Degraded', 'DiskPressure: the disk is nearly full', ['NodePressure']],
    ['node-lost', 'Degraded', 'Not ready: Kubelet stopped posting node status.', ['NodeNotReady']],

    ['pod-ready', 'Healthy', 'Ready'],
    ['pod-starting', 'Progressing', 'Starting: ContainerCreating'],
    ['pod-crash-loop', 'Degraded', 'Container web: CrashLoopBackOff, it ended with exit code 1', ['CrashLoopBackOff']],
    ['pod-crash-loop-between', 'Degraded', 'Container web has restarted 4 times; the last time it ended with exit code 1', ['CrashLoopBackOff']],
    ['pod-out-of-memory', 'Degraded', 'Container web: CrashLoopBackOff, it is killed for lack of memory', ['CrashLoopBackOff', 'OOMKilled']],
    ['pod-image-pull-back-off', 'Degraded', 'Container web: ImagePullBackOff, Back-off pulling image "auth:broken"', ['ImagePullBackOff']],
    ['pod-err-image-pull', 'Degraded', 'Container web: ErrImagePull, not found', ['ImagePullBackOff']],
    ['pod-invalid-image-name', 'Degraded', "Container web: InvalidImageName, couldn't parse image name", ['InvalidImageName']],
    ['pod-config-error', 'Degraded', 'Container web: CreateContainerConfigError, secret "db" not found', ['CreateContainerConfigError']],
    ['pod-init-crash-loop', 'Degraded', 'Container migrate: CrashLoopBackOff, it ended with exit code 3', ['CrashLoopBackOff']],
    ['pod-unschedulable-new', 'Progressing', 'No node takes it: 0/3 nodes are available: 3 Insufficient cpu.', ['FailedScheduling']],
    ['pod-unschedulable', 'Degraded', 'No node takes it: 0/3 nodes are available: 3 Insufficient cpu.', ['FailedScheduling']],
    ['pod-restarted-recently', 'Healthy', 'Ready', ['RecentRestarts']],
    ['pod-restarted-unready', 'Degraded', 'Container web has restarted 1 time', ['RecentRestarts']],
    ['pod-restarted-long-ago', 'Healthy', 'Ready'],
    ['pod-just-started', 'Progressing', 'Not ready yet: web'],
    ['pod-slow-start', 'Progressing', 'Not ready yet: web'],
    ['pod-readiness-failing', 'Degraded', 'Container web runs for 10 min and is not ready', ['ReadinessFailing']],
    ['pod-failed', 'Degraded', 'Container web ended with exit code 2'],
    ['pod-evicted', 'Degraded', 'Evicted: The node was low on resource memory.', ['Evicted']],
    ['pod-succeeded', 'Healthy', 'Ended with success'],
    ['pod-of-job-running', 'Progressing', 'Runs until it ends'],
    ['pod-unknown', 'Unknown', "Its phase is 'Unknown' (NodeLost)"],
  ])('%s is %s: %s', (name, state, message, signals = []) => {
    const assessment = assessObject(fixture(name), AT);
    expect(assessment?.state ?? 'no opinion').toBe(state);
    expect(assessment?.message ?? '').toBe(message);
    expect(assessment?.signals.map(({ code }) => code) ?? []).toEqual(signals);
  });

  const ready = { conditions: { ready: true } };
  const unready = { conditions: { ready: false } };
  // prettier-ignore
  it.each<[string, string, ServiceBackends, HealthState, string, string[]]>([
    ['a ready endpoint', 'service-cluster-ip', { slices: [{ endpoints: [ready, unready] }] }, 'Healthy', '1 endpoint ready', []],
    ['an endpoint that does not say', 'service-cluster-ip', { slices: [{ endpoints: [{}] }] }, 'Healthy', '1 endpoint ready', []],
    ['only unready endpoints', 'service-cluster-ip', { slices: [{ endpoints: [unready] }] }, 'Degraded', 'Nobody answers: none of 1 endpoint is ready', ['NoEndpoints']],
    ['an empty slice', 'service-cluster-ip', { slices: [{ endpoints: null }] }, 'Degraded', 'Nobody answers: its selector finds no running pod', ['NoEndpoints']],
    ['nothing yet, just made', 'service-new', { slices: [] }, 'Progressing', 'Nobody answers: its selector finds no running pod', []],
    ['workloads scaled to 0', 'service-cluster-ip', { slices: [], scaledToZero: true }, 'Suspended', 'Nobody answers: its workloads are scaled to 0', []],
    ['endpoints that may not be read', 'service-cluster-ip', {}, 'Healthy', 'Has no rule that could fail', []],
    ['an address still to come', 'service-load-balancer-waiting', { slices: [{ endpoints: [ready] }] }, 'Progressing', 'Waiting for the address of a load balancer', []],
  ])('a service with %s (%s)', (_, name, backends, state, message, signals) => {
    const assessment = assessObject(fixture(name), AT, backends);
    expect(assessment).toMatchObject({ state, message });
    expect(assessment?.signals.map(({ code }) => code)).toEqual(signals);
  });

  it.each(['Deployment', 'Pod', 'HorizontalPodAutoscaler', 'Job'])(
    'does not stumble over a %s that is not as it should be',
    kind => {
      const broken = { kind, metadata: {}, spec: null, status: null };
      expect(assessObject(broken as object, AT)?.state).toBe('Unknown');
    },
  );

  it('counts ready replicas of wanted ones and names the image', () => {
    expect(assessObject(fixture('deployment-scaling-up'), AT)).toMatchObject({
      ready: { ready: 2, desired: 4 },
      image: 'auth:1.4.2',
    });
  });
});
