import { NODE_NAMES } from './registerNodes.mjs';
import { toSeconds } from './instants.mjs';

const GROUP = 'metrics.k8s.io/v1beta1';
const USUAL_CPU = 15;
const USUAL_MEMORY = 64;
const IDLE_NODE_CPU = 100;
const IDLE_NODE_MEMORY = 1024;

/**
 * Answers the metrics API: what `kubectl top` and autoscalers read.
 *
 * @param steps the path below /apis, split
 * @returns `{ status, body }`
 */
export function answerMetrics(steps, query, pods) {
  const [, , resource, ...rest] = steps;
  if (resource === undefined) return found(resourceList());
  const running = pods
    .all()
    .filter(life => life.phase === 'Running' && !life.ending);
  if (resource === 'nodes') return answerNodes(rest[0], running);

  const namespace = resource === 'namespaces' ? rest[0] : undefined;
  const name = resource === 'namespaces' ? rest[2] : undefined;
  const wanted = running.filter(
    ({ pod }) =>
      namespace === undefined || pod.metadata.namespace === namespace,
  );
  if (name !== undefined) {
    const life = wanted.find(({ pod }) => pod.metadata.name === name);
    return life ? found(podMetrics(life)) : notFound(name);
  }
  const selects = parseSelector(query.get('labelSelector') ?? '');
  return found(
    list(
      'PodMetricsList',
      wanted
        .filter(({ pod }) => selects(pod.metadata.labels ?? {}))
        .map(podMetrics),
    ),
  );
}

/** Turns `a=b,c!=d,e in (f,g),!h` into a function over labels. */
export function parseSelector(text) {
  const requirements = text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(Boolean)
    .map(parseRequirement);
  return labels => requirements.every(isMet => isMet(labels));
}

function parseRequirement(text) {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    return labels => values.includes(labels[set[1]]) === (set[2] === 'in');
  }
  const equality = /^([^\s!=]+)\s*(==|=|!=)\s*(\S*)$/.exec(text);
  if (equality)
    return labels =>
      (labels[equality[1]] === equality[3]) === (equality[2] !== '!=');
  return text.startsWith('!')
    ? labels => !(text.slice(1) in labels)
    : labels => text in labels;
}

function answerNodes(name, running) {
  if (name === undefined)
    return found(
      list(
        'NodeMetricsList',
        NODE_NAMES.map(node => nodeMetrics(node, running)),
      ),
    );
  return NODE_NAMES.includes(name)
    ? found(nodeMetrics(name, running))
    : notFound(name);
}

function podMetrics({ pod }) {
  const { cpu, memory } = usage(pod);
  return {
    kind: 'PodMetrics',
    apiVersion: GROUP,
    metadata: {
      name: pod.metadata.name,
      namespace: pod.metadata.namespace,
      labels: pod.metadata.labels,
    },
    ...window(),
    containers: pod.spec.containers.map(({ name }) => ({
      name,
      usage: { cpu: `${cpu}m`, memory: `${memory}Mi` },
    })),
  };
}

function nodeMetrics(name, running) {
  const here = running.filter(({ pod }) => pod.spec.nodeName === name);
  const sum = (idle, amountOf) =>
    here.reduce(
      (total, { pod }) =>
        total + amountOf(usage(pod)) * pod.spec.containers.length,
      idle,
    );
  return {
    kind: 'NodeMetrics',
    apiVersion: GROUP,
    metadata: { name },
    ...window(),
    usage: {
      cpu: `${sum(IDLE_NODE_CPU, ({ cpu }) => cpu)}m`,
      memory: `${sum(IDLE_NODE_MEMORY, ({ memory }) => memory)}Mi`,
    },
  };
}

/** Millicores and mebibytes of each container of the pod. */
function usage(pod) {
  const annotation = (name, usual) => {
    const value = Number(
      pod.metadata.annotations?.[`backstage-runbooks.io/${name}`],
    );
    return Number.isInteger(value) ? value : usual;
  };
  return {
    cpu: annotation('cpu-m', USUAL_CPU),
    memory: annotation('mem-mi', USUAL_MEMORY),
  };
}

function window() {
  return { timestamp: toSeconds(new Date()), window: '15s' };
}

function list(kind, items) {
  return { kind, apiVersion: GROUP, metadata: {}, items };
}

function resourceList() {
  const resource = (name, kind, namespaced) => ({
    name,
    singularName: '',
    namespaced,
    kind,
    verbs: ['get', 'list'],
  });
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: GROUP,
    resources: [
      resource('nodes', 'NodeMetrics', false),
      resource('pods', 'PodMetrics', true),
    ],
  };
}

function found(body) {
  return { status: 200, body };
}

function notFound(name) {
  return {
    status: 404,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'NotFound',
      message: `no metrics for ${name}`,
      code: 404,
    },
  };
}
