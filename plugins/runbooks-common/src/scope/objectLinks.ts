import {
  matchesLabels,
  requirementsOf,
  type LabelRequirement,
} from '../health/labelSelector';
import { isTree } from '../gateway/trees';
import type { OwnedObject } from '../plan/entitiesWritten';
import type { FoundObject } from './claims';
import { isDataKind } from './ownedKinds';
import { pullSecretsIn, referencesIn } from './podReferences';
import { listAt, references, valueAt } from './values';

/** Of each object, the places in the list of those that are whoever it belongs to's as well. */
export interface ObjectLinks {
  all: number[][];
  /** Those of them that nobody makes alone: who has the one has the other, and not only says so. */
  sure: number[][];
}

/**
 * What belongs together in a namespace:
 * - a controller and what it made, in both directions;
 * - a workload, and the ConfigMaps, Secrets, claims and service accounts that its pods refer to;
 * - a StatefulSet and the claims whose names it takes, in both directions;
 * - a workload, and what acts upon it: autoscalers and Services;
 * - a Service and the Ingresses that lead to it, an Ingress and its certificates.
 *
 * A Service does not lead to what its selector finds: one that two teams share would make their workloads each other's.
 *
 * Not sure is what an object of one's own says of what others have: what it says is its owner, its certificates and
 * pull secrets, what is mounted once (by a Job, or by a pod that nothing made), and a StatefulSet that only has the
 * name for a claim.
 */
