import { assertNever } from '../assertNever';
import type { ActsOn } from '../gateway/actsOnModel';
import {
  matchesLabels,
  requirementsOf,
  type LabelRequirement,
} from '../health/labelSelector';
import { isOwnedKind } from '../scope/ownedKinds';
import type { Scope, ScopeGrant } from '../scope/model';
import type { EntityRef } from '../time';
import type { AllowedWrites, SecretReads } from './model';
import { writesLetThrough, type WrittenPlace } from './writesLetThrough';

/** An object in a namespace. Of what an entity has, `*` as group, kind or name stands for whatever could not be told. @public */
export interface OwnedObject {
  /** '' for the core group. */
  group: string;
  /** In the plural, as in RBAC. */
  resource: string;
  namespace: string;
  name: string;
  /** Labels of the pods that it runs, or is. */
  podLabels?: Record<string, string>;
  /** By which labels it finds pods. */
  selects?: LabelRequirement[];
  /** Names whose traffic it takes. */
  hosts?: string[];
}

/**
 * What one entity has in a namespace, as the cluster shows it now.
 *
 * @public
 */
export interface EntityInNamespace {
  entityRef: EntityRef;
  namespace: string;
  /** More than its own card says that it belongs there, see `isVouchedFor`. */
  isVouchedFor?: boolean;
  /** Objects that its selector matches, and those that its workloads own or refer to. */
  objects: readonly OwnedObject[];
}

/** What a step touches, and what is known of who is there. @public */
export interface EntitiesWrittenInput {
  /** The entity of the run. */
  entityRef: EntityRef;
  writes: AllowedWrites;
  secrets: SecretReads;
  scope: Scope;
  /** Default namespace: where Secrets are read that no name is known of. */
  namespace: string;
  /** Every entity with objects in the namespaces of the scope and of the writes. */
  present: readonly EntityInNamespace[];
}

/**
 * The entities whose owners must approve a step: those that have the objects which it writes or whose Secrets it
 * reads.
 *
 * - A named object needs every entity that has it. Two entities in one namespace do not need one another for their own
 *   objects.
 * - Where a name is not known (`--all`, a selector, a script), every entity with objects in that namespace.
 * - An object that no entity has: the run's own entity where an operator or the cluster gave it the namespace; where
 *   only its card says so, which anybody may write, every entity with objects there as well.
 * - A Secret that is read and that no entity has: every entity with objects there. No workload refers to the token of a
 *   service account or to what helm keeps of a release, and either may be of any of them.
 * - Where only the card of the run's entity says that it belongs there at all, every entity with objects there: a
 *   selector that matches everything must not make an object one's own.
 * - Where some entities of a namespace are vouched for by a rule or the cluster, the others there are not asked.
 * - A namespace itself (deleted, labelled) needs every entity with objects in it.
 * - The run's own entity where nobody else is found, and for what is in no namespace.
 *
 * The answer is sorted and never empty. It claims nothing about people: that an owner may approve is decided elsewhere.
 *
 * @public
 */
export function entitiesWritten(input: EntitiesWrittenInput): EntityRef[] {
  const touched = [
    ...writesLetThrough(input.writes, input.scope).map(touchedAt),
    ...actedUpon(input.writes),
    ...touchedSecrets(input),
  ];
  const found = new Set(touched.flatMap(one => entitiesOf(one, input)));
  if (found.size === 0) found.add(input.entityRef);
  return [...found].sort();
}

/**
 * The namespaces whose entities must be known to say who approves: steps write into the scope and what its grants name,
 * namespaces themselves included, and nowhere else.
 *
 * @public
 */
export function namespacesWritten({ namespaces, grants }: Scope): string[] {
  const granted = grants.flatMap(({ namespace, resource, names }) => [
    namespace,
    ...(resource === 'namespaces' ? names : []),
  ]);
  return [...new Set([...namespaces, ...granted])].filter(
    namespace => namespace !== '' && namespace !== '*',
  );
}

/** An object, or all of a namespace where the name is undefined. */
interface Touched {
  namespace: string;
  object?: OwnedObject;
  /** Its values are read: where nobody has it, it may be of anybody there. */
  isRead?: boolean;
  /** Not an object by its name, but those that fit. */
  fits?(had: OwnedObject): boolean;
}

/** Upon what the writes act besides the objects that they write. */
function actedUpon(writes: AllowedWrites): Touched[] {
  if (writes.kind !== 'listed') return [];
  return writes.writes.flatMap(({ namespace, actsOn = [] }) =>
    actsOn.map(one => touchedBy(one, namespace)),
  );
}

