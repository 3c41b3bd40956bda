import { assertNever } from '../assertNever';
import type { ActsOn } from '../gateway/actsOnModel';
import { matchesLabels, requirementsOf } from '../health/labelSelector';
import { isDataKind } from '../scope/ownedKinds';
import type {
  EntitiesWrittenInput,
  EntityInNamespace,
  OwnedObject,
} from './entitiesWritten';
import type { AllowedWrite } from './model';
import { isSame, touchedAt, type Touched } from './touched';

/**
 * Upon what the writes of a step act besides the objects that they write, see `ActsOn`. A StatefulSet that is deleted may
 * take its claims with it.
 */
export function actedUpon({
  writes,
  present,
}: Pick<EntitiesWrittenInput, 'writes' | 'present'>): Touched[] {
  if (writes.kind !== 'listed') return [];
  const made = new Set(writes.writes.map(nameOf));
  return writes.writes.flatMap(write => {
    const { namespace, actsOn = [] } = write;
    const used = new Set(
      actsOn.length === 0
        ? []
        : present.flatMap(({ objects }) =>
            objects
              .filter(one => isSame(one, write))
              .flatMap(one => one.uses ?? []),
          ),
    );
    return [
      ...[...actsOn, ...actsOfDeletion(write)].flatMap(acts =>
        touchedBy(acts, { namespace, used, made, present }),
      ),
      ...setsBlockedBy(write, present),
    ];
  });
}

/** A pod `SET-NUMBER` that is made by hand keeps the StatefulSet of that name from making its own. */
function setsBlockedBy(
  { verb, namespace, group, resource, name }: AllowedWrite,
  present: readonly EntityInNamespace[],
): Touched[] {
  const [, set] = /^(.+)-\d+$/.exec(name) ?? [];
  if (verb !== 'create' || group !== '' || resource !== 'pods') return [];
  const isThere = present
    .filter(one => namespace === '*' || one.namespace === namespace)
    .flatMap(one => one.there ?? [])
    .some(one => one.resource === 'statefulsets' && one.name === set);
  return isThere
    ? [
        touchedAt({
          namespace,
          object: {
            group: 'apps',
            resource: 'statefulsets',
            name: set,
          },
        }),
      ]
    : [];
}

function actsOfDeletion({
  verb,
  group,
  resource,
  name,
}: AllowedWrite): ActsOn[] {
  return verb === 'delete' && group === 'apps' && resource === 'statefulsets'
    ? [{ kind: 'claims', set: name }]
    : [];
}

/** From where something is acted upon. */
interface Acting {
  namespace: string;
  /** What the written object, as it is there, names already. */
  used: ReadonlySet<string>;
  /** What the step itself writes. */
  made: ReadonlySet<string>;
  present: readonly EntityInNamespace[];
}

function nameOf({
  namespace,
  group,
  resource,
  name,
}: Pick<OwnedObject, 'group' | 'resource' | 'namespace' | 'name'>): string {
  return JSON.stringify([namespace, group, resource, name]);
}

function touchedBy(acts: ActsOn, acting: Acting): Touched[] {
  const { namespace } = acting;
  switch (acts.kind) {
    case 'object':
    case 'pods-of':
      return touchedByName(acts, acting);
    case 'pods':
      return [
        acts.isPart
          ? { namespace }
          : {
              namespace,
              fits: ({ selects }) =>
                selects !== undefined && matchesLabels(acts.labels, selects),
            },
      ];
    case 'selected':
      return [
        acts.isPart
          ? { namespace }
          : {
              namespace,
              fits: ({ podLabels }) =>
                podLabels !== undefined &&
                matchesLabels(podLabels, requirementsOf(acts.labels)),
            },
      ];
    case 'host':
      return [
        {
          namespace,
          fits: ({ hosts }) =>
            hosts?.some(one => isHost(one, acts.name)) ?? false,
        },
      ];
    case 'claims':
      return claimsTaken(acts, acting);
    case 'everybody':
      return [{ namespace }];
    default:
      return assertNever(acts);
  }
}

/** What a write names, and what a StatefulSet that it names takes. */
function touchedByName(
  { group, resource, name }: Extract<ActsOn, { kind: 'object' | 'pods-of' }>,
  acting: Acting,
): Touched[] {
  const { namespace, used, made } = acting;
  const object = { group, resource, namespace, name };
  const touched = touchedAt({ namespace, object });
  const isData = group === '' && isDataKind(resource);
  const taken =
    resource === 'statefulsets'
      ? claimsTaken({ kind: 'claims', set: name }, acting)
      : [];
  const isMade = made.has(nameOf(object));
  if (!isData)
    return [
      isMade || !isMissing(object, acting)
        ? touched
        : { ...touched, isAnybodys: true },
      ...taken,
    ];
  if (used.has(`${resource}/${name}`))
    return [{ ...touched, isAnybodys: false }];
  return [isMade ? touched : { ...touched, isAnybodys: true }];
}

/** Whether it is known that it is not there yet, so that anybody may make it. Settings act upon nobody. */
function isMissing(object: OwnedObject, { present }: Acting): boolean {
  const there = present
    .filter(one => one.namespace === object.namespace)
    .flatMap(one => one.there ?? []);
  return (
    object.resource !== 'configmaps' &&
    there.length > 0 &&
    !there.some(one => isSame(one, object))
  );
}

/** Claims that a StatefulSet has or would take by their names, whatever their numbers. */
function claimsTaken(
  { set, templates }: Extract<ActsOn, { kind: 'claims' }>,
  { namespace, present }: Acting,
): Touched[] {
  const here = present.filter(
    one => namespace === '*' || one.namespace === namespace,
  );
  const there = here.flatMap(one => one.there ?? []);
  const known =
    templates ??
    there.find(
      ({ resource, name }) => resource === 'statefulsets' && name === set,
    )?.claimTemplates;
  const fitting = [...there, ...here.flatMap(({ objects }) => objects)].filter(
    ({ resource, name }) =>
      resource === 'persistentvolumeclaims' &&
      (name === '*' || isClaimOf(name, set, known)),
  );
  return [...new Map(fitting.map(one => [one.name, one])).values()].map(one =>
    one.name === '*' ? { namespace } : touchedAt({ namespace, object: one }),
  );
}

/** `data-db-0` is of the template `data` and the set `db`. */
function isClaimOf(
  name: string,
  set: string,
  templates: readonly string[] | undefined,
): boolean {
  const end = name.lastIndexOf('-');
  const start = name.slice(0, Math.max(0, end));
  return (
    /^\d+$/.test(name.slice(end + 1)) &&
    (templates?.some(template => start === `${template}-${set}`) ??
      start.endsWith(`-${set}`))
  );
}

/** `*.example.com` takes what no other rule takes. */
function isHost(had: string, name: string): boolean {
  return had === name || (had.startsWith('*') && name.endsWith(had.slice(1)));
}
