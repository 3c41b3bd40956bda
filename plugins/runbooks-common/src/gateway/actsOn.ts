import { referencesIn } from '../scope/podReferences';
import { podSpecOf, runsPods } from './podRisk';
import type { ActsOn } from './actsOnModel';
import { isTree, type Tree } from './trees';

/** What is done to everybody in the namespace, or may be. */
export const EVERYBODY: ActsOn = { kind: 'everybody' };

type Judge = (tree: Tree, place: Place) => ActsOn[];

interface Place {
  kind: string;
  /** Name of the object; '' where it is not known. */
  name: string;
  isPart: boolean;
}

const nobody: Judge = () => [];

/** Kinds of which it is known what they say of others. Of any other everybody may be meant. */
const KINDS: Readonly<Record<string, Judge>> = {
  '/configmaps': nobody,
  '/secrets': nobody,
  '/serviceaccounts': nobody,
  '/events': nobody,
  'events.k8s.io/events': nobody,
  // Whoever is in the namespace has them as well.
  'policy/poddisruptionbudgets': nobody,
  'networking.k8s.io/networkpolicies': nobody,
  'coordination.k8s.io/leases': nobody,
  // Only a grant that names them lets them be written.
  'rbac.authorization.k8s.io/roles': nobody,
  'rbac.authorization.k8s.io/rolebindings': nobody,
  '/resourcequotas': nobody,
  '/limitranges': nobody,
  '/services': onSelected,
  '/endpoints': (_, { name }) => [object('', 'services', name)],
  'discovery.k8s.io/endpointslices': onService,
  '/persistentvolumeclaims': onVolumes,
  'autoscaling/horizontalpodautoscalers': onTarget,
  'networking.k8s.io/ingresses': onRoutes,
};

/** Their own labels say who takes them over. */
const ADOPTED = new Set(['/pods', 'apps/replicasets']);
const PLAIN_VOLUMES = new Set(
  'name configMap secret emptyDir persistentVolumeClaim downwardAPI ephemeral projected'.split(
    ' ',
  ),
);

/**
 * Upon whose objects an object acts without touching them, or a part of one: what it scales, routes to, selects, mounts,
 * is adopted by, or belongs to. An allow list: of a kind, field or value that is not understood everybody in the namespace
 * counts. Of what is in no namespace nothing is said here.
 *
 * @param kind - Group and resource of the object.
 * @param isPart - It changes what is there: labels that it has besides are not known.
 */
export function actsOn(
  kind: string,
  tree: Tree,
  { name = '', isPart = false }: { name?: string; isPart?: boolean } = {},
): ActsOn[] {
  const metadata = isTree(tree.metadata) ? tree.metadata : {};
  const place = {
    kind,
    name: name || (typeof metadata.name === 'string' ? metadata.name : ''),
    isPart,
  };
  return [
    ...onOwners(metadata.ownerReferences),
    ...(ADOPTED.has(kind) ? onLabels(metadata.labels, isPart) : []),
    ...onOthers(tree, place),
  ];
}

function onOthers(tree: Tree, place: Place): ActsOn[] {
  const { kind } = place;
  if (runsPods(kind)) return onPods(tree, place);
  return Object.hasOwn(KINDS, kind) ? KINDS[kind](tree, place) : [EVERYBODY];
}

function object(group: string, resource: string, name: unknown): ActsOn {
  return typeof name === 'string' && name !== ''
    ? { kind: 'object', group, resource, name }
    : EVERYBODY;
}

/** `{ apiVersion, kind, name }`. */
function named(reference: unknown): ActsOn {
  if (!isTree(reference)) return EVERYBODY;
  const { apiVersion, kind, name } = reference;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    return EVERYBODY;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return object(group, pluralOf(kind), name);
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(?:s|x|ch)$/.test(lower)) return `${lower}es`;
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

function onOwners(owners: unknown): ActsOn[] {
  if (owners === undefined || owners === null) return [];
  return Array.isArray(owners) ? owners.map(named) : [EVERYBODY];
}

/** Labels without those that are taken off, which join nothing. */
function onLabels(labels: unknown, isPart: boolean): ActsOn[] {
  const set = textsOf(labels);
  if (set === undefined) return [EVERYBODY];
  return Object.keys(set).length === 0
    ? []
    : [{ kind: 'pods', labels: set, ...(isPart ? { isPart: true } : {}) }];
}

function onSelected({ spec }: Tree, { isPart }: Place): ActsOn[] {
  return isTree(spec) ? onSelector(spec.selector, isPart) : [];
}

