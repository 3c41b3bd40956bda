import type {
  EntityRef,
  Run,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Ownership } from '../oncall/Ownership';

/** Those who could approve for each entity, without the person who started the run. */
export async function approversFor(
  ownership: Pick<Ownership, 'approversOfEach' | 'accountsOf'>,
  run: Run,
  entityRefs: readonly EntityRef[],
  at: Date,
): Promise<RunView['approvers']> {
  const [approvers, accounts] = await Promise.all([
    ownership.approversOfEach(entityRefs, at),
    ownership.accountsOf(run.requestedBy),
  ]);
  return approvers.filter(({ userRef }) => !accounts.includes(userRef));
}
