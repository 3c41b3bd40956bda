import {
  assertNever,
  type ClusterConnection,
  type ClusterHealth,
  type EntityHealth,
  type HealthSignal,
  type HealthState,
  type WorkloadHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Followed } from '../../async/useFollowed';
import { agoWords } from '../../words/timeWords';
import { upperFirst } from '../../words/upperFirst';
import type { Tone } from '../../words/tone';
import { headline, isInHeadline, messageLeft, workloadBrief } from './saidOnce';

/**
 * Live health as a screen shows it.
 *
 * What was learned before a connection was lost is shown as "last known" and never in the colour of health.
 */
export type HealthView =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | { status: 'not-annotated'; says: string }
  | {
      status: 'shown';
      verdict: VerdictView;
      /** Why it may be old, where it may. */
      doubt?: string;
      clusters: ClusterView[];
      /** What is wrong, for finding procedures that fit. */
      signals: HealthSignal[];
      says: string;
    };

export interface VerdictView {
  label: string;
  tone: Tone;
  message: string;
}

export interface ClusterView {
  name: string;
  title: string;
  simulatedNodes: boolean;
  verdict: VerdictView;
  /** Why this cluster cannot be trusted right now. */
  doubt?: { title: string; message: string; whatToDo: string };
  workloads: WorkloadView[];
  notPermitted: string[];
}

export interface WorkloadView {
  key: string;
  kind: string;
  name: string;
  namespace: string;
  verdict: VerdictView;
  /** "2/3 ready" */
  ready?: string;
  image?: string;
  problems: ProblemView[];
  /** Pods that have no problem. */
  quietPods: number;
}

export interface ProblemView {
  key: string;
  /** "CrashLoopBackOff", or the state where no signal names it. */
  code: string;
  object: string;
  message: string;
  tone: Tone;
}

const TONES: Record<HealthState, Tone> = {
  Healthy: 'ok',
  Suspended: 'neutral',
  Progressing: 'info',
  Unknown: 'caution',
  Missing: 'caution',
  Degraded: 'danger',
};

/** Turns what was followed into what is shown at the moment `now`. */
export function healthView(
  followed: Followed<EntityHealth>,
  now: number,
): HealthView {
  const { value, connection } = followed;
  if (connection.kind === 'denied') {
    return { status: 'failed', error: connection.error };
  }
  if (!value) {
    return connection.kind === 'lost'
      ? { status: 'failed', error: connection.error }
      : { status: 'loading' };
  }
  if (value.selection.kind === 'not-annotated') {
    return { status: 'not-annotated', says: value.selection.says };
  }
  const isLost =
    connection.kind !== 'streaming' && connection.kind !== 'polling';
  const allLive =
    !isLost && value.clusters.every(one => one.connection.kind === 'live');
  return {
    status: 'shown',
    verdict: entityVerdict(
      value,
      headline(value, workload =>
        workloadBrief({ workload, problems: problemsOf(workload) }),
      ),
      allLive,
    ),
    doubt: isLost
      ? `No news from the server; this is from ${agoWords(value.at, now)}.`
      : undefined,
    clusters: value.clusters.map(one => clusterView(value, one, isLost, now)),
    signals: value.signals,
    says: value.selection.says,
  };
}

/** Where nothing has ever been heard, nothing is known last either. */
function entityVerdict(
  { state, clusters }: EntityHealth,
  message: string,
  isLive: boolean,
): VerdictView {
  if (state !== 'Unknown') return verdictView(state, message, isLive);
  return clusters.length > 0 && clusters.every(isStarting)
    ? { label: 'Starting', tone: 'info', message }
    : verdictView(state, message, isLive || clusters.every(neverHeard));
}

function isStarting({ connection }: ClusterHealth): boolean {
  return connection.kind === 'starting';
}

function neverHeard({ connection }: ClusterHealth): boolean {
  return connection.kind === 'starting' || connection.kind === 'unreachable';
}

