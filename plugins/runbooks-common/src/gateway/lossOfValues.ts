import { isNone, type Tree } from './trees';

/** What a value of a kind sets off that nothing takes back; `isSaid` where the change sets it and no manifest says it again. */
const LOSSES: Readonly<
  Record<string, (spec: Tree, isSaid: (key: string) => boolean) => Loss>
> = {
  '/pods': (_, isSaid) =>
    isSaid('activeDeadlineSeconds')
      ? 'it sets when the pod is stopped'
      : undefined,
  '/services': serviceLoss,
  '/replicationcontrollers': stops,
  'apps/replicasets': stops,
  'apps/deployments': workloadLoss,
  'apps/statefulsets': workloadLoss,
  'apps/daemonsets': workloadLoss,
  'batch/jobs': jobLoss,
  'batch/cronjobs': cronJobLoss,
  'autoscaling/horizontalpodautoscalers': ({ minReplicas }) =>
    isNone(minReplicas) ? 'it lets an autoscaler go to zero' : undefined,
  '/persistentvolumes': ({ persistentVolumeReclaimPolicy: policy }) =>
    /^(?:Delete|Recycle)$/.test(String(policy))
      ? 'it lets a volume be deleted with its claim'
      : undefined,
};

type Loss = string | undefined;

/** With addresses of its own choice a service takes what was meant for others. */
const ADDRESSES = ['externalIPs', 'externalName', 'loadBalancerIP'];

/**
 * What a value that a change sets in the specification of a known kind takes away for good, in words: pods that stop,
 * volumes and ended jobs that are deleted, an address that is given back. Undefined where none does.
 *
 * @param kind - Group and resource of the object.
 * @param isAgain - A manifest says it, which may be of a new object or say what is there already.
 */
export function lossOfValues(kind: string, spec: Tree, isAgain: boolean): Loss {
  return Object.hasOwn(LOSSES, kind)
    ? LOSSES[kind](spec, key => !isAgain && !isNothing(spec[key]))
    : undefined;
}

function workloadLoss(spec: Tree, isSaid: (key: string) => boolean): Loss {
  const { revisionHistoryLimit, persistentVolumeClaimRetentionPolicy } = spec;
  if (isNone(revisionHistoryLimit))
    return 'it keeps no earlier revision, so that nothing can be rolled back';
  if (isSaid('revisionHistoryLimit'))
    return 'it sets how many earlier revisions are kept, and the others are deleted';
  if (isSaid('ordinals'))
    return 'it numbers the pods anew, and those with other numbers are deleted';
  if (
    /"Delete"/.test(JSON.stringify(persistentVolumeClaimRetentionPolicy) ?? '')
  )
    return 'it lets volumes be deleted with their pods';
  return stops(spec);
}

function jobLoss(spec: Tree, isSaid: (key: string) => boolean): Loss {
  if (isNone(spec.parallelism)) return 'it stops a job';
  if (isSaid('parallelism') || isSaid('completions'))
    return 'it sets how many pods a job has, and the others are deleted';
  if (spec.suspend === true) return 'it suspends a job, whose pods are deleted';
  if (isSaid('ttlSecondsAfterFinished'))
    return 'it sets when the job and its logs are deleted';
  if (isSaid('activeDeadlineSeconds')) return 'it sets when the job is stopped';
  return isSaid('backoffLimit')
    ? 'it sets after how many failures the job is stopped'
    : undefined;
}

function cronJobLoss(spec: Tree, isSaid: (key: string) => boolean): Loss {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = spec;
  if (isNone(successfulJobsHistoryLimit) || isNone(failedJobsHistoryLimit))
    return 'it keeps no job that has ended, nor its logs';
  if (isSaid('successfulJobsHistoryLimit') || isSaid('failedJobsHistoryLimit'))
    return 'it sets how many ended jobs are kept, and the others are deleted with their logs';
  return isSaid('concurrencyPolicy') && spec.concurrencyPolicy === 'Replace'
    ? 'it lets a job that runs be stopped by the next one'
    : undefined;
}

/** Whoever gives up a load balancer does not get its address back. */
function serviceLoss(spec: Tree, isSaid: (key: string) => boolean): Loss {
  const { type } = spec;
  const address = ADDRESSES.find(key => Object.hasOwn(spec, key));
  if (address !== undefined)
    return `it sets '${address}' of a service, which takes the traffic of others`;
  return isSaid('type') && type !== 'LoadBalancer'
    ? 'it sets the type of a service, which gives up the address of its load balancer where it has one'
    : undefined;
}

function stops({ replicas }: Tree): Loss {
  return isNone(replicas) ? 'it scales to zero' : undefined;
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
