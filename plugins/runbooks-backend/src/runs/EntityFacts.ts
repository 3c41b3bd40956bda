import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ScopeEntity } from '@backstage-runbooks/plugin-runbooks-common';

/**
 * What rules of the configuration may ask of an entity.
 *
 * The catalog is read with the plugin's own credentials: what a person may see must not change which rule holds.
 */
export class EntityFacts {
  readonly #catalog: CatalogService;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #wantsDomains: boolean;

  constructor(options: {
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
    /** Whether any rule asks for the domain of a system, for which the system is read too. */
    wantsDomains: boolean;
  }) {
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
    this.#wantsDomains = options.wantsDomains;
  }

  async of(entity: Entity): Promise<ScopeEntity> {
    const system = partOf(entity, 'system');
    const domain =
      partOf(entity, 'domain') ?? (await this.#domainOf(entity, system));
    return {
      ref: stringifyEntityRef(entity),
      kind: entity.kind.toLowerCase(),
      ...(system === undefined ? {} : { system }),
      ...(domain === undefined ? {} : { domain }),
      owners: related(entity, RELATION_OWNED_BY),
      tags: entity.metadata.tags ?? [],
    };
  }

  /** Of many at once; those that the catalog does not have are left out. */
  async ofRefs(entityRefs: readonly string[]): Promise<ScopeEntity[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...new Set(entityRefs)] },
      { credentials: await this.#credentials() },
    );
    const there = items.filter(entity => entity !== undefined);
    return Promise.all(there.map(entity => this.of(entity)));
  }

  async #domainOf(
    entity: Entity,
    system: string | undefined,
  ): Promise<string | undefined> {
    const isAsked =
      this.#wantsDomains && system !== undefined && entity.kind !== 'System';
    if (!isAsked) return undefined;
    const found = await this.#catalog.getEntityByRef(system, {
      credentials: await this.#credentials(),
    });
    return found && partOf(found, 'domain');
  }
}

/** The system or domain that an entity is part of; a system itself is part of itself for rules about systems. */
function partOf(entity: Entity, kind: 'system' | 'domain'): string | undefined {
  if (entity.kind.toLowerCase() === kind) return stringifyEntityRef(entity);
  return related(entity, RELATION_PART_OF).find(
    ref => parseEntityRef(ref).kind.toLowerCase() === kind,
  );
}

function related(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef.toLowerCase());
}
