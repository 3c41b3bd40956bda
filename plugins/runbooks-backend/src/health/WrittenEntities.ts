import type { LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_PART_OF, type Entity } from '@backstage/catalog-model';
import {
  claimEverything,
  claimObjects,
  ID_LABEL,
  OWNED_KINDS,
  type EntityInNamespace,
  type FoundObject,
  type OwnedKind,
  type Voucher,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { AnnotatedEntities, AnnotatedEntity } from './AnnotatedEntities';
import { errorInWords, statusOf } from './ClusterReader';

const FRESH_MS = 10_000;
const MAX_KEPT = 200;
const OBJECTS_OF_A_PAGE = 500;
/** Of one kind in one namespace; where there are more, one of them may be anybody's. */
const MAX_OBJECTS = 10_000;
const ANSWER_WITHIN_MS = 10_000;

/** Who, besides its own card, says that an entity belongs into a namespace. */
export interface Vouching {
  vouchesFor(
    entity: Entity,
    cluster: string,
    namespace: string,
  ): Promise<Voucher | undefined>;
}

/** Reads lists of a cluster; `KubernetesClient` does. */
export interface ListReader {
  getJson<T>(
    cluster: string,
    path: string,
    options?: { signal?: AbortSignal; only?: 'metadata' },
  ): Promise<T>;
}

/**
 * Whose the objects of namespaces are, by the cards of the catalog and what the cluster holds now: the facts behind
 * who must approve a step. Asked at planning, and again when an approval is asked for and when the step starts.
 *
 * Read with the plugin's own credentials. What was read is good for ten seconds. Where a namespace cannot be read,
 * each entity whose card may mean it may have everything in it: too many are asked rather than too few.
 */
export class WrittenEntities {
  readonly #entities: AnnotatedEntities;
  readonly #reader: ListReader;
  readonly #vouching: Vouching;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #kept = new Map<
    string,
    { claims: Promise<EntityInNamespace[]>; at: number }
  >();

  constructor(options: {
    entities: AnnotatedEntities;
    reader: ListReader;
    vouching: Vouching;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#entities = options.entities;
    this.#reader = options.reader;
    this.#vouching = options.vouching;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /**
   * What each entity has in the namespaces. Rejects where the catalog does not answer: then nobody can tell who must be
   * asked.
   *
   * @param cluster - Undefined where the run needs none: nobody has anything there.
   */
  async in(
    cluster: string | undefined,
    namespaces: Iterable<string>,
  ): Promise<EntityInNamespace[]> {
    if (cluster === undefined) return [];
    const claims = await Promise.all(
      [...new Set(namespaces)]
        .filter(namespace => namespace !== '')
        .map(namespace => this.#of(cluster, namespace)),
    );
    return claims.flat();
  }

  #of(cluster: string, namespace: string): Promise<EntityInNamespace[]> {
    const key = JSON.stringify([cluster, namespace]);
    const now = this.#now();
    const known = this.#kept.get(key);
    if (known && now - known.at < FRESH_MS) return known.claims;
    const kept = { claims: this.#vouched(cluster, namespace), at: now };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size > MAX_KEPT) {
      this.#kept.delete(this.#kept.keys().next().value!);
    }
    kept.claims.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
    return kept.claims;
  }

  async #vouched(
    cluster: string,
    namespace: string,
  ): Promise<EntityInNamespace[]> {
    const entities = await this.#entities.in(cluster, namespace);
    const vouchers = new Map<string, Voucher | undefined>();
    for (const { entityRef, entity } of entities) {
      vouchers.set(
        entityRef,
        await this.#vouching.vouchesFor(entity, cluster, namespace),
      );
    }
    const claims = await this.#read(cluster, namespace, entities, vouchers);
    return claims.map(claim => ({
      ...claim,
      isVouchedFor: vouchers.get(claim.entityRef) !== undefined,
    }));
  }

  async #read(
    cluster: string,
    namespace: string,
    entities: AnnotatedEntity[],
    vouchers: ReadonlyMap<string, Voucher | undefined>,
  ): Promise<EntityInNamespace[]> {
    if (entities.length === 0) return [];
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const objects: FoundObject[] = [];
    const unread: OwnedKind[] = [];
    try {
      await Promise.all(
        OWNED_KINDS.map(async kind => {
          const found = await this.#list(cluster, namespace, kind, signal);
          if (found) objects.push(...found);
          else unread.push(kind);
        }),
      );
    } catch (error) {
      this.#logger.debug(
        `Namespace '${namespace}' of cluster '${cluster}' cannot be read, so all whose objects may be there must approve: ${errorInWords(
          error,
        )}`,
      );
      return claimEverything(
        namespace,
        entities.map(({ entityRef }) => entityRef),
      );
    }
    return claimObjects({
      namespace,
      entities: entities.map(({ entityRef, entity, selector }) => ({
        entityRef,
        id:
          entity.metadata.annotations?.[ID_LABEL]?.trim() ||
          entity.metadata.name,
        requirements: selector.requirements,
        isNamed: vouchers.get(entityRef) === 'rule-by-name',
        partOf: partOf(entity),
      })),
      objects,
      unread,
    });
  }

  /** Undefined where the kind may not be read or has too many objects; rejects where nobody could tell who is there. */
  async #list(
    cluster: string,
    namespace: string,
    kind: OwnedKind,
    signal: AbortSignal,
  ): Promise<FoundObject[] | undefined> {
    const { group, resource, version, only, isNeeded } = kind;
    const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const found: FoundObject[] = [];
    let rest = '';
    try {
      do {
        const list = await this.#reader.getJson<ObjectList>(
          cluster,
          `${base}/namespaces/${encodeURIComponent(
            namespace,
          )}/${resource}?limit=${OBJECTS_OF_A_PAGE}${rest}`,
          { signal, only },
        );
        found.push(...list.items.map(object => ({ group, resource, object })));
        if (found.length > MAX_OBJECTS) {
          throw new Error(`there are more than ${MAX_OBJECTS} ${resource}`);
        }
        const next = list.metadata?.continue;
        rest = next ? `&continue=${encodeURIComponent(next)}` : '';
      } while (rest !== '');
      return found;
    } catch (error) {
      // A cluster that does not know the kind has no object of it.
      if (isNeeded || signal.aborted) throw error;
      if (statusOf(error) === 404) return [];
      return undefined;
    }
  }
}

function partOf({ relations = [] }: Entity): string[] {
  return relations.flatMap(({ type, targetRef }) =>
    type === RELATION_PART_OF ? targetRef.toLowerCase() : [],
  );
}

interface ObjectList {
  metadata?: { continue?: string };
  items: FoundObject['object'][];
}
