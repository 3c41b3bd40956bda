import {
  foldRun,
  noticesOf,
  type EntityRef,
  type LedgerEntry,
  type Run,
  type RunNotice,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Clock } from '../database/DatabaseClock';
import type { Ownership } from '../oncall/Ownership';
import { approversFor } from './approversFor';
import type { Notice } from './Outbox';
import type { RunNotifier } from './RunNotifier';

type NoticeOwnership = Pick<
  Ownership,
  'approversOfEach' | 'accountsOf' | 'namesOf'
>;

/**
 * Tells people what happened in a run: those who could approve, as they are when they are told, and those who wait for
 * an answer. Nobody is told of what they did themselves.
 */
export class RunNotices {
  readonly #runs: { ledger(runId: string): Promise<LedgerEntry[]> };
  readonly #ownership: NoticeOwnership;
  readonly #notifier: Pick<RunNotifier, 'tell'>;
  readonly #clock: Clock;

  constructor(options: {
    runs: { ledger(runId: string): Promise<LedgerEntry[]> };
    ownership: NoticeOwnership;
    notifier: Pick<RunNotifier, 'tell'>;
    /** By which it is told who is on call. */
    clock: Clock;
  }) {
    this.#runs = options.runs;
    this.#ownership = options.ownership;
    this.#notifier = options.notifier;
    this.#clock = options.clock;
  }

  /** Tells what still holds of it, which may be nothing. @throws what notifying threw */
  async deliver({ runId, seq }: Pick<Notice, 'runId' | 'seq'>): Promise<void> {
    const entries = await this.#runs.ledger(runId);
    const run = foldRun(entries);
    for (const notice of noticesOf(entries, seq)) {
      const { subject } = notice;
      const names = await this.#ownership.namesOf([
        run.plan.entityRef,
        ...('by' in subject ? [subject.by] : []),
        ...(subject.kind === 'approved' ? subject.missing : []),
      ]);
      await this.#notifier.tell(run, {
        notice,
        seq,
        userRefs: await this.#recipientsOf(run, notice),
        nameOf: entityRef => names.get(entityRef) ?? entityRef,
      });
    }
  }

  async #recipientsOf(
    run: Run,
    { to, except }: RunNotice,
  ): Promise<EntityRef[]> {
    const userRefs =
      to.kind === 'people'
        ? to.userRefs
        : (
            await approversFor(
              this.#ownership,
              run,
              to.approvalOf,
              await this.#clock.now(),
            )
          ).map(({ userRef }) => userRef);
    return [...new Set(userRefs)].filter(ref => !except.includes(ref));
  }
}
