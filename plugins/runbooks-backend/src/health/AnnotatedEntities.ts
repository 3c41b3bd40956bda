import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EntityRef,
  ObjectSelector,
} from '@backstage-runbooks/plugin-runbooks-common';
import { selectObjects } from './selectObjects';

const FRESH_MS = 60_000;
const ENTITIES_OF_A_PAGE = 1_000;
const MAX_ENTITIES = 100_000;
const ANNOTATIONS = [
  'backstage.io/kubernetes-namespace',
  'backstage.io/kubernetes-label-selector',
  'backstage.io/kubernetes-id',
];

/** A card that says where an entity's objects are. */
export interface AnnotatedEntity {
  entityRef: EntityRef;
  entity: Entity;
  selector: ObjectSelector;
}

/**
 * All entities whose cards name objects of a cluster, whatever the person who asks may see: who must be asked does not
 * depend on it. Read by pages, at most once a minute. More than 100,000 are refused: then nobody can tell whose an
 * object is.
 */
export class AnnotatedEntities {
  readonly #catalog: Pick<CatalogService, 'queryEntities'>;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #now: () => number;
  #kept: { entities: Promise<AnnotatedEntity[]>; at: number } | undefined;

  constructor(options: {
    catalog: Pick<CatalogService, 'queryEntities'>;
    credentials: () => Promise<BackstageCredentials>;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
    this.#now = options.now ?? Date.now;
  }

  /** Those whose objects may be in that namespace. Rejects where the catalog does not answer. */
  async in(cluster: string, namespace: string): Promise<AnnotatedEntity[]> {
    const entities = await this.#all();
    return entities.filter(
      ({ selector }) =>
        (selector.cluster ?? cluster) === cluster &&
        (selector.namespace ?? namespace) === namespace,
    );
  }

  #all(): Promise<AnnotatedEntity[]> {
    const now = this.#now();
    if (this.#kept && now - this.#kept.at < FRESH_MS) {
      return this.#kept.entities;
    }
    const kept = { entities: this.#read(), at: now };
    this.#kept = kept;
    kept.entities.catch(() => {
      if (this.#kept === kept) this.#kept = undefined;
    });
    return kept.entities;
  }

  async #read(): Promise<AnnotatedEntity[]> {
    const found: AnnotatedEntity[] = [];
    const credentials = await this.#credentials();
    const first = {
      filter: ANNOTATIONS.map(annotation => ({
        [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
      })),
      fields: [
        'kind',
        'metadata.namespace',
        'metadata.name',
        'metadata.annotations',
        'metadata.tags',
        'relations',
      ],
      limit: ENTITIES_OF_A_PAGE,
    };
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor === undefined ? first : { ...first, cursor },
        { credentials },
      );
      found.push(...page.items.flatMap(annotatedEntity));
      if (found.length > MAX_ENTITIES) {
        throw new Error(
          `The catalog has more than ${MAX_ENTITIES} entities with objects in Kubernetes; whose an object is cannot be told`,
        );
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined);
    return found;
  }
}

function annotatedEntity(entity: Entity): AnnotatedEntity[] {
  const selection = selectObjects(entity);
  return selection.kind === 'selected'
    ? selection.selectors.map(selector => ({
        entityRef: stringifyEntityRef(entity),
        entity,
        selector,
      }))
    : [];
}
