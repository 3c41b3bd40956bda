import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_OWNED_BY,
  RELATION_PARENT_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import type { IdentityOrigins } from './IdentityOrigins';

/** A user of a group, and the group below it that holds the membership. */
export interface Membership {
  userRef: EntityRef;
  /** The group itself or one below it. */
  through: EntityRef;
}

/**
 * Owners, groups and their members, read from the catalog at each call and never kept: a decision must not rest on
 * what was true a minute ago, nor on what a token says.
 *
 * It reads with the plugin's own credentials, because what a person may see in the catalog must not change who owns
 * what. A cycle of groups ends where it closes. What the catalog rejects is rejected here. Groups and users that nobody
 * answers for are as if they were not there, see IdentityOrigins; so are relations through them.
 */
export class GroupDirectory {
  readonly #catalog: CatalogService;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #origins: IdentityOrigins;

  constructor(options: {
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
    origins: IdentityOrigins;
  }) {
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
    this.#origins = options.origins;
  }

  /** The entity; undefined where the catalog has none of that name that counts. */
  async find(entityRef: EntityRef): Promise<Entity | undefined> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#credentials(),
    });
    return entity && this.#origins.vouchFor(entity) ? entity : undefined;
  }

  /** The entities of those names; those that the catalog does not have, or that do not count, are left out. */
  async findAll(entityRefs: EntityRef[]): Promise<Map<EntityRef, Entity>> {
    const unique = [...new Set(entityRefs)];
    if (unique.length === 0) return new Map();
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: unique },
      { credentials: await this.#credentials() },
    );
    return new Map(
      items
        .filter(item => item !== undefined)
        .filter(entity => this.#origins.vouchFor(entity))
        .map(entity => [stringifyEntityRef(entity), entity]),
    );
  }

  /** Users of a group and of all groups below it; each user once, by the nearest group. */
  async membersOf(groupRef: EntityRef): Promise<Membership[]> {
    const members = new Map<EntityRef, Membership>();
    for await (const [ref, group] of this.#walk(groupRef, RELATION_PARENT_OF)) {
      for (const userRef of targetsOf(group, RELATION_HAS_MEMBER)) {
        if (!members.has(userRef)) {
          members.set(userRef, { userRef, through: ref });
        }
      }
    }
    return [...members.values()];
  }

  /** The group itself, then its ancestors, nearest first. */
  async *lineOf(groupRef: EntityRef): AsyncGenerator<Entity> {
    for await (const [, group] of this.#walk(groupRef, RELATION_CHILD_OF)) {
      yield group;
    }
  }

  /** Level by level along a relation, each group once. */
  async *#walk(
    groupRef: EntityRef,
    relation: string,
  ): AsyncGenerator<[EntityRef, Entity]> {
    const seen = new Set<EntityRef>([groupRef]);
    let level = [groupRef];
    while (level.length > 0) {
      const groups = await this.findAll(level);
      yield* groups;
      level = [...groups.values()]
        .flatMap(group => targetsOf(group, relation))
        .filter(ref => ref.startsWith('group:') && !seen.has(ref));
      level.forEach(ref => seen.add(ref));
    }
  }
}

/** Users and groups that own an entity. A group owns itself. */
export function ownersOf(entity: Entity): EntityRef[] {
  return entity.kind.toLocaleLowerCase('en-US') === 'group'
    ? [stringifyEntityRef(entity)]
    : [...new Set(targetsOf(entity, RELATION_OWNED_BY))];
}

function targetsOf(entity: Entity, relation: string): EntityRef[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
}
