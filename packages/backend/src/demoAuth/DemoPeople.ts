import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const ORDER = 'backstage-runbooks.io/demo-order';
const ROLE = 'backstage-runbooks.io/demo-role';
const TRY = 'backstage-runbooks.io/demo-try';

/** Somebody whom the sign-in page of the demo offers. */
export interface DemoPerson {
  userRef: string;
  name: string;
  /** What they are: "Service owner". */
  role: string;
  /** Display names of their groups. */
  teams: string[];
  /** One line on what to try as them. */
  hint: string;
}

/** The people of the examples: users of the catalog that carry a `demo-role` annotation. */
export class DemoPeople {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** In the order of their `demo-order` annotation; empty while the catalog is still reading the examples. */
  async list(): Promise<DemoPerson[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const { items: users } = await this.#catalog.getEntities(
      { filter: { kind: 'User' } },
      { credentials },
    );
    const { items: groups } = await this.#catalog.getEntities(
      { filter: { kind: 'Group' } },
      { credentials },
    );
    const groupNames = new Map(
      groups.map(group => [stringifyEntityRef(group), displayNameOf(group)]),
    );
    return users
      .filter(user => user.metadata.annotations?.[ROLE] !== undefined)
      .sort(byOrder)
      .map(user => personOf(user, groupNames));
  }
}

function byOrder(one: Entity, other: Entity): number {
  return orderOf(one) - orderOf(other);
}

function orderOf(user: Entity): number {
  return Number(user.metadata.annotations?.[ORDER] ?? Number.MAX_SAFE_INTEGER);
}

function personOf(user: Entity, groupNames: Map<string, string>): DemoPerson {
  const annotations = user.metadata.annotations ?? {};
  return {
    userRef: stringifyEntityRef(user),
    name: displayNameOf(user),
    role: annotations[ROLE] ?? '',
    teams: (user.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => groupNames.get(targetRef) ?? targetRef),
    hint: annotations[TRY] ?? '',
  };
}

function displayNameOf(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName ?? entity.metadata.title ?? entity.metadata.name;
}
