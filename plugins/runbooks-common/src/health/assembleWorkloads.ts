import type { Instant } from '../time';
import { counted, nameOf, type Assessment } from './assessment';
import { assessObject } from './assessObject';
import type {
  ClusterObject,
  Deployment,
  EndpointSlice,
  HorizontalPodAutoscaler,
  Ingress,
  IngressBackend,
  Pod,
  Service,
} from './kubernetesObjects';
import {
  matchesLabels,
  requirementsOf,
  type LabelRequirement,
} from './labelSelector';
import type { HealthSignal, ObjectHealth, WorkloadHealth } from './model';
import { groupBy, ObjectIndex } from './ObjectIndex';
import { supersededPods } from './supersededPods';
import { isWorse, worstOf } from './worstOf';

/** Which objects are an entity's own: those in a namespace (undefined: in any) whose labels meet all demands. @public */
export interface ObjectSelector {
  /** Only on this cluster; undefined: on all. */
  cluster?: string;
  namespace?: string;
  requirements: LabelRequirement[];
}

/** What was found of an entity on a cluster. */
export interface AssembledWorkloads {
  workloads: WorkloadHealth[];
  /** Kinds and names of what was found but has no rule. */
  withoutOpinion: string[];
}

const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'Pod',
];
const ORDER = [
  ...WORKLOAD_KINDS,
  'HorizontalPodAutoscaler',
  'Service',
  'Ingress',
  'PersistentVolumeClaim',
];

/**
 * Finds an entity's objects among those of a cluster, and judges them.
 *
 * An object belongs to an entity when its labels match; with a pod come its owners (through ReplicaSets and Jobs) and
 * with an owner all of its pods, because labels are often forgotten on one of the two. Services that select such a
 * pod, autoscalers that scale such a workload, claims that such a pod mounts and ingresses before such a service
 * belong to it as well. A controller's finished pods are shown and do not count: the controller speaks for them.
 */
export function assembleWorkloads(
  objects: Iterable<ClusterObject>,
  selectors: ObjectSelector[],
  at: Instant,
  options: { endpointsAreKnown: boolean },
): AssembledWorkloads {
  const index = new ObjectIndex(objects);
  const selected = index.all.filter(object => isSelected(object, selectors));
  const tops = new Set(
    selected
      .filter(object => WORKLOAD_KINDS.includes(object.kind ?? ''))
      .map(object => index.topOf(object)),
  );
  const podsByTop = groupBy(
    (index.byKind.get('Pod') ?? []).filter(pod => tops.has(index.topOf(pod))),
    pod => index.topOf(pod),
  );
  const members = [...tops].flatMap(top => speakersOf(top, index));
  const related = relatedTo(index, [...tops], [...podsByTop.values()].flat());
  const wanted = new Set([
    ...members,
    ...related,
    ...selected.filter(
      object =>
        !WORKLOAD_KINDS.includes(object.kind ?? '') &&
        object.kind !== 'EndpointSlice',
    ),
  ]);

  const superseded = supersededPods([...podsByTop], index);
  const workloads: WorkloadHealth[] = [];
  const withoutOpinion: string[] = [];
  for (const object of wanted) {
    const pods = podsOf(object, index, podsByTop);
    const assessment = assessObject(object, at, {
      slices: options.endpointsAreKnown ? slicesOf(object, index) : undefined,
      scaledToZero: selectsOnlyScaledToZero(object, [...tops]),
      pods: podsScaledBy(object, podsByTop),
    });
    if (assessment) {
      workloads.push(
        withPods(
          { ...nameOf(object), ...assessment },
          object.kind === 'Pod' ? [] : pods,
          { at, superseded },
        ),
      );
    } else {
      withoutOpinion.push(`${object.kind} ${object.metadata?.name}`);
    }
  }
  return { workloads: workloads.sort(byKindAndName), withoutOpinion };
}

