import type { Instant } from '../time';
import {
  ageMs,
  assessed,
  conditionOf,
  signalOf,
  type Assessment,
} from './assessment';
import type { Condition, HorizontalPodAutoscaler } from './kubernetesObjects';

/** Metrics of new pods take a while to come; until then their absence is no trouble. */
const METRICS_GRACE_MS = 90_000;

/**
 * Judges an autoscaler. All conditions are looked at for trouble before any is believed: `AbleToScale=True` comes
 * first in the list and says nothing about metrics.
 *
 * @public
 */
export function assessHorizontalPodAutoscaler(
  autoscaler: HorizontalPodAutoscaler,
  at: Instant,
): Assessment {
  const { spec = {}, status = {} } = autoscaler;
  const conditions = status.conditions ?? [];
  const trouble = conditions.find(isTrouble);
  if (trouble) return assessTrouble(autoscaler, trouble, at);

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
  at: Instant,
): Assessment {
  const message = `Cannot scale: ${trouble.message ?? trouble.reason}`;
  const age = ageMs(autoscaler.metadata?.creationTimestamp, at);
  if (
    trouble.type === 'ScalingActive' &&
    age !== undefined &&
    age < METRICS_GRACE_MS
  ) {
    return assessed('Progressing', 'Waiting for the first metrics');
  }
  return assessed('Degraded', message, {
    signals: [signalOf(autoscaler, 'HpaCannotScale', message)],
  });
}
