import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_HAS_PART,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const WAY_DOWN = [RELATION_HAS_PART, RELATION_OWNER_OF, RELATION_PARENT_OF];
const MAX_PARTS = 300;
const MAX_DEPTH = 5;

/** What an entity consists of, for kinds whose health is that of their parts. */
export interface EntityParts {
  /** Everything below the entity, without itself. */
  partsOf(entity: Entity): Promise<Entity[]>;
}

/**
 * Finds parts in the catalog: what a system or domain has, and what a group and its child groups own. At most 300,
 * five steps down; a cycle ends where it closes.
 */
export class CatalogEntityParts implements EntityParts {
  readonly #catalog: CatalogService;
  readonly #credentials: () => Promise<BackstageCredentials>;

  /** @param options.credentials - The plugin's own: parts are those that exist, not those that a person may see. */
  constructor(options: {
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
  }) {
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
  }

  async partsOf(entity: Entity): Promise<Entity[]> {
    const credentials = await this.#credentials();
    const seen = new Set([stringifyEntityRef(entity)]);
    const parts: Entity[] = [];
    let level = [entity];
    for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
      const entityRefs = [...new Set(level.flatMap(refsBelow))]
        .filter(ref => !seen.has(ref))
        .slice(0, MAX_PARTS - parts.length);
      if (entityRefs.length === 0) break;
      entityRefs.forEach(ref => seen.add(ref));
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs },
        { credentials },
      );
      level = items.filter(item => item !== undefined);
      parts.push(...level);
    }
    return parts;
  }
}

function refsBelow(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => WAY_DOWN.includes(type))
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
}