function isSelected(
  object: ClusterObject,
  selectors: ObjectSelector[],
): boolean {
  return selectors.some(
    selector =>
      (selector.namespace === undefined ||
        selector.namespace === object.metadata?.namespace) &&
      matchesLabels(object.metadata?.labels, selector.requirements),
  );
}

/** Who speaks for a workload: itself, or of a CronJob the newest Job, because older ones are history. */
function speakersOf(top: ClusterObject, index: ObjectIndex): ClusterObject[] {
  if (top.kind !== 'CronJob') return [top];
  const jobs = (index.byKind.get('Job') ?? [])
    .filter(job => index.ownerOf(job) === top)
    .sort((a, b) =>
      (b.metadata?.creationTimestamp ?? '').localeCompare(
        a.metadata?.creationTimestamp ?? '',
      ),
    );
  return [top, ...jobs.slice(0, 1)];
}

function podsOf(
  object: ClusterObject,
  index: ObjectIndex,
  podsByTop: Map<ClusterObject, ClusterObject[]>,
): ClusterObject[] {
  const pods = podsByTop.get(index.topOf(object)) ?? [];
  if (object.kind === 'CronJob') return [];
  return object.kind === 'Job'
    ? pods.filter(pod => index.ownerOf(pod) === object)
    : pods;
}

function relatedTo(
  index: ObjectIndex,
  tops: ClusterObject[],
  pods: Pod[],
): ClusterObject[] {
  const templates = [...tops.map(templateLabelsOf), ...pods.map(labelsOf)];
  const services = (index.byKind.get('Service') ?? []).filter(service =>
    templates.some(labels => serviceSelects(service, labels)),
  );
  const serviceNames = new Set(services.map(keyOf));
  const claims = new Set(
    pods.flatMap(pod =>
      (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
        persistentVolumeClaim
          ? [`${pod.metadata?.namespace}/${persistentVolumeClaim.claimName}`]
          : [],
      ),
    ),
  );
  const scaled = new Set(tops.map(placedNameOf));
  return [
    ...services,
    ...(index.byKind.get('HorizontalPodAutoscaler') ?? []).filter(
      (autoscaler: HorizontalPodAutoscaler) => scaled.has(targetOf(autoscaler)),
    ),
    ...(index.byKind.get('PersistentVolumeClaim') ?? []).filter(claim =>
      claims.has(keyOf(claim)),
    ),
    ...(index.byKind.get('Ingress') ?? []).filter((ingress: Ingress) =>
      backendsOf(ingress).some(({ service }) =>
        serviceNames.has(`${ingress.metadata?.namespace}/${service?.name}`),
      ),
    ),
  ];
}

interface PlacedLabels {
  namespace?: string;
  labels?: Record<string, string>;
}

function labelsOf(object: ClusterObject): PlacedLabels {
  return {
    namespace: object.metadata?.namespace,
    labels: object.metadata?.labels,
  };
}

function templateLabelsOf(workload: Deployment): PlacedLabels {
  return {
    namespace: workload.metadata?.namespace,
    labels: workload.spec?.template?.metadata?.labels,
  };
}

function serviceSelects(service: Service, pod: PlacedLabels): boolean {
  const requirements = requirementsOf(service.spec?.selector);
  return (
    requirements.length > 0 &&
    pod.labels !== undefined &&
    service.metadata?.namespace === pod.namespace &&
    matchesLabels(pod.labels, requirements)
  );
}

function backendsOf(ingress: Ingress): IngressBackend[] {
  return [
    ...(ingress.spec?.defaultBackend ? [ingress.spec.defaultBackend] : []),
    ...(ingress.spec?.rules ?? []).flatMap(rule =>
      (rule.http?.paths ?? []).flatMap(({ backend }) => backend ?? []),
    ),
  ];
}

