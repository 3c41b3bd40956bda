import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  missingPermissionWords,
  type EntityPermission,
  type EntityRef,
  type Permitted,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Request } from 'express';
import { ownersOf } from '../oncall/GroupDirectory';

/** A person, signed in. */
export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Leaves, of entities, those that a person may see and has the permissions for. */
export type Selecting = (
  entityRefs: Iterable<EntityRef>,
) => Promise<Set<EntityRef>>;

/** Of one question to the permission backend, whose requests have a largest size. */
const ASKED_AT_ONCE = 100;
/** Questions under way for one request; the catalog has other people to answer. */
const QUESTIONS_AT_ONCE = 4;

/**
 * Who asks, and what they may do with an entity: the one place where routes check permissions.
 *
 * Every permission is asked for an entity, with the catalog's resource type: a policy may answer by a condition, and
 * the permission backend lets the catalog decide it. Nothing is remembered: each call asks anew.
 *
 * An entity that the person may not see answers like one that does not exist.
 */
export class Access {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #own: (() => Promise<BackstageCredentials>) | undefined;
  readonly #hasPolicy: boolean;

  constructor(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    catalog: CatalogService;
    /** Whether anybody decides about permissions; without a policy everything is allowed that does not need one. */
    hasPolicy: boolean;
    /** The plugin's own; without them nothing is known to be gone. */
    own?: () => Promise<BackstageCredentials>;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#own = options.own;
    this.#hasPolicy = options.hasPolicy;
  }

  /** The person who sent the request. @throws AuthenticationError, NotAllowedError for anything but a person. */
  async person(req: Request): Promise<UserCredentials> {
    return this.#httpAuth.credentials(req, { allow: ['user'] });
  }

  /**
   * Like `person`, but a service that acts on behalf of somebody is refused: decisions are made by people.
   *
   * @throws AuthenticationError, NotAllowedError
   */
  async personThemselves(req: Request): Promise<UserCredentials> {
    const credentials = await this.person(req);
    if (credentials.principal.actor) {
      throw new NotAllowedError(
        `'${credentials.principal.actor.subject}' may not do this on behalf of a person`,
      );
    }
    return credentials;
  }

