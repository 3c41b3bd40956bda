import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  onCallAt,
  type Entitlement,
  type EntityRef,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { IdentityOrigins } from './IdentityOrigins';
import { GroupDirectory, ownersOf, type Membership } from './GroupDirectory';
import {
  OnCallSchedules,
  type OnCallDocumentReader,
  type OnCallReading,
} from './OnCallSchedules';
import { PersonAccounts } from './PersonAccounts';
import { personOf } from './personOf';

/** Somebody who may approve. */
export interface EntitledPerson {
  userRef: EntityRef;
  displayName: string;
  entitledBy: string;
}

/** Somebody who may approve what is done to this entity. */
export interface EntityApprover extends EntitledPerson {
  entityRef: EntityRef;
}

/**
 * Who may decide for an entity: its owners (users, or members of an owning group or of a group below it), and
 * whoever is on call for it at that moment.
 *
 * Everything is read from the catalog at the moment of decision. Tokens are not asked: what they say about groups is
 * as old as the sign-in. A user or an entity that the catalog does not know any more is entitled to nothing; neither is
 * a user or a group that somebody registered, see IdentityOrigins.
 */
export class Ownership {
  readonly #groups: GroupDirectory;
  readonly #schedules: OnCallSchedules;
  readonly #accounts: PersonAccounts;
  readonly #origins: IdentityOrigins;

