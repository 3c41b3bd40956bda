import type { Instant } from '../time';

/**
 * The fields of Kubernetes objects that health looks at. Everything is optional, because what an API server leaves
 * out is as normal as what it sends.
 */

/** @public */
export interface ObjectMeta {
  name?: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: Array<{
    uid?: string;
    kind?: string;
    name?: string;
    controller?: boolean;
  }>;
  creationTimestamp?: Instant;
  deletionTimestamp?: Instant;
}

/** Any object of a cluster, as far as all have it. @public */
export interface ClusterObject {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
}

/** @public */
export interface Condition {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: Instant;
}

/** @public */
export interface PodTemplate {
  metadata?: ObjectMeta;
  spec?: PodSpec;
}

/** @public */
export interface Deployment extends ClusterObject {
  spec?: {
    replicas?: number;
    paused?: boolean;
    template?: PodTemplate;
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    conditions?: Condition[];
  };
}

/** @public */
export interface ReplicaSet extends ClusterObject {
  spec?: { replicas?: number; template?: PodTemplate };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    conditions?: Condition[];
  };
}

/** @public */
export interface StatefulSet extends ClusterObject {
  spec?: {
    replicas?: number;
    template?: PodTemplate;
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
  };
}

/** @public */
export interface DaemonSet extends ClusterObject {
  spec?: { template?: PodTemplate; updateStrategy?: { type?: string } };
  status?: {
    observedGeneration?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
    numberReady?: number;
  };
}

/** @public */
export interface Probe {
  initialDelaySeconds?: number;
  periodSeconds?: number;
  failureThreshold?: number;
}

/** @public */
export interface Container {
  name?: string;
  image?: string;
  /** `Always` on an init container makes it a sidecar. */
  restartPolicy?: string;
  readinessProbe?: Probe;
  startupProbe?: Probe;
}

/** @public */
export interface PodSpec {
  restartPolicy?: string;
  containers?: Container[];
  initContainers?: Container[];
  volumes?: Array<{ persistentVolumeClaim?: { claimName?: string } }>;
}

/** @public */
export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: Instant };
  terminated?: {
    exitCode?: number;
    signal?: number;
    reason?: string;
    message?: string;
    finishedAt?: Instant;
  };
}

/** @public */
export interface ContainerStatus {
  name?: string;
  image?: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

/** @public */
export interface Pod extends ClusterObject {
  spec?: PodSpec;
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

/** @public */
export interface Job extends ClusterObject {
  spec?: {
    suspend?: boolean;
    completions?: number;
    backoffLimit?: number;
    template?: PodTemplate;
  };
  status?: {
    active?: number;
    succeeded?: number;
    failed?: number;
    conditions?: Condition[];
  };
}

/** @public */
export interface HorizontalPodAutoscaler extends ClusterObject {
  spec?: {
    minReplicas?: number;
    maxReplicas?: number;
    scaleTargetRef?: { kind?: string; name?: string };
  };
  status?: {
    currentReplicas?: number;
    desiredReplicas?: number;
    conditions?: Condition[];
  };
}

/** @public */
export interface PersistentVolumeClaim extends ClusterObject {
  spec?: { volumeName?: string };
  status?: { phase?: string };
}

/** @public */
export interface Service extends ClusterObject {
  spec?: { type?: string; selector?: Record<string, string> };
  status?: { loadBalancer?: { ingress?: unknown[] } };
}

/** @public */
export interface EndpointSlice extends ClusterObject {
  endpoints?: Array<{ conditions?: { ready?: boolean } }> | null;
}

/** @public */
export interface IngressBackend {
  service?: { name?: string };
}

/** @public */
export interface Ingress extends ClusterObject {
  spec?: {
    defaultBackend?: IngressBackend;
    rules?: Array<{ http?: { paths?: Array<{ backend?: IngressBackend }> } }>;
  };
  status?: { loadBalancer?: { ingress?: unknown[] } };
}

/** @public */
export interface Node extends ClusterObject {
  spec?: { unschedulable?: boolean };
  status?: { conditions?: Condition[] };
}
