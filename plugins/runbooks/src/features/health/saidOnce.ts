import type {
  ClusterHealth,
  EntityHealth,
  WorkloadHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ProblemView } from './healthView';

/** A workload as it was sent, and what is listed as wrong with it. */
export interface ToldWorkload {
  workload: WorkloadHealth;
  problems: ProblemView[];
}

/**
 * What stands beside the verdict of an entity. It comes with the whole reason of the worst object in it; where a row or
 * a notice below tells that reason, only its name stands here: "Deployment till: 1 of 2 pods, ImagePullBackOff".
 */
export function headline(
  health: EntityHealth,
  briefOf: (workload: WorkloadHealth) => string,
): string {
  const { message } = health;
  for (const cluster of health.clusters) {
    const doubt = doubtMessage(cluster);
    if (doubt !== undefined && message.endsWith(doubt)) {
      return withoutColon(message.slice(0, -doubt.length));
    }
    const workload = toldBy(message, cluster);
    if (workload) {
      return `${message.slice(0, -workload.message.length)}${briefOf(
        workload,
      )}`;
    }
  }
  return message;
}

/** Whether the headline of an entity tells of this workload. */
export function isInHeadline(
  health: EntityHealth,
  workload: WorkloadHealth,
): boolean {
  return health.clusters.some(
    cluster => toldBy(health.message, cluster) === workload,
  );
}

/** The reason of a workload in few words: how many of its pods, and by which names what is listed below it goes. */
export function workloadBrief({ workload, problems }: ToldWorkload): string {
  const rest = messageLeft({ workload, problems });
  const codes = [...new Set(problems.map(problem => problem.code))];
  return [rest, ...(rest === workload.message ? [] : codes)]
    .filter(Boolean)
    .join(', ');
}

/** What is left to say in the row of a workload when its problems are listed below: "1 of 2 pods", or nothing. */
export function messageLeft({ workload, problems }: ToldWorkload): string {
  const { message, pods } = workload;
  if (problems.some(problem => problem.message === message)) return '';
  const pod = pods.find(
    one => one.message !== '' && message.endsWith(`: ${one.message}`),
  );
  return pod && isListed(pod.name, problems)
    ? withoutColon(message.slice(0, -pod.message.length))
    : message;
}

function isListed(podName: string, problems: ProblemView[]): boolean {
  return problems.some(problem => problem.object === `Pod ${podName}`);
}

function toldBy(
  message: string,
  { workloads }: ClusterHealth,
): WorkloadHealth | undefined {
  return workloads.find(
    one =>
      one.state !== 'Healthy' &&
      one.message !== '' &&
      message.endsWith(`${one.kind} ${one.name}: ${one.message}`),
  );
}

function doubtMessage({ connection }: ClusterHealth): string | undefined {
  return connection.kind === 'live' || connection.message === ''
    ? undefined
    : connection.message;
}

function withoutColon(text: string): string {
  return text.replace(/[:\s]{1,4}$/, '');
}