export function objectLinks(found: FoundObject[]): ObjectLinks {
  const links: ObjectLinks = {
    all: found.map(() => []),
    sure: found.map(() => []),
  };
  const places = placesOf(found);
  const link = (
    from: number | undefined,
    to: number | undefined,
    isSure: boolean,
  ) => {
    if (from === undefined || to === undefined) return;
    links.all[from].push(to);
    if (isSure) links.sure[from].push(to);
  };
  const selecting = found.flatMap((one, at) => {
    const requirements = selectorOf(one);
    return requirements ? [{ at, requirements }] : [];
  });

  found.forEach((one, at) => {
    for (const { uid } of one.object.metadata?.ownerReferences ?? []) {
      const owner = uid === undefined ? undefined : places.byUid.get(uid);
      link(owner, at, true);
      link(at, owner, false);
    }
    for (const named of namedBy(one)) {
      link(at, places.byName.get(named), false);
    }
    for (const named of surelyNamedBy(one)) {
      link(at, places.byName.get(named), true);
    }
    for (const named of actedUponBy(one)) {
      link(places.byName.get(named), at, true);
    }
    const labels = podLabelsOf(one);
    if (!labels) return;
    for (const { at: selector, requirements } of selecting) {
      if (matchesLabels(labels, requirements)) link(at, selector, true);
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
): Pick<OwnedObject, 'podLabels' | 'selects' | 'hosts' | 'uses'> {
  const podLabels = podLabelsOf(found);
  const selects = selectorOf(found) ?? selectorOfWorkload(found);
  const hosts =
    found.resource === 'ingresses'
      ? listAt(found.object.spec, 'rules').map(rule => {
          const host = valueAt(rule, 'host');
          return typeof host === 'string' ? host : '*';
        })
      : undefined;
  const uses = dataOf(found);
  return {
    ...(uses.length === 0 ? {} : { uses }),
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

/** The same without what it only claims, see `objectLinks`. */
export function surelyNamedBy(found: FoundObject): string[] {
  return isLasting(found) ? referencesIn(podOf(found)) : [];
}

/** The Secrets, accounts and claims that an object refers to by name; without the account that every pod has. */
function dataOf(found: FoundObject): string[] {
  return namedBy(found).filter(isData);
}

function isData(reference: string): boolean {
  return (
    isDataKind(reference.split('/')[0]) &&
    reference !== 'serviceaccounts/default'
  );
}

/** Whether it gives data to whoever may name it or change it: Secrets, accounts, claims, and whose pods have them. */
export function givesData(found: FoundObject): boolean {
  const isDirect = found.group === '' && isDataKind(found.resource);
  const hasTemplates = (claimTemplatesOf(found) ?? []).length > 0;
  return isDirect || hasTemplates || referencesIn(podOf(found)).some(isData);
}

/** The templates by whose names a StatefulSet takes claims; undefined where it is none. */
export function claimTemplatesOf({
  resource,
  object,
}: FoundObject): string[] | undefined {
  return resource === 'statefulsets'
    ? listAt(object.spec, 'volumeClaimTemplates').flatMap(template => {
        const name = valueAt(valueAt(template, 'metadata'), 'name');
        return typeof name === 'string' ? [name] : [];
      })
    : undefined;
}

/** A workload takes over whatever has these labels and no owner. */
function selectorOfWorkload({
  object,
}: FoundObject): LabelRequirement[] | undefined {
  const selector = valueAt(object.spec, 'selector');
  const labels = valueAt(selector, 'matchLabels');
  return isTree(labels) && Object.keys(labels).length > 0
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
function namedBy(found: FoundObject): string[] {
  if (found.resource === 'ingresses') {
    return listAt(found.object.spec, 'tls').flatMap(tls =>
      references('secrets', valueAt(tls, 'secretName')),
    );
  }
  const pod = podOf(found);
  return pod === undefined ? [] : [...referencesIn(pod), ...pullSecretsIn(pod)];
}

function podOf({ resource, object }: FoundObject): unknown {
  return resource === 'pods'
    ? object.spec
    : valueAt(templateOf(object.spec), 'spec');
}

/** Whether it stays and makes its pods anew, or is a pod of such. */
function isLasting({ resource, object }: FoundObject): boolean {
  const owners = object.metadata?.ownerReferences ?? [];
  if (resource === 'pods')
    return owners.some(({ kind }) => kind !== undefined && kind !== 'Job');
  return resource !== 'jobs';
}

/** What an autoscaler scales, and the Services that an Ingress leads to. */
function actedUponBy({ resource, object }: FoundObject): string[] {
  if (resource === 'horizontalpodautoscalers') {
    const target = valueAt(object.spec, 'scaleTargetRef');
    const kind = valueAt(target, 'kind');
    return typeof kind === 'string'
      ? references(`${kind.toLowerCase()}s`, valueAt(target, 'name'))
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
      references('services', valueAt(valueAt(backend, 'service'), 'name')),
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
  return isTree(selector) && Object.keys(selector).length > 0
    ? requirementsOf(selector as Record<string, string>)
    : undefined;
}

/**
 * Claims that a StatefulSet made have no owner: `data-db-0` is of the template `data` and the set `db`. It takes what is
 * there by that name, whatever its number; those that it made itself have the labels of its selector.
 */
function linkVolumes(
  found: FoundObject[],
  link: (from: number, to: number, isSure: boolean) => void,
): void {
  const claims = new Map<string, number[]>();
  found.forEach(({ resource, object }, at) => {
    const name = object.metadata?.name ?? '';
    if (resource !== 'persistentvolumeclaims' || !/-\d+$/.test(name)) return;
    const start = name.slice(0, name.lastIndexOf('-'));
    claims.set(start, [...(claims.get(start) ?? []), at]);
  });
  found.forEach((set, from) => {
    const selector = selectorOfWorkload(set);
    for (const template of claimTemplatesOf(set) ?? []) {
      const start = `${template}-${set.object.metadata?.name}`;
      for (const to of claims.get(start) ?? []) {
        const { labels } = found[to].object.metadata ?? {};
        const isMade =
          selector !== undefined && matchesLabels(labels, selector);
        link(from, to, isMade);
        link(to, from, false);
      }
    }
  });
}

/** The template of pods, of a CronJob that of its Jobs. */
function templateOf(spec: unknown): unknown {
  const template = valueAt(spec, 'template');
  return isTree(template)
    ? template
    : valueAt(valueAt(valueAt(spec, 'jobTemplate'), 'spec'), 'template');
}

function labelsOf(template: unknown): Record<string, string> {
  const labels = valueAt(valueAt(template, 'metadata'), 'labels');
  return isTree(labels) ? (labels as Record<string, string>) : {};
}
