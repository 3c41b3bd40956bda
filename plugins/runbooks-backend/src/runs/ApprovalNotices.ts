import {
  missingApprovals,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Clock } from '../database/DatabaseClock';
import type { Ownership } from '../oncall/Ownership';
import type { ApprovalNotifier } from './ApprovalNotifier';
import { approversFor } from './approversFor';
import type { Notice } from './Outbox';

type ApprovalOwnership = Pick<
  Ownership,
  'approversOfEach' | 'accountsOf' | 'namesOf'
>;

/** Tells the people who could approve a step, as they are when they are told. */
export class ApprovalNotices {
  readonly #runs: { get(runId: string): Promise<Run> };
  readonly #ownership: ApprovalOwnership;
  readonly #notifier: Pick<ApprovalNotifier, 'requested'>;
  readonly #clock: Clock;

  constructor(options: {
    runs: { get(runId: string): Promise<Run> };
    ownership: ApprovalOwnership;
    notifier: Pick<ApprovalNotifier, 'requested'>;
    /** By which it is told who is on call. */
    clock: Clock;
  }) {
    this.#runs = options.runs;
    this.#ownership = options.ownership;
    this.#notifier = options.notifier;
    this.#clock = options.clock;
  }

  /** Tells nobody where the approval is not waited for any more. @throws what notifying threw */
  async deliver({ runId, stepId }: Notice): Promise<void> {
    const run = await this.#runs.get(runId);
    const step = run.plan.steps.find(({ id }) => id === stepId);
    const state = run.steps[stepId];
    if (!step || state?.status !== 'waiting-approval') return;
    if (run.status.kind !== 'open') return;
    const approvers = await approversFor(
      this.#ownership,
      run,
      missingApprovals(run, state.request, state.given),
      await this.#clock.now(),
    );
    const asking = [run.requestedBy, state.request.requestedBy];
    const userRefs = approvers
      .map(({ userRef }) => userRef)
      .filter(userRef => !asking.includes(userRef));
    const { requestedBy } = state.request;
    const { entityRef } = run.plan;
    const names = await this.#ownership.namesOf([requestedBy, entityRef]);
    await this.#notifier.requested(run, step, {
      approverRefs: [...new Set(userRefs)],
      askedBy: names.get(requestedBy) ?? requestedBy,
      entity: names.get(entityRef) ?? entityRef,
    });
  }
}
