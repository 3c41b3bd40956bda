import {
  waitingApproval,
  type EntityRef,
  type ListRunsQuery,
  type RunPage,
  type WaitingApproval,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Clock } from '../database/DatabaseClock';
import type { Selecting, UserCredentials } from '../http/access';
import type { SecretBox } from '../workspaces/SecretBox';
import { actorOf, type RunOwnership } from './actorOf';
import { newestOf } from './newestOf';
import type { ReadingHistory } from './RunAccess';
import type { RunStore } from './RunStore';
import { SealedCursors } from './SealedCursors';

const MAX_WAITING = 100;
const RUNS_ON_A_PAGE = 25;

/** History, and the approvals that wait for somebody: of runs, only what the person may see. */
export class RunLists {
  readonly #runs: ListedRuns;
  readonly #ownership: RunOwnership;
  readonly #cursors: SealedCursors;
  readonly #clock: Clock;

  constructor(options: {
    runs: ListedRuns;
    ownership: RunOwnership;
    box: Pick<SecretBox, 'seal' | 'open'>;
    /** By which it is told what still waits. */
    clock: Clock;
  }) {
    this.#runs = options.runs;
    this.#ownership = options.ownership;
    this.#cursors = new SealedCursors(options.box);
    this.#clock = options.clock;
  }

  /**
   * History of the entities that `reading` leaves. Which these are is asked of all entities that have runs, whatever
   * the page, and the page is of their runs alone: neither it nor its cursor nor the time it takes tells anything of
   * other runs.
   */
  async list(
    { entityRef, cursor, ...filters }: ListRunsQuery,
    userRef: EntityRef,
    reading: ReadingHistory,
  ): Promise<RunPage> {
    const limit = filters.limit ?? RUNS_ON_A_PAGE;
    const opened =
      cursor === undefined
        ? {}
        : { cursor: this.#cursors.open(cursor, userRef) };
    const { all, own, gone } = await reading(
      entityRef === undefined
        ? await this.#runs.runEntities(filters)
        : [entityRef],
    );
    const query = { ...filters, ...opened, limit };
    const started = filters.requestedBy ?? userRef;
    const pages = await Promise.all([
      this.#runs.list({ ...query, entityRefs: all }),
      ...(own.length > 0 && started === userRef
        ? [this.#runs.list({ ...query, entityRefs: own, requestedBy: userRef })]
        : []),
    ]);
    const { runs, nextCursor } = newestOf(pages, limit);
    return {
      runs: runs.map(run =>
        gone.has(run.entityRef) ? { ...run, entityIsGone: true } : run,
      ),
      ...(nextCursor === undefined
        ? {}
        : { nextCursor: this.#cursors.seal(nextCursor, userRef) }),
    };
  }

  /**
   * Approvals that wait for this person: they are entitled for an entity of which one is missing, and neither asked
   * nor approved already, with any account of theirs. Newest first.
   */
  async approvalsFor(
    credentials: UserCredentials,
    may: { approvable: Selecting; visible: Selecting },
  ): Promise<WaitingApproval[]> {
    const userRef = credentials.principal.userEntityRef;
    const at = await this.#clock.now();
    const actor = await actorOf(
      this.#ownership,
      userRef,
      await this.#runs.waitingEntities(at),
      [],
      at,
    );
    const entitled = Object.keys(actor.entitlements).filter(
      entityRef => actor.entitlements[entityRef].entitled,
    );
    const entityRefs = [...(await may.approvable(entitled))];
    if (entityRefs.length === 0) return [];
    const runEntityRefs = await may.visible(
      await this.#runs.waitingRunEntities(entityRefs, at),
    );
    if (runEntityRefs.size === 0) return [];
    const waiting = await this.#runs.waiting({
      entityRefs,
      runEntityRefs: [...runEntityRefs],
      accounts: [userRef, ...actor.sameAs],
      at,
      limit: MAX_WAITING,
    });
    return waiting.flatMap(
      ({ run, stepId }) => waitingApproval(run, stepId) ?? [],
    );
  }
}

/** What lists are made from. */
export type ListedRuns = Pick<
  RunStore,
  'list' | 'runEntities' | 'waiting' | 'waitingEntities' | 'waitingRunEntities'
>;
