import type { RunOwnership } from '../runs/actorOf';
import { OWNER, REQUESTER } from './runs';

const AUTH = 'component:default/auth-service';
/** Of the requester. */
export const SECOND_ACCOUNT = 'user:default/maya-admin';

/** Everybody but a stranger owns auth-service, and nobody anything else. */
export const OWNERSHIP: RunOwnership = {
  entitlementsOf: async (userRef, entityRefs) =>
    Object.fromEntries(
      [...entityRefs].map(entityRef => [
        entityRef,
        entityRef === AUTH && userRef !== 'user:default/stranger'
          ? { entitled: true, entitledBy: 'owner' }
          : { entitled: false, because: 'no owner' },
      ]),
    ),
  approversOfEach: async entityRefs =>
    [...entityRefs].flatMap(entityRef =>
      [REQUESTER, SECOND_ACCOUNT, OWNER].map(userRef => ({
        entityRef,
        userRef,
        displayName: userRef,
        entitledBy: 'owner',
      })),
    ),
  accountsOf: async userRef =>
    [REQUESTER, SECOND_ACCOUNT].includes(userRef)
      ? [REQUESTER, SECOND_ACCOUNT]
      : [userRef],
  sameAs: async () => [],
};
