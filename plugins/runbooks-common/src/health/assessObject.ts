import type { Instant } from '../time';
import {
  ageMs,
  assessed,
  lasting,
  signalOf,
  type Assessment,
} from './assessment';
import { assessDaemonSet } from './assessDaemonSet';
import { assessDeployment } from './assessDeployment';
import {
  assessHorizontalPodAutoscaler,
  type ScaledPods,
} from './assessHorizontalPodAutoscaler';
import { assessIngress } from './assessIngress';
import { assessJob } from './assessJob';
import { assessNode } from './assessNode';
import { assessPersistentVolumeClaim } from './assessPersistentVolumeClaim';
import { assessPod } from './assessPod';
import { assessReplicaSet } from './assessReplicaSet';
import { assessService, type ServiceBackends } from './assessService';
import { assessStatefulSet } from './assessStatefulSet';
import type { ClusterObject } from './kubernetesObjects';

/** A deletion that takes longer than this after its own grace period is stuck. */
const DELETION_GRACE_MS = 5 * 60_000;

/** What is around an object, as far as the rule of its kind asks for it. @public */
export interface Surroundings extends ServiceBackends, ScaledPods {}

type Assess = (
  object: ClusterObject,
  at: Instant,
  around?: Surroundings,
) => Assessment | undefined;

const ASSESS_BY_KIND: Record<string, Assess> = {
  DaemonSet: assessDaemonSet,
  Deployment: assessDeployment,
  HorizontalPodAutoscaler: assessHorizontalPodAutoscaler,
  Ingress: assessIngress,
  Job: assessJob,
  Node: assessNode,
  PersistentVolumeClaim: assessPersistentVolumeClaim,
  Pod: assessPod,
  ReplicaSet: assessReplicaSet,
  Service: assessService,
  StatefulSet: assessStatefulSet,
};

/**
 * Judges an object by the rule of its kind. Undefined is "no opinion": the kind has no rule (CronJob, ConfigMap, ...)
 * or its rule cannot tell. That is not the same as Unknown, which says that judging failed. Never throws.
 *
 * @public
 */
export function assessObject(
  object: ClusterObject,
  at: Instant,
  around?: Surroundings,
): Assessment | undefined {
  const assessment = assessByKind(object, at, around);
  return object.metadata?.deletionTimestamp
    ? assessDeletion(object, at, assessment)
    : assessment;
}

/** One object that is not as its kind should be must not hide all others. */
function assessByKind(
  object: ClusterObject,
  at: Instant,
  around?: Surroundings,
): Assessment | undefined {
  const kind = object.kind ?? '';
  if (!Object.hasOwn(ASSESS_BY_KIND, kind)) return undefined;
  try {
    return ASSESS_BY_KIND[kind](object, at, around);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return assessed('Unknown', `It could not be judged: ${reason}`);
  }
}

/** An object that goes away is neither healthy nor ill, unless it does not manage to go. */
function assessDeletion(
  object: ClusterObject,
  at: Instant,
  assessment: Assessment | undefined,
): Assessment {
  const overdue = ageMs(object.metadata?.deletionTimestamp, at) ?? 0;
  const facts = { ...assessment, signals: [] };
  if (overdue <= DELETION_GRACE_MS) {
    return {
      ...facts,
      ...assessed('Progressing', 'Is being deleted', { isLeaving: true }),
    };
  }
  const message = `Its deletion is stuck: overdue for ${lasting(overdue)}`;
  return {
    ...facts,
    ...assessed('Progressing', message, {
      signals: [signalOf(object, 'DeletionStuck', message)],
    }),
  };
}
