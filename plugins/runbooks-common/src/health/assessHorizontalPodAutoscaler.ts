import type { Instant } from '../time';
import {
  ageMs,
  assessed,
  conditionOf,
  signalOf,
  type Assessment,
} from './assessment';
import type {
  Condition,
  HorizontalPodAutoscaler,
  Pod,
} from './kubernetesObjects';

/** Metrics of new pods take a while to come; until then their absence is no trouble. */
const METRICS_GRACE_MS = 90_000;

/** Metrics that come from the pods themselves; all others are there before a pod is. */
const OF_PODS =
  /^(FailedGet(Resource|ContainerResource|Pods)Metric|FailedComputeMetricsReplicas)$/;

/** What an autoscaler scales. @public */
export interface ScaledPods {
  /** Those that live; undefined where they are not known. */
  pods?: Pod[];
}

/**
 * Judges an autoscaler. All conditions are looked at for trouble before any is believed: `AbleToScale=True` comes
 * first in the list and says nothing about metrics. Metrics that are missing right after the autoscaler or a pod of its
 * workload was made, or a pod became ready, by the cluster's own times, are still to come.
 *
 * @public
 */
export function assessHorizontalPodAutoscaler(
  autoscaler: HorizontalPodAutoscaler,
  at: Instant,
  { pods = [] }: ScaledPods = {},
): Assessment {
  const { spec = {}, status = {} } = autoscaler;
  const conditions = status.conditions ?? [];
  const trouble = conditions.find(isTrouble);
  if (trouble) return assessTrouble(autoscaler, trouble, pods, at);

  const limited = conditionOf(conditions, 'ScalingLimited');
  const current = status.currentReplicas ?? 0;
  if (
    limited?.status === 'True' &&
    limited.reason === 'TooManyReplicas' &&
    current >= (spec.maxReplicas ?? Infinity)
  ) {
    const message = `At its maximum of ${spec.maxReplicas} replicas and would add more`;
    return assessed('Healthy', message, {
      signals: [signalOf(autoscaler, 'HpaAtLimit', message)],
    });
  }
  if (conditions.some(isWorking)) {
    return assessed(
      'Healthy',
      `${current} replicas of ${spec.minReplicas ?? 1} to ${
        spec.maxReplicas ?? '?'
      }`,
    );
  }
  return assessed('Progressing', 'Waiting to autoscale');
}

function isTrouble({ type, status, reason = '' }: Condition): boolean {
  if (status !== 'False') return false;
  if (type === 'AbleToScale') {
    return reason === 'FailedGetScale' || reason === 'FailedUpdateScale';
  }
  return (
    type === 'ScalingActive' &&
    (/^FailedGet.*Metric$/.test(reason) ||
      reason === 'FailedComputeMetricsReplicas' ||
      reason === 'InvalidMetricSourceType' ||
      reason === 'InvalidSelector')
  );
}

function isWorking({ type, status }: Condition): boolean {
  return (
    status === 'True' && (type === 'AbleToScale' || type === 'ScalingLimited')
  );
}

function assessTrouble(
  autoscaler: HorizontalPodAutoscaler,
  trouble: Condition,
  pods: Pod[],
  at: Instant,
): Assessment {
  const message = `Cannot scale: ${trouble.message ?? trouble.reason}`;
  if (trouble.type === 'ScalingActive') {
    if (isYoung(autoscaler.metadata?.creationTimestamp, at)) {
      return assessed('Progressing', 'Waiting for the first metrics');
    }
    if (
      OF_PODS.test(trouble.reason ?? '') &&
      pods.some(pod => isNew(pod, at))
    ) {
      return assessed('Progressing', 'Waiting for the metrics of new pods');
    }
  }
  return assessed('Degraded', message, {
    signals: [signalOf(autoscaler, 'HpaCannotScale', message)],
  });
}

function isNew({ metadata, status }: Pod, at: Instant): boolean {
  const ready = conditionOf(status?.conditions, 'Ready');
  return (
    isYoung(metadata?.creationTimestamp, at) ||
    (ready?.status === 'True' && isYoung(ready.lastTransitionTime, at))
  );
}

function isYoung(since: Instant | undefined, at: Instant): boolean {
  const age = ageMs(since, at);
  return age !== undefined && age < METRICS_GRACE_MS;
}
