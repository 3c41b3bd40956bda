import type {
  Actor,
  EntityRef,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Ownership } from '../oncall/Ownership';

/** Who may decide for entities, and which accounts are one person. */
export type RunOwnership = Pick<
  Ownership,
  'entitlementsOf' | 'approversOfEach' | 'accountsOf' | 'sameAs'
>;

/**
 * The person behind an account, with what they may decide for each of the entities.
 *
 * @param accounts - Those that asked or approved: which of them are the same person.
 */
export async function actorOf(
  ownership: Pick<RunOwnership, 'accountsOf' | 'sameAs' | 'entitlementsOf'>,
  userRef: EntityRef,
  entityRefs: readonly EntityRef[],
  accounts: readonly EntityRef[],
  at: Date,
): Promise<Actor> {
  const [own, sameAs, entitlements] = await Promise.all([
    ownership.accountsOf(userRef),
    ownership.sameAs(userRef, accounts),
    ownership.entitlementsOf(userRef, entityRefs, at),
  ]);
  return { userRef, sameAs: [...new Set([...own, ...sameAs])], entitlements };
}
