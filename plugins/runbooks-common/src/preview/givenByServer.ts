import { isTree, type Tree } from '../gateway/trees';
import type { Place } from './place';

/** Of metadata: what the API server keeps about an object, and what its name says already. */
const OF_METADATA = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
  'name',
  'namespace',
  'generateName',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/** What of a Service the API server chooses by itself, another value each time. */
const CHOSEN = ['clusterIP', 'clusterIPs', 'healthCheckNodePort'];

const TEMPLATE_COUNT = 'deprecated.daemonset.template.generation';

/** Names with random letters, of the volume with the token of its account that each pod is given. */
const TOKEN_NAME = /^(?:kube-api-access|[a-z0-9.-]{1,200}-token)-[a-z0-9]{5}$/;
const TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** ConfigMaps that the volume holds besides. */
const GIVEN_CONFIG = new Set<unknown>([
  'kube-root-ca.crt',
  'openshift-service-ca.crt',
]);

/** What the API server puts in where nothing was sent. */
const DEFAULTS = valuesByKey({
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  imagePullPolicy: ['IfNotPresent', 'Always'],
  restartPolicy: ['Always'],
  dnsPolicy: ['ClusterFirst'],
  schedulerName: ['default-scheduler'],
  terminationGracePeriodSeconds: [30],
  enableServiceLinks: [true],
  preemptionPolicy: ['PreemptLowerPriority'],
  priority: [0],
  serviceAccount: ['default'],
  serviceAccountName: ['default'],
  protocol: ['TCP'],
  scheme: ['HTTP'],
  failureThreshold: [3],
  periodSeconds: [10],
  successThreshold: [1],
  timeoutSeconds: [1],
  defaultMode: [420],
  apiVersion: ['v1'],
  apiGroup: ['rbac.authorization.k8s.io'],
  progressDeadlineSeconds: [600],
  revisionHistoryLimit: [10],
  maxSurge: ['25%', 0],
  maxUnavailable: ['25%', 1],
  partition: [0],
  podManagementPolicy: ['OrderedReady'],
  whenDeleted: ['Retain'],
  whenScaled: ['Retain'],
  volumeMode: ['Filesystem'],
  phase: ['Pending'],
  expirationSeconds: [3600],
  sessionAffinity: ['None'],
  internalTrafficPolicy: ['Cluster'],
  externalTrafficPolicy: ['Cluster'],
  allocateLoadBalancerNodePorts: [true],
  ipFamilyPolicy: ['SingleStack'],
  ipFamilies: ['["IPv4"]', '["IPv6"]'],
  backoffLimit: [6],
  completionMode: ['NonIndexed'],
  completions: [1],
  parallelism: [1],
  suspend: [false],
  manualSelector: [false],
  podReplacementPolicy: ['TerminatingOrFailed'],
  concurrencyPolicy: ['Allow'],
  failedJobsHistoryLimit: [1],
  successfulJobsHistoryLimit: [3],
  minReplicas: [1],
  finalizers: [
    '["kubernetes"]',
    '["kubernetes.io/pvc-protection"]',
    '["kubernetes.io/pv-protection"]',
  ],
  policyTypes: ['["Ingress"]'],
  securityContext: ['{}'],
  resources: ['{}'],
});

/** The same of keys that have it under one other key only. */
const DEFAULTS_UNDER = valuesByKey({
  'spec.type': ['ClusterIP'],
  'strategy.type': ['RollingUpdate'],
  'updateStrategy.type': ['RollingUpdate'],
  'hostPath.type': [''],
  '.type': ['Opaque'],
  'httpGet.path': ['/'],
});
/** Labels that repeat the name of the object. */
const REPEATS_NAME = new Set([
  'kubernetes.io/metadata.name',
  'batch.kubernetes.io/job-name',
  'job-name',
]);
/** Every pod gets them, for five minutes. */
const TOLERATED = new Set([
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
]);
const TOLERATION = valuesByKey({
  effect: ['NoExecute'],
  operator: ['Exists'],
  tolerationSeconds: [300],
});

/** An object without what the API server keeps about it: its status, too, unless that is to be compared. */
export function withoutBookkeeping(object: Tree, withStatus: boolean): Tree {
  const { metadata, status, apiVersion, kind, ...rest } = object;
  const kept = Object.entries(isTree(metadata) ? metadata : {}).filter(
    ([key]) => !OF_METADATA.has(key),
  );
  return {
    ...(kept.length > 0 ? { metadata: Object.fromEntries(kept) } : {}),
    ...rest,
    ...(withStatus && status !== undefined ? { status } : {}),
  };
}

/** A DaemonSet without the annotation by which its controller counts how often its template was changed. */
export function withoutTemplateCount(object: Tree): Tree {
  const { metadata } = object;
  if (!isTree(metadata) || !isTree(metadata.annotations)) return object;
  const { [TEMPLATE_COUNT]: count, ...annotations } = metadata.annotations;
  if (typeof count !== 'string' || !/^\d{1,10}$/.test(count)) return object;
  const { annotations: _all, ...others } = metadata;
  const isBare = Object.keys(annotations).length === 0;
  const kept = isBare ? others : { ...others, annotations };
  if (Object.keys(kept).length > 0) return { ...object, metadata: kept };
  const { metadata: _none, ...rest } = object;
  return rest;
}