function touchedBy(acts: ActsOn, namespace: string): Touched {
  switch (acts.kind) {
    case 'object':
    case 'pods-of':
      return touchedAt({ namespace, object: acts });
    case 'pods':
      return acts.isPart
        ? { namespace }
        : {
            namespace,
            fits: ({ selects }) =>
              selects !== undefined && matchesLabels(acts.labels, selects),
          };
    case 'selected':
      return acts.isPart
        ? { namespace }
        : {
            namespace,
            fits: ({ podLabels }) =>
              podLabels !== undefined &&
              matchesLabels(podLabels, requirementsOf(acts.labels)),
          };
    case 'host':
      return {
        namespace,
        fits: ({ hosts }) =>
          hosts?.some(one => isHost(one, acts.name)) ?? false,
      };
    case 'everybody':
      return { namespace };
    default:
      return assertNever(acts);
  }
}

/** `*.example.com` takes what no other rule takes. */
function isHost(had: string, name: string): boolean {
  return had === name || (had.startsWith('*') && name.endsWith(had.slice(1)));
}

function touchedAt({ namespace, object }: WrittenPlace): Touched {
  return object && namespace !== '*'
    ? {
        namespace,
        object: {
          namespace,
          group: object.group,
          resource: object.resource,
          name: object.name,
        },
      }
    : { namespace };
}

function touchedSecrets(input: EntitiesWrittenInput): Touched[] {
  const { secrets, scope } = input;
  if (secrets.kind === 'none') return [];
  if (secrets.kind === 'named') {
    return secrets.names.map(one => ({
      namespace: one.namespace,
      object: { group: '', resource: 'secrets', ...one },
      isRead: true,
    }));
  }
  // Of whatever type they are, the gateway lets them be read in all of the scope.
  return [
    ...scope.namespaces.map(one => ({ namespace: one })),
    ...scope.grants.filter(isAboutSecretData).flatMap(grant =>
      grant.names.map(name => ({
        ...touchedAt({
          namespace: grant.namespace,
          ...(name === '*'
            ? {}
            : { object: { group: '', resource: 'secrets', name } }),
        }),
        isRead: true,
      })),
    ),
  ];
}

function isAboutSecretData({ group, resource, verbs }: ScopeGrant): boolean {
  return (
    group === '' &&
    resource === 'secrets' &&
    verbs.some(verb => ['get', 'list', 'watch'].includes(verb))
  );
}

function entitiesOf(
  { namespace, object, isRead = false, fits }: Touched,
  { entityRef, scope, present }: EntitiesWrittenInput,
): EntityRef[] {
  if (namespace === '') return [entityRef];
  const there = vouchedFor(
    present.filter(one => namespace === '*' || one.namespace === namespace),
  );
  if (fits) return refsOf(there.filter(one => one.objects.some(fits)));
  // Of a kind that is not read nobody can tell whose its objects are.
  if (!object || !isOwnedKind(object)) return refsOf(there);
  const having = there.filter(one =>
    one.objects.some(other => isSame(other, object)),
  );
  const { source } = scope;
  if (having.length > 0 && source.kind !== 'catalog') return refsOf(having);
  const isGiven =
    (source.kind === 'configuration' && !source.claimed) ||
    source.kind === 'namespace-annotation';
  return isGiven && !isRead ? [entityRef] : [entityRef, ...refsOf(there)];
}

/** Per namespace: those that are vouched for, or all where none is. */
function vouchedFor(
  entities: readonly EntityInNamespace[],
): readonly EntityInNamespace[] {
  const vouched = new Set(
    entities.filter(one => one.isVouchedFor).map(one => one.namespace),
  );
  return entities.filter(
    one => one.isVouchedFor || !vouched.has(one.namespace),
  );
}

function refsOf(entities: readonly EntityInNamespace[]): EntityRef[] {
  return entities.map(one => one.entityRef);
}

/** Whether what an entity has is that object, or may be: `*` stands for what could not be told. */
function isSame(had: OwnedObject, object: OwnedObject): boolean {
  const isOrMayBe = (known: string, asked: string) =>
    known === '*' || known === asked;
  return (
    isOrMayBe(had.group, object.group) &&
    isOrMayBe(had.resource, object.resource) &&
    had.namespace === object.namespace &&
    isOrMayBe(had.name, object.name)
  );
}
