import type { EntityRef, Instant } from '../time';

/** From best to worst. @public */
export const HEALTH_STATES = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Unknown',
  'Missing',
  'Degraded',
] as const;

/** @public */
export type HealthState = (typeof HEALTH_STATES)[number];

/** A verdict with the message why. @public */
export interface HealthVerdict {
  state: HealthState;
  message: string;
}

/** Something wrong with an object, by the field's standard name. @public */
export interface HealthSignal {
  /** 'CrashLoopBackOff', 'ImagePullBackOff', 'OOMKilled', 'FailedScheduling', 'NotReady', 'StalledRollout', ... */
  code: string;
  message: string;
  object: { kind: string; namespace: string; name: string };
}

/** One object and its verdict. @public */
export interface ObjectHealth extends HealthVerdict {
  kind: string;
  namespace: string;
  name: string;
  /** Pods and workloads: how many are ready of how many wanted. */
  ready?: { ready: number; desired: number };
  restarts?: number;
  image?: string;
  /** It is being deleted and still within its time for that: a name that is gone in a moment. */
  isLeaving?: true;
  /** A pod of an older revision of its workload: a rollout takes it away when it goes on. */
  isSuperseded?: true;
  signals: HealthSignal[];
}

/** A workload or another top-level object with what belongs to it. @public */
export interface WorkloadHealth extends ObjectHealth {
  pods: ObjectHealth[];
}

/** How far the view of a cluster can be trusted. @public */
export type ClusterConnection =
  | { kind: 'starting'; message: string }
  | { kind: 'unreachable'; message: string; since: Instant }
  | { kind: 'stale'; since: Instant; message: string }
  | { kind: 'live' };

/** Health of one entity on one cluster. @public */
export interface ClusterHealth extends HealthVerdict {
  cluster: string;
  title: string;
  /** Its nodes are simulated: nothing that its pods answer is real. */
  simulatedNodes: boolean;
  connection: ClusterConnection;
  workloads: WorkloadHealth[];
  /** Kinds that may not be read there, beside the verdict and not rolled up. */
  notPermitted: string[];
}

/** Health of one entity over all clusters. @public */
export interface EntityHealth extends HealthVerdict {
  entityRef: EntityRef;
  clusters: ClusterHealth[];
  signals: HealthSignal[];
  /** When the newest fact in it was learned. */
  at: Instant;
  /** How objects are found, or what is missing to find them. */
  selection:
    | { kind: 'selected'; says: string }
    | { kind: 'not-annotated'; says: string };
}
