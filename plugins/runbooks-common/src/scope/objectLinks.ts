import {
  matchesLabels,
  requirementsOf,
  type LabelRequirement,
} from '../health/labelSelector';
import type { OwnedObject } from '../plan/entitiesWritten';
import type { FoundObject } from './claims';

/** Of each object, the places in the list of those that are whoever it belongs to's as well. */
export type ObjectLinks = number[][];

/**
 * What belongs together in a namespace:
 * - a controller and what it made, in both directions;
 * - a workload, and the ConfigMaps, Secrets, claims and service accounts that its pods refer to;
 * - a workload, and what acts upon it: autoscalers and Services;
 * - a Service and the Ingresses that lead to it, an Ingress and its certificates.
 *
 * A Service does not lead to what its selector finds: one that two teams share would make their workloads each other's.
 */
export function objectLinks(found: FoundObject[]): ObjectLinks {
  const links: ObjectLinks = found.map(() => []);
  const places = placesOf(found);
  const link = (from: number | undefined, to: number | undefined) => {
    if (from !== undefined && to !== undefined) links[from].push(to);
  };
  const selecting = found.flatMap((one, at) => {
    const requirements = selectorOf(one);
    return requirements ? [{ at, requirements }] : [];
  });

  found.forEach((one, at) => {
    for (const { uid } of one.object.metadata?.ownerReferences ?? []) {
      const owner = uid === undefined ? undefined : places.byUid.get(uid);
      link(owner, at);
      link(at, owner);
    }
    for (const named of namedBy(one)) link(at, places.byName.get(named));
    for (const named of actedUponBy(one)) link(places.byName.get(named), at);
    const labels = podLabelsOf(one);
    if (!labels) return;
    for (const { at: selector, requirements } of selecting) {
      if (matchesLabels(labels, requirements)) link(at, selector);
    }
  });
  linkVolumes(found, link);
  return links;
}

/** Labels of the pods of a workload, or of a pod. */
export function podLabelsOf({
  resource,
  object,
}: FoundObject): Record<string, string> | undefined {
  if (resource === 'pods') return object.metadata?.labels ?? {};
  const template = templateOf(object.spec);
  return template ? labelsOf(template) : undefined;
}

/** What of an object says upon whom others act: its pods, whom it finds, which names it takes. */
export function factsOf(
  found: FoundObject,
): Pick<OwnedObject, 'podLabels' | 'selects' | 'hosts'> {
  const podLabels = podLabelsOf(found);
  const selects = selectorOf(found) ?? selectorOfWorkload(found);
  const hosts =
    found.resource === 'ingresses'
      ? listAt(found.object.spec, 'rules').map(rule => {
          const host = valueAt(rule, 'host');
          return typeof host === 'string' ? host : '*';
        })
      : undefined;
  return {
    ...(podLabels === undefined ? {} : { podLabels }),
    ...(selects === undefined ? {} : { selects }),
    ...(hosts === undefined ? {} : { hosts }),
  };
}

/** What an object refers to by name in its namespace, among what others make: `configmaps/settings`. */
export function referredBy(found: FoundObject): string[] {
  return [
    ...namedBy(found),
    ...(found.resource === 'ingresses' ? actedUponBy(found) : []),
  ];
}

/** A workload takes over whatever has these labels and no owner. */
function selectorOfWorkload({
  object,
}: FoundObject): LabelRequirement[] | undefined {
  const selector = valueAt(object.spec, 'selector');
  const labels = valueAt(selector, 'matchLabels');
  return isRecord(labels) && Object.keys(labels).length > 0
    ? requirementsOf(labels as Record<string, string>)
    : undefined;
}

function placesOf(found: FoundObject[]) {
  const byUid = new Map<string, number>();
  const byName = new Map<string, number>();
  found.forEach(({ resource, object }, at) => {
    const { uid, name } = object.metadata ?? {};
    if (uid) byUid.set(uid, at);
    if (name) byName.set(`${resource}/${name}`, at);
  });
  return { byUid, byName };
}

/** `configmaps/settings`: what the pods of a workload refer to, and the certificates of an Ingress. */
function namedBy({ resource, object }: FoundObject): string[] {
  const pod =
    resource === 'pods'
      ? object.spec
      : valueAt(templateOf(object.spec), 'spec');
  if (resource === 'ingresses') {
    return listAt(object.spec, 'tls').flatMap(tls =>
      texts('secrets', valueAt(tls, 'secretName')),
    );
  }
  return pod === undefined ? [] : referencesIn(pod);
}