function slicesOf(
  object: ClusterObject,
  index: ObjectIndex,
): EndpointSlice[] | undefined {
  if (object.kind !== 'Service') return undefined;
  return (index.byKind.get('EndpointSlice') ?? []).filter(
    slice =>
      slice.metadata?.namespace === object.metadata?.namespace &&
      slice.metadata?.labels?.['kubernetes.io/service-name'] ===
        object.metadata?.name,
  );
}

function placedNameOf({ kind, metadata }: ClusterObject): string {
  return `${metadata?.namespace}/${kind}/${metadata?.name}`;
}

function targetOf({ metadata, spec }: HorizontalPodAutoscaler): string {
  const target = spec?.scaleTargetRef;
  return `${metadata?.namespace}/${target?.kind}/${target?.name}`;
}

function podsScaledBy(
  object: ClusterObject,
  podsByTop: Map<ClusterObject, Pod[]>,
): Pod[] | undefined {
  if (object.kind !== 'HorizontalPodAutoscaler') return undefined;
  const target = targetOf(object);
  const scaled = [...podsByTop].find(([top]) => placedNameOf(top) === target);
  return scaled?.[1].filter(isLiving);
}

function selectsOnlyScaledToZero(object: Service, tops: Deployment[]): boolean {
  if (object.kind !== 'Service') return false;
  const behind = tops.filter(top =>
    serviceSelects(object, templateLabelsOf(top)),
  );
  return behind.length > 0 && behind.every(top => top.spec?.replicas === 0);
}

/** Adds the pods, and lets those that still live make the verdict worse. */
function withPods(
  workload: ObjectHealth,
  pods: Pod[],
  { at, superseded }: { at: Instant; superseded: ReadonlySet<ClusterObject> },
): WorkloadHealth {
  const judged = pods
    .map(pod => ({
      lives: isLiving(pod),
      health: {
        ...nameOf(pod),
        ...assessObject(pod, at),
        ...(superseded.has(pod) ? { isSuperseded: true } : {}),
      } as ObjectHealth,
    }))
    .sort((a, b) => a.health.name.localeCompare(b.health.name));
  const living = judged.filter(pod => pod.lives).map(pod => pod.health);
  const worst = worstOf(living);
  const verdict =
    worst && isWorse(worst.state, workload.state)
      ? podVerdict(worst, living)
      : undefined;
  return {
    ...workload,
    ...verdict,
    restarts: living.length
      ? living.reduce((sum, pod) => sum + (pod.restarts ?? 0), 0)
      : workload.restarts,
    signals: gathered([workload, ...living]),
    pods: judged.map(pod => pod.health),
  };
}

function isLiving(pod: Pod): boolean {
  const phase = pod.status?.phase;
  return (
    !pod.metadata?.deletionTimestamp &&
    phase !== 'Succeeded' &&
    phase !== 'Failed'
  );
}

function podVerdict(
  worst: ObjectHealth,
  living: ObjectHealth[],
): Pick<Assessment, 'state' | 'message'> {
  const alike = living.filter(pod => pod.state === worst.state).length;
  return {
    state: worst.state,
    message: `${alike} of ${counted(living.length, 'pod')}: ${worst.message}`,
  };
}

/** One signal per code; the others of the same code are counted, because a hundred pods fail for one reason. */
export function gathered(
  objects: Array<{ signals: HealthSignal[] }>,
): HealthSignal[] {
  const byCode = groupBy(
    objects.flatMap(object => object.signals),
    signal => signal.code,
  );
  return [...byCode.values()].map(([first, ...others]) => ({
    ...first,
    message:
      others.length > 0
        ? `${first.message} (and ${others.length} more like it)`
        : first.message,
  }));
}

function keyOf(object: ClusterObject): string {
  return `${object.metadata?.namespace}/${object.metadata?.name}`;
}

function byKindAndName(a: ObjectHealth, b: ObjectHealth): number {
  return (
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    a.namespace.localeCompare(b.namespace) ||
    a.name.localeCompare(b.name)
  );
}
