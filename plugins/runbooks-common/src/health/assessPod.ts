import type { Instant } from '../time';
import {
  ageMs,
  assessed,
  conditionOf,
  lasting,
  signalOf,
  type Assessment,
} from './assessment';
import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  Probe,
} from './kubernetesObjects';
import type { HealthSignal } from './model';

/** A container that ended longer ago has come to rest: its restarts are history, not trouble. */
export const RECENT_RESTART_MS = 10 * 60_000;

/** From so many restarts on, a container that does not become ready crashes in a loop. */
const LOOP_RESTARTS = 2;

/** A scheduler needs a moment, and an autoscaler of nodes some minutes, before a pod without a node is in trouble. */
const SCHEDULING_GRACE_MS = 5 * 60_000;

/** Least time a started container gets to become ready, whatever its probe says. */
const READINESS_GRACE_MS = 30_000;

/**
 * Judges a pod by its containers, init containers included, and by its phase.
 *
 * What the container says comes before what the phase says: a pod whose init container crashes in a loop is `Pending`
 * for ever, and a pod that runs and ends in turns is `Running` half of the time.
 *
 * @public
 */
export function assessPod(pod: Pod, at: Instant): Assessment {
  const facts = factsOf(pod);
  const troubles = troublesOf(pod, at);
  const verdict = verdictOf(pod, at, troubles);
  const signals = [...troubles, ...verdict.signals];
  return {
    ...verdict,
    ...facts,
    signals: signals.filter(
      (signal, index) =>
        signals.findIndex(other => other.code === signal.code) === index,
    ),
  };
}

function verdictOf(
  pod: Pod,
  at: Instant,
  troubles: HealthSignal[],
): Assessment {
  const { status = {} } = pod;
  const blocked = containersOf(pod).find(({ state }) => isBlocked(state));
  if (blocked && status.phase !== 'Succeeded' && status.phase !== 'Failed') {
    return assessed('Degraded', blockedMessage(blocked, troubles));
  }
  switch (status.phase) {
    case 'Succeeded':
      return assessed('Healthy', 'Ended with success');
    case 'Failed':
      return assessFailed(pod);
    case 'Running':
      return assessRunning(pod, at);
    case 'Pending':
      return assessPending(pod, at);
    default:
      return assessed(
        'Unknown',
        `Its phase is '${status.phase ?? 'not told'}'${
          status.reason ? ` (${status.reason})` : ''
        }`,
      );
  }
}

function assessPending(pod: Pod, at: Instant): Assessment {
  const scheduled = conditionOf(pod.status?.conditions, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    const age = ageMs(scheduled.lastTransitionTime, at) ?? 0;
    const message = `No node takes it: ${
      scheduled.message ?? 'no reason is given'
    }`;
    return assessed(
      age >= SCHEDULING_GRACE_MS ? 'Degraded' : 'Progressing',
      message,
      { signals: [signalOf(pod, 'FailedScheduling', message)] },
    );
  }
  const waiting = containersOf(pod).find(({ state }) => state?.waiting);
  return assessed(
    'Progressing',
    waiting?.state?.waiting?.reason
      ? `Starting: ${waiting.state.waiting.reason}`
      : 'Starting',
  );
}

function assessRunning(pod: Pod, at: Instant): Assessment {
  const neverRestarts = pod.spec?.restartPolicy
    ? pod.spec.restartPolicy !== 'Always'
    : false;
  if (neverRestarts) return assessed('Progressing', 'Runs until it ends');

  const ready = conditionOf(pod.status?.conditions, 'Ready');
  const unready = (pod.status?.containerStatuses ?? []).filter(
    container => !container.ready,
  );
  if (unready.length === 0 && ready?.status !== 'False') {
    return assessed('Healthy', 'Ready');
  }
  const ended = unready.find(container => endedRecently(container, at));
  if (ended) {
    return assessed('Degraded', restartMessage(ended));
  }
  return assessUnready(pod, unready, at);
}

/** Not ready, and nothing has ended: its probe decides how long that is normal. */
function assessUnready(
  pod: Pod,
  unready: ContainerStatus[],
  at: Instant,
): Assessment {
  for (const container of unready) {
    const spec = pod.spec?.containers?.find(
      ({ name }) => name === container.name,
    );
    const age = ageMs(container.state?.running?.startedAt, at);
    if (age !== undefined && age > readinessAllowanceMs(spec)) {
      const message = `Container ${container.name} runs for ${lasting(
        age,
      )} and is not ready`;
      return assessed('Degraded', message, {
        signals: [signalOf(pod, 'ReadinessFailing', message)],
      });
    }
  }
  const names = unready.map(container => container.name).join(', ');
  return assessed(
    'Progressing',
    names
      ? `Not ready yet: ${names}`
      : `Not ready: ${
          conditionOf(pod.status?.conditions, 'Ready')?.message ??
          'a readiness gate is closed'
        }`,
  );
}

function assessFailed(pod: Pod): Assessment {
  const { status = {} } = pod;
  if (status.reason || status.message) {
    const message = [status.reason, status.message].filter(Boolean).join(': ');
    return assessed('Degraded', message, {
      signals:
        status.reason === 'Evicted' ? [signalOf(pod, 'Evicted', message)] : [],
    });
  }
  const failed = containersOf(pod).find(
    ({ state }) => (state?.terminated?.exitCode ?? 0) !== 0,
  );
  return assessed(
    'Degraded',
    failed
      ? `Container ${failed.name} ${endInWords(failed.state?.terminated)}`
      : 'Failed, and does not say why',
  );
}

/** What the containers themselves complain of. */
function troublesOf(pod: Pod, at: Instant): HealthSignal[] {
  return containersOf(pod).flatMap(container => [
    ...waitingTrouble(pod, container),
    ...endTrouble(pod, container, at),
  ]);
}

