import type { LabelRequirement } from '../health/labelSelector';
import type { Scope, ScopeGrant } from '../scope/model';
import { isOwnedKind } from '../scope/ownedKinds';
import type { EntityRef } from '../time';
import { actedUpon } from './actedUpon';
import type { AllowedWrites, SecretReads } from './model';
import { isSame, touchedAt, type Touched } from './touched';
import { writesLetThrough } from './writesLetThrough';

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
  /** Secrets, accounts and claims that it names: `secrets/db`. */
  uses?: string[];
  /** It is the entity's by what others cannot claim alone, and not only by a card or an object of one's own. */
  isConfirmed?: true;
}

/** An object that is in a namespace, whoever has it. @public */
export interface ObjectThere extends OwnedObject {
  /** Whoever may name or change it gets data: Secrets, accounts, claims, and what runs pods that have them. */
  givesData?: true;
  /** Of a StatefulSet the templates by whose names it takes claims. */
  claimTemplates?: string[];
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
  /** Everything there; one of the entities of a namespace holds it, none where it could not be read. */
  there?: readonly ObjectThere[];
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
 * reads. Whose an object is has one answer, whether it is read, written or acted upon:
 *
 * - A named object needs every entity that has it. Two entities in one namespace do not need one another for their own
 *   objects.
 * - Where a name is not known (`--all`, a selector, a script), every entity with objects in that namespace.
 * - An object that is confirmed to be nobody's: the run's own entity, and whoever claims it, where an operator or the
 *   cluster gave it the namespace; where only its card says so, which anybody may write, every entity with objects there
 *   as well. A claim asks its owner and never takes the others away.
 * - Data that is confirmed to be nobody's: every entity with objects there. So it is with a Secret that is read; with a
 *   Secret, an account or a claim that is there and changed, and with a workload that has such; and with one that a
 *   write names for the first time and the same step does not make.
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
    ...actedUpon(input),
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

function touchedSecrets(input: EntitiesWrittenInput): Touched[] {
  const { secrets, scope } = input;
  if (secrets.kind === 'none') return [];
  if (secrets.kind === 'named') {
    return secrets.names.map(one => ({
      namespace: one.namespace,
      object: { group: '', resource: 'secrets', ...one },
      isAnybodys: true,
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
        isAnybodys: true,
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
  { namespace, object, isAnybodys, fits }: Touched,
  { entityRef, scope, present }: EntitiesWrittenInput,
): EntityRef[] {
  if (namespace === '') return [entityRef];
  const here = present.filter(
    one => namespace === '*' || one.namespace === namespace,
  );
  const there = vouchedFor(here);
  if (fits) return refsOf(there.filter(one => one.objects.some(fits)));
  // Of a kind that is not read nobody can tell whose its objects are.
  if (!object || !isOwnedKind(object)) return refsOf(there);
  const having = there.filter(one =>
    one.objects.some(other => isSame(other, object)),
  );
  const isConfirmed = having.some(one =>
    one.objects.some(other => other.isConfirmed && isSame(other, object)),
  );
  const { source } = scope;
  if (isConfirmed && source.kind !== 'catalog') return refsOf(having);
  const isGiven =
    (source.kind === 'configuration' && !source.claimed) ||
    source.kind === 'namespace-annotation';
  const isOpen =
    isAnybodys ??
    here.some(one =>
      one.there?.some(other => other.givesData && isSame(other, object)),
    );
  return [entityRef, ...refsOf(isGiven && !isOpen ? having : there)];
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
