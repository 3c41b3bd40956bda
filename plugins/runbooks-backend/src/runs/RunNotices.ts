import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  foldRun,
  noticesOf,
  type EntityRef,
  type LedgerEntry,
  type Run,
  type RunNotice,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Clock } from '../database/DatabaseClock';
import { AlteredLedgerError } from '../ledger/AlteredLedgerError';
import type { Ownership } from '../oncall/Ownership';
import { approversFor } from './approversFor';
import type { Notice } from './Outbox';
import type { RunNotifier } from './RunNotifier';
import type { RunStore } from './RunStore';

type NoticeOwnership = Pick<
  Ownership,
  'approversOfEach' | 'accountsOf' | 'namesOf'
>;

/**
 * Tells people what happened in a run: those who could approve, as they are when they are told, and those who wait for
 * an answer. Nobody is told of what they did themselves.
 */
export class RunNotices {
  readonly #runs: Pick<RunStore, 'vouchedLedger'>;
  readonly #ownership: NoticeOwnership;
  readonly #notifier: Pick<RunNotifier, 'tell'>;
  readonly #clock: Clock;
  readonly #logger: Pick<LoggerService, 'warn'>;

  constructor(options: {
    runs: Pick<RunStore, 'vouchedLedger'>;
    ownership: NoticeOwnership;
    notifier: Pick<RunNotifier, 'tell'>;
    /** By which it is told who is on call. */
    clock: Clock;
    logger: Pick<LoggerService, 'warn'>;
  }) {
    this.#runs = options.runs;
    this.#ownership = options.ownership;
    this.#notifier = options.notifier;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /**
   * Tells what still holds of it, which may be nothing. Of a history that the portal does not vouch for nobody is told
   * anything, now or later: anybody with the database could have people asked to approve.
   *
   * @throws what notifying threw
   */
  async deliver({ runId, seq }: Pick<Notice, 'runId' | 'seq'>): Promise<void> {
    const entries = await this.#vouchedLedger(runId, seq);
    if (!entries) return;
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

  async #vouchedLedger(
    runId: string,
    seq: number,
  ): Promise<LedgerEntry[] | undefined> {
    try {
      return await this.#runs.vouchedLedger(runId);
    } catch (error) {
      if (!(error instanceof AlteredLedgerError)) throw error;
      this.#logger.warn(
        `Nobody is told of event ${seq} of run ${runId}: ${error.because}`,
      );
      return undefined;
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