function waitingTrouble(pod: Pod, container: ContainerStatus): HealthSignal[] {
  const waiting = container.state?.waiting;
  if (!isBlocked(container.state) || !waiting?.reason) return [];
  const code =
    waiting.reason === 'ErrImagePull' ? 'ImagePullBackOff' : waiting.reason;
  return [
    signalOf(
      pod,
      code,
      `Container ${container.name}: ${
        waiting.message ?? waiting.reason
      }${lastEnd(container)}`,
    ),
  ];
}

/** A back-off says that it waits, and not why. */
function lastEnd(container: ContainerStatus): string {
  const end = lastEndOf(container);
  return end && container.state?.waiting?.reason === 'CrashLoopBackOff'
    ? `; it ${endInWords(end)}`
    : '';
}

function endTrouble(
  pod: Pod,
  container: ContainerStatus,
  at: Instant,
): HealthSignal[] {
  if (!endedRecently(container, at)) return [];
  const isOutOfMemory = [
    container.state?.terminated,
    lastEndOf(container),
  ].some(end => end?.reason === 'OOMKilled' && isRecent(end.finishedAt, at));
  return [
    ...(isOutOfMemory
      ? [
          signalOf(
            pod,
            'OOMKilled',
            `Container ${container.name} needed more memory than its limit and was killed`,
          ),
        ]
      : []),
    ...restartTrouble(pod, container),
  ];
}

/** Between two crashes a container of a crash loop runs, and only its restarts tell. */
function restartTrouble(pod: Pod, container: ContainerStatus): HealthSignal[] {
  const restarts = container.restartCount ?? 0;
  if (restarts === 0 || isBlocked(container.state)) return [];
  const isLoop = !container.ready && restarts >= LOOP_RESTARTS;
  return [
    signalOf(
      pod,
      isLoop ? 'CrashLoopBackOff' : 'RecentRestarts',
      restartMessage(container),
    ),
  ];
}

function containersOf(pod: Pod): ContainerStatus[] {
  return [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
}

/** Waits for a reason that does not go away by waiting. */
function isBlocked(state: ContainerState | undefined): boolean {
  const reason = state?.waiting?.reason ?? '';
  return (
    /^Err/.test(reason) ||
    /(Error|BackOff)$/.test(reason) ||
    reason === 'InvalidImageName'
  );
}

function blockedMessage(
  container: ContainerStatus,
  troubles: HealthSignal[],
): string {
  const reason = container.state?.waiting?.reason;
  const why = whyBlocked(container, troubles);
  return `Container ${container.name}: ${reason}${why ? `, ${why}` : ''}`;
}

function whyBlocked(
  container: ContainerStatus,
  troubles: HealthSignal[],
): string | undefined {
  if (troubles.some(signal => signal.code === 'OOMKilled')) {
    return 'it is killed for lack of memory';
  }
  const waiting = container.state?.waiting;
  const end = lastEndOf(container);
  return end && waiting?.reason === 'CrashLoopBackOff'
    ? `it ${endInWords(end)}`
    : waiting?.message;
}

type Ended = ContainerState['terminated'];

function lastEndOf(container: ContainerStatus): Ended {
  return container.lastState?.terminated;
}

/** Something of the container ended a short while ago: by its last state, or because it runs anew only since then. */
function endedRecently(container: ContainerStatus, at: Instant): boolean {
  const { running, terminated } = container.state ?? {};
  return (
    isRecent(lastEndOf(container)?.finishedAt, at) ||
    isRecent(terminated?.finishedAt, at) ||
    ((container.restartCount ?? 0) > 0 && isRecent(running?.startedAt, at))
  );
}

function isRecent(instant: Instant | undefined, at: Instant): boolean {
  const age = ageMs(instant, at);
  return age !== undefined && age < RECENT_RESTART_MS;
}

function restartMessage(container: ContainerStatus): string {
  const restarts = container.restartCount ?? 0;
  const times = `${restarts} time${restarts === 1 ? '' : 's'}`;
  const end = lastEndOf(container);
  return `Container ${container.name} has restarted ${times}${
    end ? `; the last time it ${endInWords(end)}` : ''
  }`;
}

function endInWords(end: Ended): string {
  if (!end) return 'ended';
  if (end.reason === 'OOMKilled') return 'was killed for lack of memory';
  if (end.signal) return `was ended by signal ${end.signal}`;
  if (end.exitCode === 0) return 'ended with success';
  return `ended with exit code ${end.exitCode ?? 'unknown'}${
    end.message ? ` (${end.message.trim().slice(0, 200)})` : ''
  }`;
}

function readinessAllowanceMs(container: Container | undefined): number {
  const ready = probeAllowanceMs(container?.readinessProbe);
  const started = probeAllowanceMs(container?.startupProbe);
  return Math.max(READINESS_GRACE_MS, ready + started);
}

function probeAllowanceMs(probe: Probe | undefined): number {
  if (!probe) return 0;
  const { initialDelaySeconds = 0, periodSeconds = 10 } = probe;
  return (
    (initialDelaySeconds + periodSeconds * (probe.failureThreshold ?? 3)) * 1000
  );
}

function factsOf(pod: Pod): Partial<Assessment> {
  const containers = pod.status?.containerStatuses ?? [];
  const desired = pod.spec?.containers?.length ?? containers.length;
  return {
    ready: {
      ready: containers.filter(container => container.ready).length,
      desired,
    },
    restarts: containersOf(pod).reduce(
      (sum, container) => sum + (container.restartCount ?? 0),
      0,
    ),
    image: pod.spec?.containers?.[0]?.image,
  };
}