/**
 * A Service without addresses and ports of nodes that nobody asked for: in another dry run they are others. The API
 * server chooses only where there was nothing before.
 *
 * @param sent - Where it is not known, everything may have been asked for.
 */
export function withoutChoices(
  after: Tree,
  before: Tree | undefined,
  sent: unknown,
): Tree {
  const { spec } = after;
  if (sent === undefined || !isTree(spec)) return after;
  const was = isTree(before?.spec) ? before.spec : {};
  const asked = askedIn(sent);
  const isChosen = (key: string) =>
    CHOSEN.includes(key) && isNothing(was[key]) && !asked.includes(key);
  const kept = Object.fromEntries(
    Object.entries(spec).flatMap(([key, value]) => {
      if (!isChosen(key)) return [[key, value]];
      return was[key] === undefined ? [] : [[key, was[key]]];
    }),
  );
  const isPortChosen = Array.isArray(spec.ports) && !asked.includes('nodePort');
  const ports = isPortChosen && {
    ports: withoutNodePorts(
      spec.ports as unknown[],
      Array.isArray(was.ports) ? was.ports : [],
    ),
  };
  return { ...after, spec: { ...kept, ...ports } };
}

/** Object or patch as a text. What is noted on a Service asks for nothing. */
function askedIn(sent: unknown): string {
  if (!isTree(sent)) return textOf(sent);
  const { metadata: _metadata, ...rest } = sent;
  return textOf(rest);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === '';
}

/** A port that had one keeps it, and one that was there before was not chosen now. */
function withoutNodePorts(
  ports: readonly unknown[],
  before: readonly unknown[],
): unknown[] {
  const was = before.filter(isTree);
  const had = new Set(
    was.flatMap(port => (port.nodePort === undefined ? [] : [portOf(port)])),
  );
  const there = new Set(was.map(({ nodePort }) => nodePort));
  return ports.map(port => {
    if (!isTree(port) || port.nodePort === undefined) return port;
    const { nodePort, ...rest } = port;
    return had.has(portOf(port)) || there.has(nodePort) ? port : rest;
  });
}

function portOf({ port, protocol }: Tree): string {
  return JSON.stringify([port, protocol ?? 'TCP']);
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Nested more deeply than any object that a server takes.
    return '';
  }
}

/** Whether a new member of a list is what every pod is given under a random name, and nothing else. */
export function isGivenMember(list: Place, member: unknown): boolean {
  if (!isTree(member) || !isTokenName(member.name)) return false;
  if (list.key === 'volumeMounts') return member.mountPath === TOKEN_FOLDER;
  const { name: _name, projected, ...others } = member;
  const sources = isTree(projected) ? projected.sources : undefined;
  return (
    list.key === 'volumes' &&
    Object.keys(others).length === 0 &&
    Array.isArray(sources) &&
    sources.every(isGivenSource)
  );
}

/** A token of the pod's account for the API server, what its answers are checked by, and where the pod is. */
function isGivenSource(source: unknown): boolean {
  if (!isTree(source) || Object.keys(source).length !== 1) return false;
  const { serviceAccountToken, configMap, downwardAPI } = source;
  return (
    isTree(downwardAPI) ||
    (isTree(configMap) && GIVEN_CONFIG.has(configMap.name)) ||
    (isTree(serviceAccountToken) && serviceAccountToken.audience === undefined)
  );
}

function isTokenName(name: unknown): boolean {
  return typeof name === 'string' && name.length < 300 && TOKEN_NAME.test(name);
}

/**
 * Whether a field of a created object holds what the API server puts in where nothing was sent.
 *
 * @param name - of the object
 */
export function isServerDefault(
  place: Place,
  value: unknown,
  name: string,
): boolean {
  const { key, parent } = place;
  if (parent && TOLERATED.has(parent.key)) {
    return (
      parent.parent?.key === 'tolerations' &&
      TOLERATION.get(key)?.includes(value) === true
    );
  }
  if (REPEATS_NAME.has(key)) return value === name;
  const owner = parent?.key ?? '';
  if (key === 'kind') {
    return value === 'PersistentVolumeClaim' && isOfTemplates(parent);
  }
  const text =
    typeof value === 'object' && value !== null ? textOf(value) : value;
  const known = [DEFAULTS_UNDER.get(`${owner}.${key}`), DEFAULTS.get(key)];
  return known.some(values => values?.includes(text));
}

function isOfTemplates(place: Place | undefined): boolean {
  return place?.parent?.key === 'volumeClaimTemplates';
}

/** A key of an object may be the name of what every object has: `constructor`. */
function valuesByKey(
  values: Record<string, readonly unknown[]>,
): ReadonlyMap<string, readonly unknown[]> {
  return new Map(Object.entries(values));
}

/** Whether a field says nothing, whoever put it in. */
export function saysNothing({ key }: Place, value: unknown): boolean {
  return (
    /^(?:resources|securityContext|strategy)$/.test(key) &&
    isTree(value) &&
    Object.keys(value).length === 0
  );
}
