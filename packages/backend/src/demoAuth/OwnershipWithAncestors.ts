import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type {
  AuthOwnershipResolver,
  AuthResolverContext,
} from '@backstage/plugin-auth-node';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Says that a member of a team also belongs to the groups above it: what `engineering` may do, a member of
 * `identity` below `fintech` below `engineering` may do. Backstage alone counts direct membership only.
 */
export class OwnershipWithAncestors implements AuthOwnershipResolver {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async resolveOwnershipEntityRefs(
    user: Entity,
  ): ReturnType<AuthResolverContext['resolveOwnershipEntityRefs']> {
    const found = new Set([stringifyEntityRef(user)]);
    let level = targetsOf(user, RELATION_MEMBER_OF);
    while (level.length > 0) {
      level.forEach(ref => found.add(ref));
      const groups = await this.#groupsOf(level);
      level = groups
        .flatMap(group => targetsOf(group, RELATION_CHILD_OF))
        .filter(ref => !found.has(ref));
    }
    return { ownershipEntityRefs: [...found] };
  }

  async #groupsOf(entityRefs: string[]): Promise<Entity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs },
      { credentials },
    );
    return items.filter(item => item !== undefined);
  }
}

function targetsOf(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(
      ({ type, targetRef }) =>
        type === relation && targetRef.startsWith('group:'),
    )
    .map(({ targetRef }) => targetRef);
}