  /** @param options.credentials - The plugin's own: what a person may see must not change who owns what. */
  constructor(options: {
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
    /** Whose word counts about groups and users. */
    origins: IdentityOrigins;
    refs: OnCallDocumentReader;
    reading?: OnCallReading;
    /** See PersonAccounts. */
    identityKey?: string;
  }) {
    this.#groups = new GroupDirectory(options);
    this.#origins = options.origins;
    this.#accounts = new PersonAccounts(options);
    this.#schedules = new OnCallSchedules({
      groups: this.#groups,
      documents: options.refs,
      ...(options.reading ? { reading: options.reading } : {}),
    });
  }

  /** Users and groups that own the entity. Throws NotFoundError where the catalog does not know it. */
  async ownersOf(entityRef: EntityRef): Promise<EntityRef[]> {
    return ownersOf(await this.#entity(entityRef));
  }

  /** Users of the group and of all groups below it. */
  async membersOf(groupRef: EntityRef): Promise<EntityRef[]> {
    const members = await this.#groups.membersOf(groupRef);
    return members.map(({ userRef }) => userRef);
  }

  /** Whether the user may decide for the entity at that moment. Rejects where the catalog does not answer. */
  async entitlementOf(
    userRef: EntityRef,
    entityRef: EntityRef,
    at: Date,
  ): Promise<Entitlement> {
    const user = userRef.toLocaleLowerCase('en-US');
    const found = await this.#groups.findAll([user, entityRef]);
    const entity = found.get(entityRef.toLocaleLowerCase('en-US'));
    if (!found.has(user)) {
      return refused(this.#origins.missing(user));
    }
    if (!entity) return refused(this.#origins.missing(entityRef));

    const owners = ownersOf(entity);
    if (owners.length === 0) return refused(`${entityRef} has no owner`);
    if (owners.includes(user)) {
      return { entitled: true, entitledBy: `owner of ${entityRef}` };
    }
    for (const owner of owners.filter(isGroup)) {
      const membership = (await this.#groups.membersOf(owner)).find(
        member => member.userRef === user,
      );
      if (membership) {
        return {
          entitled: true,
          entitledBy: memberWords(membership, owner, entityRef),
        };
      }
    }
    const duty = (await this.#onCall(entity, at)).find(
      ({ userRef: onCall }) => onCall === user,
    );
    return duty
      ? { entitled: true, entitledBy: duty.entitledBy }
      : refused(
          `${user} neither belongs to ${owners.join(
            ' or ',
          )}, which owns ${entityRef}, nor is on call for it`,
        );
  }

  /**
   * Everybody who may decide for the entity at that moment, to be asked by name: those on call first. Users that the
   * catalog does not know are left out. Throws NotFoundError where the catalog does not know the entity.
   */
  async approversOf(entityRef: EntityRef, at: Date): Promise<EntitledPerson[]> {
    const entity = await this.#entity(entityRef);
    const entitled = new Map<EntityRef, string>();
    const add = (userRef: EntityRef, entitledBy: string) => {
      if (!entitled.has(userRef)) entitled.set(userRef, entitledBy);
    };
    for (const duty of await this.#onCall(entity, at)) {
      add(duty.userRef, duty.entitledBy);
    }
    for (const owner of ownersOf(entity)) {
      if (!isGroup(owner)) {
        add(owner, `owner of ${entityRef}`);
        continue;
      }
      for (const member of await this.#groups.membersOf(owner)) {
        add(member.userRef, memberWords(member, owner, entityRef));
      }
    }
    const users = await this.#groups.findAll([...entitled.keys()]);
    return [...entitled].flatMap(([userRef, entitledBy]) => {
      const user = users.get(userRef);
      return user
        ? [
            {
              userRef,
              displayName: personOf(userRef, user).displayName,
              entitledBy,
            },
          ]
        : [];
    });
  }

  /** What the user may decide for each of the entities. Rejects where the catalog does not answer. */
  async entitlementsOf(
    userRef: EntityRef,
    entityRefs: Iterable<EntityRef>,
    at: Date,
  ): Promise<Record<EntityRef, Entitlement>> {
    const refs = [...new Set(entityRefs)];
    const entitlements = await Promise.all(
      refs.map(entityRef => this.entitlementOf(userRef, entityRef, at)),
    );
    return Object.fromEntries(refs.map((ref, n) => [ref, entitlements[n]]));
  }

  /**
   * Everybody who may decide for one of the entities, each person once for each entity that they can cover. An entity
   * that the catalog does not know any more has nobody.
   */
  async approversOfEach(
    entityRefs: Iterable<EntityRef>,
    at: Date,
  ): Promise<EntityApprover[]> {
    const found = await Promise.all(
      [...new Set(entityRefs)].map(async entityRef => {
        const approvers = await this.approversOf(entityRef, at).catch(error => {
          if (error instanceof NotFoundError) return [];
          throw error;
        });
        return approvers.map(approver => ({ ...approver, entityRef }));
      }),
    );
    return found.flat();
  }

  /** What people call each of these: the name of a person or group, the title of a service. @returns by reference */
  async namesOf(
    entityRefs: Iterable<EntityRef>,
  ): Promise<ReadonlyMap<EntityRef, string>> {
    const refs = [...new Set(entityRefs)];
    const found = await this.#groups.findAll(refs);
    return new Map(
      refs.map(ref => [
        ref,
        found.get(ref)
          ? personOf(ref, found.get(ref)).displayName
          : parseEntityRef(ref).name,
      ]),
    );
  }

  /**
   * All accounts of the person who has this one, itself among them. An account that the catalog does not know stands
   * for itself; it is entitled to nothing.
   */
  async accountsOf(userRef: EntityRef): Promise<EntityRef[]> {
    return (await this.#accounts.accountsOf(userRef)) ?? [userRef];
  }

  /**
   * Those of `others` that are the same person as the user, or may be for all that can be told: whose an account is
   * that the catalog does not know, nobody can tell. They are not a second pair of eyes for each other.
   */
  async sameAs(
    userRef: EntityRef,
    others: Iterable<EntityRef>,
  ): Promise<EntityRef[]> {
    const accounts = new Set(await this.accountsOf(userRef));
    const same: EntityRef[] = [];
    for (const other of new Set(others)) {
      const isKnown = (await this.#accounts.accountsOf(other)) !== undefined;
      const account = other.toLocaleLowerCase('en-US');
      if (!isKnown || accounts.has(account)) same.push(other);
    }
    return same;
  }

  async #onCall(
    entity: Entity,
    at: Date,
  ): Promise<Array<{ userRef: EntityRef; entitledBy: string }>> {
    const onCall: Array<{ userRef: EntityRef; entitledBy: string }> = [];
    for (const owner of ownersOf(entity).filter(isGroup)) {
      const { schedules } = await this.#schedules.schedulesOf(owner);
      for (const { schedule, groupRef } of schedules) {
        const shift = onCallAt(schedule, at.toISOString());
        if (!shift) continue;
        onCall.push({
          userRef: shift.userRef,
          entitledBy: `on call for ${stringifyEntityRef(entity)} (schedule '${
            schedule.title
          }' of ${groupRef})`,
        });
      }
    }
    return onCall;
  }

  async #entity(entityRef: EntityRef): Promise<Entity> {
    const entity = await this.#groups.find(entityRef);
    if (entity) return entity;
    throw new NotFoundError(this.#origins.missing(entityRef));
  }
}

function refused(because: string): Entitlement {
  return { entitled: false, because };
}

function isGroup(ref: EntityRef): boolean {
  return ref.startsWith('group:');
}

function memberWords(
  { through }: Membership,
  owner: EntityRef,
  entityRef: EntityRef,
): string {
  return through === owner
    ? `member of ${owner}, which owns ${entityRef}`
    : `member of ${through}, part of ${owner}, which owns ${entityRef}`;
}