function verdictView(
  state: HealthState,
  message: string,
  isLive: boolean,
): VerdictView {
  return isLive
    ? { label: state, tone: TONES[state], message }
    : {
        label: `Last known: ${state}`,
        tone: state === 'Healthy' ? 'neutral' : TONES[state],
        message,
      };
}

function clusterView(
  health: EntityHealth,
  cluster: ClusterHealth,
  isLost: boolean,
  now: number,
): ClusterView {
  const isLive = !isLost && cluster.connection.kind === 'live';
  return {
    name: cluster.cluster,
    title: cluster.title,
    simulatedNodes: cluster.simulatedNodes,
    verdict:
      cluster.connection.kind === 'starting'
        ? { label: 'Starting', tone: 'info', message: cluster.message }
        : verdictView(cluster.state, cluster.message, isLive),
    doubt: doubtOf(cluster.connection, now),
    workloads: cluster.workloads.map(one => workloadView(health, one, isLive)),
    notPermitted: cluster.notPermitted,
  };
}

/** What a notice may begin with, and the title says already. */
const STARTING = /^(?:the )?cluster is starting: /i;

const LOST_CLUSTER =
  'It is tried again by itself. If that does not help, whoever operates the portal finds what is missing under Runbooks → Set-up.';

function doubtOf(connection: ClusterConnection, now: number) {
  switch (connection.kind) {
    case 'live':
      return undefined;
    case 'starting':
      return {
        title: 'The cluster is starting',
        message: upperFirst(connection.message.replace(STARTING, '')),
        whatToDo: 'It shows here by itself when it answers.',
      };
    case 'unreachable':
      return {
        title: `The cluster has been out of reach since ${agoWords(
          connection.since,
          now,
        )}`,
        message: connection.message,
        whatToDo: LOST_CLUSTER,
      };
    case 'stale':
      return {
        title: `Stale: last heard from the cluster ${agoWords(
          connection.since,
          now,
        )}`,
        message: connection.message,
        whatToDo: LOST_CLUSTER,
      };
    default:
      return assertNever(connection);
  }
}

function workloadView(
  health: EntityHealth,
  workload: WorkloadHealth,
  isLive: boolean,
): WorkloadView {
  const problems = problemsOf(workload);
  const left = messageLeft({ workload, problems });
  const isTold = left === workload.message && isInHeadline(health, workload);
  return {
    key: `${workload.kind}/${workload.namespace}/${workload.name}`,
    kind: workload.kind,
    name: workload.name,
    namespace: workload.namespace,
    verdict: verdictView(workload.state, isTold ? '' : left, isLive),
    ready: workload.ready
      ? `${workload.ready.ready}/${workload.ready.desired} ready`
      : undefined,
    image: workload.image,
    problems,
    quietPods: workload.pods.filter(
      pod => pod.signals.length === 0 && pod.state !== 'Degraded',
    ).length,
  };
}

/** What is gathered of the pods stands for each of them: one line for each kind of trouble, however many pods have it. */
function problemsOf(workload: WorkloadHealth): ProblemView[] {
  const gathered = new Set(workload.signals.map(signal => signal.code));
  const named = uniqueProblems([
    ...workload.signals,
    ...workload.pods
      .flatMap(pod => pod.signals)
      .filter(signal => !gathered.has(signal.code)),
  ]);
  const unnamed = workload.pods
    .filter(pod => pod.state === 'Degraded' && pod.signals.length === 0)
    .map(pod => ({
      key: `${pod.kind}/${pod.name}`,
      code: pod.state,
      object: `${pod.kind} ${pod.name}`,
      message: pod.message,
      tone: TONES[pod.state],
    }));
  return [...named, ...unnamed];
}

function uniqueProblems(signals: HealthSignal[]): ProblemView[] {
  const byKey = new Map<string, ProblemView>();
  for (const signal of signals) {
    const object = `${signal.object.kind} ${signal.object.name}`;
    const key = `${signal.code}|${object}|${signal.message}`;
    byKey.set(key, {
      key,
      code: signal.code,
      object,
      message: signal.message,
      tone: 'danger',
    });
  }
  return [...byKey.values()];
}