  /**
   * The entity, where the person may see it and has all of the permissions for it.
   *
   * @throws NotFoundError where they may not see it or it does not exist, NotAllowedError where a permission is
   *   missing, AuthenticationError where what they signed in with has expired.
   */
  async entity(
    credentials: BackstageCredentials,
    entityRef: EntityRef,
    ...permissions: EntityPermission[]
  ): Promise<Entity> {
    checkUnexpired(credentials);
    const ref = canonicalRef(entityRef);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity) throw new NotFoundError(`There is no entity '${ref}'`);
    for (const permitted of await this.#permitted(
      credentials,
      ref,
      permissions,
      async () => entity,
    )) {
      if (!permitted.allowed) throw new NotAllowedError(permitted.because);
    }
    return entity;
  }

  /** Leaves, of entities, those that the catalog has not at all, so that they are hidden from nobody. */
  async goneAmong(entityRefs: Iterable<EntityRef>): Promise<Set<EntityRef>> {
    const refs = [...new Set(entityRefs)];
    if (!this.#own || refs.length === 0) return new Set();
    const own = await this.#own();
    const there = await inPieces(refs, some => this.#visibleAmong(own, some));
    return new Set(refs.filter(ref => !there.has(ref)));
  }

  /** What the person may do with an entity that they may see: an answer for each permission, in their order. */
  async permitted(
    credentials: BackstageCredentials,
    entityRef: EntityRef,
    ...permissions: EntityPermission[]
  ): Promise<Permitted[]> {
    const ref = canonicalRef(entityRef);
    return this.#permitted(credentials, ref, permissions, () =>
      this.#ifThere(ref, credentials),
    );
  }

  /** What somebody is told who lacks a permission for an entity: whom to ask too, where they may see the entity. */
  async missing(
    credentials: BackstageCredentials,
    entityRef: EntityRef,
    permission: EntityPermission,
  ): Promise<Extract<Permitted, { allowed: false }>> {
    return refusalOf(
      permission,
      entityRef,
      await this.#ifThere(entityRef, credentials),
    );
  }

  /** @param entity - Asked for once, where something is refused. */
  async #permitted(
    credentials: BackstageCredentials,
    entityRef: EntityRef,
    permissions: readonly EntityPermission[],
    entity: () => Promise<Entity | undefined>,
  ): Promise<Permitted[]> {
    if (permissions.length === 0) return [];
    const decisions = await this.#permissions.authorize(
      permissions.map(permission => ({ permission, resourceRef: entityRef })),
      { credentials },
    );
    const isAllowed = decisions.map(
      ({ result }) => result === AuthorizeResult.ALLOW,
    );
    const owned =
      isAllowed.length === permissions.length && isAllowed.every(Boolean)
        ? undefined
        : await entity();
    return permissions.map((permission, index) =>
      isAllowed[index]
        ? { allowed: true }
        : refusalOf(permission, entityRef, owned),
    );
  }

  /** For words alone: where the catalog does not answer, a refusal stays a refusal. */
  async #ifThere(
    entityRef: EntityRef,
    credentials: BackstageCredentials,
  ): Promise<Entity | undefined> {
    return this.#catalog
      .getEntityByRef(entityRef, { credentials })
      .catch(() => undefined);
  }

  /**
   * Refuses somebody who has the permission for no entity at all; who has it for some gets what `selecting` leaves.
   *
   * @throws NotAllowedError, AuthenticationError
   */
  async somewhere(
    credentials: BackstageCredentials,
    permission: EntityPermission,
  ): Promise<void> {
    checkUnexpired(credentials);
    if (!(await this.isSomewhere(credentials, permission))) {
      throw new NotAllowedError(missingPermissionWords({ permission }));
    }
  }

  /** Whether somebody has the permission for any entity at all. */
  async isSomewhere(
    credentials: BackstageCredentials,
    permission: EntityPermission,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return decision.result !== AuthorizeResult.DENY;
  }

  /**
   * Refuses somebody whom no policy gives a permission that is of no entity.
   *
   * @throws NotAllowedError, AuthenticationError
   */
  async granted(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    checkUnexpired(credentials);
    if (!this.#hasPolicy) {
      throw new NotAllowedError(
        `'${permission.name}' must be given by a permission policy, and this portal has none (permission.enabled)`,
      );
    }
    if (!(await this.isGiven(credentials, permission))) {
      throw new NotAllowedError(missingPermissionWords({ permission }));
    }
  }

  /** Whether somebody has a permission that is of no entity. Without a policy everybody has. */
  async isGiven(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return decision?.result === AuthorizeResult.ALLOW;
  }

  /**
   * Like `granted`; but where no policy decides, development lets everybody look, because whoever tries the plugin is
   * the operator.
   *
   * @throws NotAllowedError, AuthenticationError
   */
  async operator(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!this.#hasPolicy && process.env.NODE_ENV !== 'production') {
      checkUnexpired(credentials);
      return;
    }
    await this.granted(credentials, permission);
  }

  /**
   * Leaves, of entities, those that the person may see and has all of the permissions for, each by the spelling that it
   * came in. For one request: an entity is asked for once.
   */
  selecting(
    credentials: BackstageCredentials,
    ...permissions: EntityPermission[]
  ): Selecting {
    const known = new Map<EntityRef, boolean>();
    return async entityRefs => {
      const refs = [...new Set(entityRefs)];
      const unknown = refs.filter(ref => !known.has(ref));
      const left = await this.#permittedOfMany(
        credentials,
        permissions,
        unknown,
      );
      unknown.forEach(ref => known.set(ref, left.has(ref)));
      return new Set(refs.filter(ref => known.get(ref)));
    };
  }

  /** Where there are several questions to ask, the policy is asked first whether it decides for all entities alike. */
  async #permittedOfMany(
    credentials: BackstageCredentials,
    permissions: EntityPermission[],
    entityRefs: EntityRef[],
  ): Promise<Set<EntityRef>> {
    const asked =
      entityRefs.length > ASKED_AT_ONCE
        ? await this.#undecided(credentials, permissions)
        : permissions;
    return asked === undefined
      ? new Set()
      : inPieces(entityRefs, some =>
          this.#permittedAmong(credentials, asked, some),
        );
  }

  /** Those permissions that the policy does not give for every entity; undefined where it gives one for none. */
  async #undecided(
    credentials: BackstageCredentials,
    permissions: EntityPermission[],
  ): Promise<EntityPermission[] | undefined> {
    if (permissions.length === 0) return [];
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    if (decisions.some(({ result }) => result === AuthorizeResult.DENY)) {
      return undefined;
    }
    return permissions.filter(
      (_, n) => decisions[n]?.result !== AuthorizeResult.ALLOW,
    );
  }

  async #permittedAmong(
    credentials: BackstageCredentials,
    permissions: EntityPermission[],
    entityRefs: EntityRef[],
  ): Promise<Set<EntityRef>> {
    let left = await this.#visibleAmong(credentials, entityRefs);
    for (const permission of permissions) {
      if (left.length === 0) break;
      const decisions = await this.#permissions.authorize(
        left.map(ref => ({ permission, resourceRef: canonicalRef(ref) })),
        { credentials },
      );
      left = left.filter(
        (_, n) => decisions[n]?.result === AuthorizeResult.ALLOW,
      );
    }
    return new Set(left);
  }

  async #visibleAmong(
    credentials: BackstageCredentials,
    entityRefs: EntityRef[],
  ): Promise<EntityRef[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: entityRefs.map(canonicalRef),
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    );
    return entityRefs.filter((_, index) => items[index] !== undefined);
  }
}

function refusalOf(
  permission: EntityPermission,
  entityRef: EntityRef,
  entity: Entity | undefined,
): Extract<Permitted, { allowed: false }> {
  return {
    allowed: false,
    because: missingPermissionWords({
      permission,
      entityRef,
      owners: entity && ownersOf(entity),
    }),
  };
}

/** What a question leaves of entities, asked of some at a time. */
async function inPieces(
  entityRefs: readonly EntityRef[],
  ask: (some: EntityRef[]) => Promise<Iterable<EntityRef>>,
): Promise<Set<EntityRef>> {
  const left = new Set<EntityRef>();
  let from = 0;
  const askOn = async () => {
    while (from < entityRefs.length) {
      const some = entityRefs.slice(from, from + ASKED_AT_ONCE);
      from += ASKED_AT_ONCE;
      for (const ref of await ask(some)) left.add(ref);
    }
  };
  await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, askOn));
  return left;
}

/** A token that was good when a stream was opened is not good for ever. */
function checkUnexpired({ expiresAt }: BackstageCredentials): void {
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new AuthenticationError('Your sign-in has expired');
  }
}

/** One spelling per entity: a policy must not be asked for `Component:default/Pay` and the catalog for another. */
function canonicalRef(entityRef: EntityRef): EntityRef {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch (error) {
    throw new InputError(
      `'${entityRef}' names no entity; expected a text such as component:default/payments`,
      error,
    );
  }
}