function onSelector(selector: unknown, isPart: boolean): ActsOn[] {
  const labels = textsOf(selector);
  if (labels === undefined) return [EVERYBODY];
  if (Object.keys(labels).length === 0)
    return isTree(selector) && Object.keys(selector).length > 0
      ? [EVERYBODY]
      : [];
  return [{ kind: 'selected', labels, ...(isPart ? { isPart: true } : {}) }];
}

/** Undefined where it is no map of texts. */
function textsOf(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {};
  if (!isTree(value)) return undefined;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return entries.every(([, one]) => typeof one === 'string')
    ? (Object.fromEntries(entries) as Record<string, string>)
    : undefined;
}

function onService({ metadata }: Tree): ActsOn[] {
  const labels = isTree(metadata) ? metadata.labels : undefined;
  const name = isTree(labels)
    ? labels['kubernetes.io/service-name']
    : undefined;
  return name === undefined ? [] : [object('', 'services', name)];
}

function onVolumes({ spec }: Tree): ActsOn[] {
  if (!isTree(spec)) return [];
  const { volumeName, selector, dataSource, dataSourceRef } = spec;
  return [volumeName, selector].some(isThere)
    ? [EVERYBODY]
    : [dataSource, dataSourceRef]
        .filter(isThere)
        .map(source =>
          isTree(source) && source.kind === 'PersistentVolumeClaim'
            ? object('', 'persistentvolumeclaims', source.name)
            : EVERYBODY,
        );
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function onTarget({ spec }: Tree): ActsOn[] {
  return isTree(spec) && isThere(spec.scaleTargetRef)
    ? [named(spec.scaleTargetRef)]
    : [];
}

/** The Services behind an Ingress, its certificates, and the names whose traffic it takes. */
function onRoutes({ spec }: Tree): ActsOn[] {
  if (!isTree(spec)) return [];
  const { rules, tls, defaultBackend, backend, ...rest } = spec;
  const isOdd = Object.keys(rest).some(key => key !== 'ingressClassName');
  return [
    ...(isOdd ? [EVERYBODY] : []),
    // It takes what no rule of anybody takes.
    ...([defaultBackend, backend].some(isThere) ? [EVERYBODY] : []),
    ...listOf(rules).flatMap(onRule),
    ...listOf(tls)
      .map(one =>
        isTree(one) && one.secretName === undefined
          ? []
          : [object('', 'secrets', isTree(one) ? one.secretName : undefined)],
      )
      .flat(),
  ];
}

function onRule(rule: unknown): ActsOn[] {
  if (!isTree(rule)) return [EVERYBODY];
  const { host, http } = rule;
  const hosts: ActsOn[] =
    typeof host === 'string' && /^[^*]+$/.test(host)
      ? [{ kind: 'host', name: host }]
      : [EVERYBODY];
  const paths = isTree(http) ? listOf(http.paths) : [];
  return [
    ...hosts,
    ...paths.map(path => {
      const backend = isTree(path) ? path.backend : undefined;
      const service = isTree(backend) ? backend.service : undefined;
      return isTree(service) ? object('', 'services', service.name) : EVERYBODY;
    }),
  ];
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [undefined];
}

function onPods(tree: Tree, { kind, name, isPart }: Place): ActsOn[] {
  const pod = podSpecOf(kind, tree);
  const spec = isTree(tree.spec) ? tree.spec : {};
  return [
    ...(kind === '/pods' ? [] : onLabels(podLabels(kind, tree), isPart)),
    ...onReferences(pod),
    ...onEphemeral(pod, kind === '/pods' ? name : undefined),
    ...onResourceClaims(pod),
    ...onNeighbours(pod),
    ...onAdopted(spec),
    ...(kind === 'apps/statefulsets'
      ? [
          ...listOf(spec.volumeClaimTemplates).flatMap(onTemplate),
          ...onClaims(spec, name, isPart),
        ]
      : []),
  ];
}

function podLabels(kind: string, tree: Tree): unknown {
  const job = at(tree.spec, kind === 'batch/cronjobs' ? 'jobTemplate' : '');
  const spec = kind === 'batch/cronjobs' ? at(job, 'spec') : tree.spec;
  const template =
    kind === '/podtemplates' ? tree.template : at(spec, 'template');
  return at(at(template, 'metadata'), 'labels');
}

function at(value: unknown, key: string): unknown {
  return isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Secrets are asked for by themselves. */
function onReferences(pod: unknown): ActsOn[] {
  const volumes = listOf(at(pod, 'volumes'));
  const isOdd = volumes.some(
    one =>
      !isTree(one) ||
      Object.keys(one).some(
        key => !PLAIN_VOLUMES.has(key) && !key.startsWith('$'),
      ),
  );
  const found = referencesIn(pod)
    .map(reference => reference.split('/'))
    .filter(
      ([resource, name]) =>
        resource !== 'secrets' &&
        !(resource === 'serviceaccounts' && /^(?:default)?$/.test(name)),
    )
    .map(([resource, name]) => object('', resource, name));
  return isOdd ? [EVERYBODY, ...found] : found;
}

/**
 * The volumes that a pod has for itself: the claim that is made for one is `POD-VOLUME`, which others may take by that
 * name. The pods of a workload have letters by chance or a number in theirs: only a volume with a number at its end makes
 * a name that a StatefulSet takes.
 */
function onEphemeral(pod: unknown, podName: string | undefined): ActsOn[] {
  return listOf(at(pod, 'volumes')).flatMap(volume => {
    const ephemeral = at(volume, 'ephemeral');
    if (!isThere(ephemeral)) return [];
    const name = at(volume, 'name');
    const isOther = typeof name === 'string' && !/(?:^|-)\d+$/.test(name);
    const claim = podName && name ? `${podName}-${name}` : '';
    return [
      ...onTemplate(at(ephemeral, 'volumeClaimTemplate')),
      ...(podName === undefined && isOther
        ? []
        : [object('', 'persistentvolumeclaims', claim)]),
    ];
  });
}

/** What a claim is filled with that is made of a template. */
function onTemplate(template: unknown): ActsOn[] {
  return isTree(template) ? onVolumes(template) : [EVERYBODY];
}

/** Devices by a name: whose they are is not read. */
function onResourceClaims(pod: unknown): ActsOn[] {
  return listOf(at(pod, 'resourceClaims')).length > 0 ? [EVERYBODY] : [];
}

/** Pods that push others out of their nodes, or keep them away. */
function onNeighbours(pod: unknown): ActsOn[] {
  const { priorityClassName, priority, affinity } = isTree(pod) ? pod : {};
  if ([priorityClassName, priority].some(isThere)) return [EVERYBODY];
  const terms = listOf(
    at(
      at(affinity, 'podAntiAffinity'),
      'requiredDuringSchedulingIgnoredDuringExecution',
    ),
  );
  return terms.flatMap(term =>
    [at(term, 'namespaces'), at(term, 'namespaceSelector')].some(isThere)
      ? [EVERYBODY]
      : onLabelSelector(at(term, 'labelSelector')),
  );
}

function onLabelSelector(selector: unknown): ActsOn[] {
  const labels = textsOf(at(selector, 'matchLabels'));
  const expressions = listOf(at(selector, 'matchExpressions')).map(one => {
    const [value, ...more] = listOf(at(one, 'values'));
    const key = at(one, 'key');
    return at(one, 'operator') === 'In' &&
      typeof key === 'string' &&
      typeof value === 'string' &&
      more.length === 0
      ? [key, value]
      : undefined;
  });
  const all =
    labels && !expressions.includes(undefined)
      ? {
          ...labels,
          ...Object.fromEntries(expressions.flatMap(one => (one ? [one] : []))),
        }
      : {};
  return Object.keys(all).length === 0
    ? [EVERYBODY]
    : [{ kind: 'selected', labels: all }];
}

/** What decides which claims a StatefulSet has, and what becomes of them. */
const ABOUT_CLAIMS = [
  'volumeClaimTemplates',
  'replicas',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
];

/**
 * A StatefulSet takes claims that are there by their names. How many it has now says nothing of the next change, so of a
 * new one each number counts.
 */
function onClaims(spec: Tree, name: string, isPart: boolean): ActsOn[] {
  if (isPart)
    return ABOUT_CLAIMS.some(key => Object.hasOwn(spec, key))
      ? [name === '' ? EVERYBODY : { kind: 'claims', set: name }]
      : [];
  const templates = listOf(spec.volumeClaimTemplates).map(template =>
    at(at(template, 'metadata'), 'name'),
  );
  const texts = templates.filter(
    (one): one is string => typeof one === 'string',
  );
  if (templates.length === 0)
    return name === '' ? [] : [{ kind: 'claims', set: name, templates: [] }];
  return name === '' || texts.length < templates.length
    ? [EVERYBODY]
    : [{ kind: 'claims', set: name, templates: texts }];
}

/** A workload takes over the pods and ReplicaSets that its selector finds and that nothing else has made. */
function onAdopted(spec: Tree): ActsOn[] {
  return isThere(spec.selector) ? onLabelSelector(spec.selector) : [];
}
