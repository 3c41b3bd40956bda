import { createHash } from 'node:crypto';

/*
 * Statuses as a kubelet would write them; every function takes values and returns values.
 */

/** The status of one container in a state such as `{ running: { startedAt } }`. */
export function containerStatus(
  container,
  state,
  /** @type {{ ready?: boolean, restartCount?: number, lastState?: any }} */
  { ready = false, restartCount = 0, lastState } = {},
) {
  const pulled = !state.waiting || restartCount > 0;
  return {
    name: container.name,
    image: container.image,
    imageID: pulled ? `simulated://sha256:${digestOf(container.image)}` : '',
    containerID: pulled
      ? `simulated://${digestOf(
          `${container.name} ${restartCount} ${container.image}`,
        )}`
      : '',
    ready,
    started: state.running !== undefined,
    restartCount,
    state,
    ...(lastState ? { lastState } : {}),
  };
}

/** The status of a whole pod made of the statuses of its containers. */
export function podStatus({ pod, ip, startedAt, phase, containers, at }) {
  const ready =
    phase === 'Running' && containers.every(container => container.ready);
  const readiness = {
    status: ready ? 'True' : 'False',
    lastTransitionTime: readySince(pod, ready) ?? at,
    ...whyNotReady(ready, phase, containers),
  };
  const given = { status: 'True', lastTransitionTime: startedAt };
  return {
    phase,
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    podIP: ip,
    podIPs: [{ ip }],
    startTime: startedAt,
    containerStatuses: containers,
    ...initContainerStatuses(pod, startedAt),
    conditions: [
      { type: 'PodReadyToStartContainers', ...given },
      { type: 'Initialized', ...given },
      { type: 'Ready', ...readiness },
      { type: 'ContainersReady', ...readiness },
      { type: 'PodScheduled', ...given },
    ],
  };
}

function readySince(pod, ready) {
  const before = pod.status?.conditions?.find(
    condition => condition.type === 'Ready',
  );
  return before?.status === (ready ? 'True' : 'False')
    ? before.lastTransitionTime
    : undefined;
}

function whyNotReady(ready, phase, containers) {
  if (ready) return {};
  if (phase === 'Succeeded') return { reason: 'PodCompleted' };
  if (phase === 'Failed') return { reason: 'PodFailed' };
  const names = containers
    .filter(container => !container.ready)
    .map(container => container.name);
  return {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names.join(' ')}]`,
  };
}

function initContainerStatuses(pod, startedAt) {
  if (!pod.spec.initContainers) return {};
  const done = {
    terminated: {
      exitCode: 0,
      reason: 'Completed',
      startedAt,
      finishedAt: startedAt,
    },
  };
  return {
    initContainerStatuses: pod.spec.initContainers.map(container =>
      containerStatus(container, done, { ready: true }),
    ),
  };
}

function digestOf(text) {
  return createHash('sha256').update(text).digest('hex');
}
