import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  handoverAt,
  type EntityRef,
  type Instant,
  type OnCallScheduleView,
  type OnCallView,
  type Person,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting } from '../http/access';
import { GroupDirectory } from './GroupDirectory';
import type { IdentityOrigins } from './IdentityOrigins';
import {
  OnCallSchedules,
  type GroupSchedule,
  type OnCallDocumentReader,
  type OnCallReading,
} from './OnCallSchedules';
import type { Ownership } from './Ownership';
import { personOf } from './personOf';
import { scheduleProblems, usersOf } from './scheduleProblems';

/** Shows who owns an entity and who is on call for it. It checks no permission: whoever calls it has to. */
export class OnCallService {
  readonly #ownership: Ownership;
  readonly #groups: GroupDirectory;
  readonly #schedules: OnCallSchedules;

  constructor(options: {
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
    ownership: Ownership;
    origins: IdentityOrigins;
    refs: OnCallDocumentReader;
    reading?: OnCallReading;
  }) {
    this.#ownership = options.ownership;
    this.#groups = new GroupDirectory(options);
    this.#schedules = new OnCallSchedules({
      groups: this.#groups,
      documents: options.refs,
      ...(options.reading ? { reading: options.reading } : {}),
    });
  }

  /**
   * Owners with their members, the schedules with who is on call now and next, and everything that is wrong with
   * them: holes within two weeks, people whom the catalog does not know, documents that cannot be read. Throws
   * NotFoundError where the catalog does not know the entity.
   *
   * @param visible - Leaves the users that the person who looks may see in the catalog: of others nothing but the name
   *   in their reference is told, whatever team a card names as its owner.
   */
  async view(
    entityRef: EntityRef,
    at: Date,
    visible: Selecting,
  ): Promise<OnCallView> {
    const now = at.toISOString();
    const owners = await this.#ownership.ownersOf(entityRef);
    const groups = owners.filter(owner => owner.startsWith('group:'));
    const [members, found] = await Promise.all([
      Promise.all(owners.map(owner => this.#membersOf(owner))),
      Promise.all(groups.map(group => this.#schedules.schedulesOf(group))),
    ]);
    // Two owners may have the same ancestor, and so the same schedules.
    const schedules = uniqueSchedules(found.flatMap(each => each.schedules));
    const entities = await this.#groups.findAll([
      ...owners,
      ...members.flat(),
      ...schedules.flatMap(({ schedule }) => usersOf(schedule, now)),
    ]);
    const shown = await visible(entities.keys());
    const person = (userRef: EntityRef) => {
      const known = personOf(userRef, entities.get(userRef));
      return !known.known || shown.has(userRef) ? known : nameless(known);
    };

    return {
      entityRef,
      owners: owners.map((groupRef, index) => ({
        groupRef,
        displayName: nameOf(groupRef, entities.get(groupRef)),
        members: members[index].map(person),
      })),
      schedules: schedules.map(schedule => viewOf(schedule, now, person)),
      problems: uniqueProblems([
        ...(owners.length === 0
          ? [
              {
                message: `${entityRef} has no owner, so nobody is on call for it`,
              },
            ]
          : []),
        ...found.flatMap(each => each.problems),
        ...scheduleProblems(entityRef, schedules, now, person),
      ]),
    };
  }

  async #membersOf(owner: EntityRef): Promise<EntityRef[]> {
    if (!owner.startsWith('group:')) return [owner];
    return (await this.#ownership.membersOf(owner)).sort();
  }
}

function nameless({ userRef, known }: Person): Person {
  return { ...personOf(userRef, undefined), known };
}

function viewOf(
  { schedule, groupRef, source }: GroupSchedule,
  at: Instant,
  person: (userRef: EntityRef) => Person,
): OnCallScheduleView {
  const { now, next } = handoverAt(schedule, at);
  return {
    id: schedule.id,
    title: schedule.title,
    timeZone: schedule.timeZone,
    groupRef,
    source,
    ...(now ? { now: { shift: now, person: person(now.userRef) } } : {}),
    ...(next ? { next: { shift: next, person: person(next.userRef) } } : {}),
  };
}

function uniqueSchedules(schedules: GroupSchedule[]): GroupSchedule[] {
  const byPlace = new Map(
    schedules.map(each => [`${each.groupRef} ${each.schedule.id}`, each]),
  );
  return [...byPlace.values()];
}

function uniqueProblems(
  problems: OnCallView['problems'],
): OnCallView['problems'] {
  return [
    ...new Map(problems.map(each => [JSON.stringify(each), each])).values(),
  ];
}

function nameOf(ref: EntityRef, entity: Entity | undefined): string {
  const { profile } = (entity?.spec ?? {}) as {
    profile?: { displayName?: string };
  };
  return profile?.displayName ?? entity?.metadata.title ?? ref;
}
