/** How people write about a kind of trouble, and how surely they mean it: 10 is its usual name, 4 a guess. */
export type Phrases = Array<[phrase: string, weight: number]>;

const NOT_STARTING: Phrases = [
  ['pod not starting', 8],
  ['container not starting', 8],
  ['not starting', 6],
  ['pod stuck', 5],
  ['deployment failure', 6],
  ['deployment stuck', 6],
];

const SILENT: Phrases = [
  ['service unavailable', 10],
  ['service not responding', 10],
  ['service not accessible', 10],
  ['service unreachable', 10],
  ['service down', 9],
  ['no endpoints', 10],
  ['endpoints empty', 9],
  ['cannot access', 7],
  ['not responding', 8],
  ['unreachable', 7],
  ['unavailable', 6],
  ['503', 6],
  ['outage', 6],
];

const IMAGE: Phrases = [
  ['image pull', 10],
  ['pull image', 10],
  ['image not found', 9],
  ['bad image', 8],
  ['image', 4],
  ...NOT_STARTING,
];

const MEMORY: Phrases = [
  ['oom', 10],
  ['out of memory', 10],
  ['memory leak', 9],
  ['high memory', 9],
  ['memory usage', 8],
  ['memory', 6],
  ['resource usage', 5],
  ['resource limit', 5],
  ['pod crash', 4],
];

const ROLLOUT: Phrases = [
  ['rollout stalled', 10],
  ['rollout stuck', 10],
  ['deployment stuck', 10],
  ['deployment failure', 10],
  ['failed deployment', 9],
  ['rollout', 6],
  ['rollback', 5],
  ['pod not starting', 5],
];

/**
 * The words of runbooks for the signals of live health. A signal's own code is always one of its words and is not
 * repeated here.
 */
export const SIGNAL_PHRASES: Record<string, Phrases> = {
  CrashLoopBackOff: [
    ['crash loop', 10],
    ['pod crash', 10],
    ['container crash', 9],
    ['pod restarting', 8],
    ['container restarting', 8],
    ['restart count', 7],
    ['crash', 6],
    ['pod down', 5],
    ['pod not starting', 5],
  ],
  CreateContainerConfigError: [
    ['config error', 8],
    ['configuration error', 8],
    ['missing secret', 8],
    ['missing configmap', 8],
    ...NOT_STARTING,
  ],
  CreateContainerError: NOT_STARTING,
  DeletionStuck: [
    ['stuck terminating', 10],
    ['terminating', 8],
    ['finalizer', 7],
  ],
  ErrImageNeverPull: IMAGE,
  Evicted: [
    ['evicted', 10],
    ['node pressure', 9],
    ['disk pressure', 8],
    ['memory pressure', 8],
    ['disk space', 6],
    ['resource usage', 5],
    ['memory', 4],
  ],
  FailedScheduling: [
    ['pod pending', 10],
    ['unschedulable', 10],
    ['scheduling', 8],
    ['insufficient resource', 8],
    ['insufficient cpu', 8],
    ['pending', 6],
    ['node capacity', 7],
    ['pod not starting', 7],
    ['resource usage', 5],
    ['not starting', 5],
  ],
  HpaAtLimit: [
    ['scaling not working', 8],
    ['horizontal scaling', 8],
    ['autoscaling', 8],
    ['max replicas', 8],
    ['hpa', 7],
    ['scale up', 7],
    ['scaling', 6],
    ['high load', 6],
    ['high traffic', 6],
    ['high cpu', 6],
    ['high resource usage', 6],
  ],
  HpaCannotScale: [
    ['scaling not working', 10],
    ['scaling failure', 10],
    ['metrics server', 8],
    ['autoscaling', 8],
    ['hpa', 8],
    ['scaling', 6],
  ],
  ImagePullBackOff: IMAGE,
  InvalidImageName: IMAGE,
  JobFailed: [
    ['job failed', 10],
    ['job failure', 10],
    ['cron job', 7],
    ['batch job', 7],
  ],
  NoEndpoints: SILENT,
  NodeNotReady: [
    ['node not ready', 10],
    ['node down', 10],
    ['node failure', 9],
    ['drain node', 6],
  ],
  NodePressure: [
    ['node pressure', 10],
    ['disk pressure', 9],
    ['disk space', 8],
    ['resource usage', 6],
    ['drain node', 5],
  ],
  OOMKilled: MEMORY,
  ReadinessFailing: [
    ['readiness', 10],
    ['pod not ready', 9],
    ['not ready', 8],
    ['health check fail', 8],
    ['service not responding', 7],
    ['not responding', 6],
    ['service unavailable', 6],
    ['pod not starting', 5],
  ],
  RecentRestarts: [
    ['pod restarting', 9],
    ['restart count', 9],
    ['pod crash', 8],
    ['crash loop', 7],
    ['crash', 5],
  ],
  ReplicaFailure: [['quota', 10], ...ROLLOUT],
  RunContainerError: NOT_STARTING,
  ScaledToZero: [
    ['scaled to zero', 10],
    ['scale up', 7],
    ['service unavailable', 6],
    ['service down', 6],
    ['outage', 6],
    ['scaling', 5],
  ],
  StalledRollout: ROLLOUT,
  VolumeLost: [
    ['volume lost', 10],
    ['persistent volume', 8],
    ['data loss', 7],
    ['pvc', 7],
    ['storage', 6],
    ['restore', 5],
  ],
};