/** What an autoscaler scales, and the Services that an Ingress leads to. */
function actedUponBy({ resource, object }: FoundObject): string[] {
  if (resource === 'horizontalpodautoscalers') {
    const target = valueAt(object.spec, 'scaleTargetRef');
    const kind = valueAt(target, 'kind');
    return typeof kind === 'string'
      ? texts(`${kind.toLowerCase()}s`, valueAt(target, 'name'))
      : [];
  }
  if (resource === 'ingresses') {
    const paths = listAt(object.spec, 'rules').flatMap(rule =>
      listAt(valueAt(rule, 'http'), 'paths'),
    );
    return [
      valueAt(object.spec, 'defaultBackend'),
      ...paths.map(path => valueAt(path, 'backend')),
    ].flatMap(backend =>
      texts('services', valueAt(valueAt(backend, 'service'), 'name')),
    );
  }
  return [];
}

/** Which pods a Service leads to. */
function selectorOf({
  resource,
  object,
}: FoundObject): LabelRequirement[] | undefined {
  const selector = resource === 'services' && valueAt(object.spec, 'selector');
  return isRecord(selector) && Object.keys(selector).length > 0
    ? requirementsOf(selector as Record<string, string>)
    : undefined;
}

/** Claims that a StatefulSet made have no owner: `data-db-0` is of the template `data` and the set `db`. */
function linkVolumes(
  found: FoundObject[],
  link: (from: number, to: number) => void,
): void {
  found.forEach((set, from) => {
    if (set.resource !== 'statefulsets') return;
    for (const template of listAt(set.object.spec, 'volumeClaimTemplates')) {
      const start = `${valueAt(valueAt(template, 'metadata'), 'name')}-${
        set.object.metadata?.name
      }-`;
      found.forEach(({ resource, object }, to) => {
        const name = object.metadata?.name ?? '';
        if (
          resource === 'persistentvolumeclaims' &&
          name.startsWith(start) &&
          /^\d+$/.test(name.slice(start.length))
        ) {
          link(from, to);
        }
      });
    }
  });
}

/** By the key under which something stands in a pod: the kind, and where its name is. */
const REFERENCES: Record<string, [resource: string, name: string]> = {
  configMap: ['configmaps', 'name'],
  configMapRef: ['configmaps', 'name'],
  configMapKeyRef: ['configmaps', 'name'],
  secret: ['secrets', 'secretName'],
  secretRef: ['secrets', 'name'],
  secretKeyRef: ['secrets', 'name'],
  imagePullSecrets: ['secrets', 'name'],
  persistentVolumeClaim: ['persistentvolumeclaims', 'claimName'],
};

/** Everything that a pod refers to, at any depth. */
export function referencesIn(pod: unknown): string[] {
  const references: string[] = [];
  const open: Array<{ key: string; value: unknown }> = [
    { key: '', value: pod },
  ];
  for (const { key, value } of open) {
    if (Array.isArray(value)) {
      open.push(...value.map(each => ({ key, value: each })));
      continue;
    }
    if (!isRecord(value)) continue;
    if (Object.hasOwn(REFERENCES, key)) {
      const [resource, name] = REFERENCES[key];
      // A projected secret has `name` where a mounted one has `secretName`.
      references.push(...texts(resource, value[name] ?? value.name));
    }
    for (const [below, each] of Object.entries(value)) {
      open.push({ key: below, value: each });
    }
  }
  return [
    ...references,
    ...texts('serviceaccounts', valueAt(pod, 'serviceAccountName')),
  ];
}

/** The template of pods, of a CronJob that of its Jobs. */
function templateOf(spec: unknown): unknown {
  const template = valueAt(spec, 'template');
  return isRecord(template)
    ? template
    : valueAt(valueAt(valueAt(spec, 'jobTemplate'), 'spec'), 'template');
}

function labelsOf(template: unknown): Record<string, string> {
  const labels = valueAt(valueAt(template, 'metadata'), 'labels');
  return isRecord(labels) ? (labels as Record<string, string>) : {};
}

function texts(resource: string, name: unknown): string[] {
  return typeof name === 'string' ? [`${resource}/${name}`] : [];
}

function listAt(value: unknown, key: string): unknown[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list : [];
}

function valueAt(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
