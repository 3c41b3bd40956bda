import type {
  ApiCall,
  CallsPage,
  CallCounts,
  EntityRef,
  Instant,
  LedgerEntry,
  ListRunsQuery,
  OutputPage,
  Run,
  RunEvent,
  RunPage,
  RunRetry,
} from '@backstage-runbooks/plugin-runbooks-common';

/** A run that a worker has, at a moment of the database's clock. */
export interface HeldRun {
  run: Run;
  at: Instant;
}

/** Who claims, and what it is at already. */
export interface Claimant {
  /** The worker's id; it must be seen, see `WorkerPresence`. */
  owner: string;
  /** Runs that it works on. */
  active: readonly string[];
  /** How many it works on at once. */
  slots: number;
}

/** The right to work on a run while its owner is seen. The token fences: whoever claims later has a higher one. */
export interface Lease {
  runId: string;
  owner: string;
  token: string;
}

/** One try of one step. */
export interface AttemptRef {
  runId: string;
  stepId: string;
  attempt: number;
}

/** An attempt under way, with the lease of the worker that makes it. */
export interface HeldAttempt extends AttemptRef {
  lease: Lease;
}

/** Something kept encrypted. */
export interface SealedSecret {
  name: string;
  ciphertext: Buffer;
}

/** What makes a start the same start: one key and person, one run. */
export interface StartKey {
  userRef: EntityRef;
  key: string;
  /** Keyed digest of what was asked for. */
  requestDigest: string;
}

/** A run that begins, with what must be stored together with it or not at all. */
export interface NewRun {
  runId: string;
  events: RunEvent[];
  secrets: SealedSecret[];
  key?: StartKey;
}

/** Which runs are looked for, besides those of which entities. */
export type RunFilters = Pick<
  ListRunsQuery,
  | 'requestedBy'
  | 'approvedBy'
  | 'procedureId'
  | 'state'
  | 'result'
  | 'from'
  | 'to'
>;

/** Runs of some entities. A list of all runs cannot be asked for: somebody must say first which entities may be seen. */
export interface RunListQuery extends RunFilters {
  entityRefs: readonly EntityRef[];
  cursor?: string;
  limit?: number;
}

/** Whose approvals are looked for. */
export interface WaitingQuery {
  /** Entities that the person is entitled for. */
  entityRefs: EntityRef[];
  /** Entities of runs that the person may see: of others nothing is found, nor counted. */
  runEntityRefs: EntityRef[];
  /** Accounts of the person: what these asked for or approved already is left out. */
  accounts: EntityRef[];
  at: Date;
  limit: number;
}

/** Keeps runs and their ledgers. A run is the fold of its events. */
export interface RunStore {
  /**
   * Stores a run, its secrets and its key in one transaction. With a key that the person used before: that run.
   *
   * @throws ConflictError where the key was used for something else, TooManyError where the person has too many runs.
   */
  create(newRun: NewRun, at: Date): Promise<Run>;
  /** The run that a key started; undefined where it was not used. @throws ConflictError, as `create`. */
  startedWith(key: StartKey): Promise<Run | undefined>;
  /** As it is stored, to be shown. @throws NotFoundError */
  get(runId: string): Promise<Run>;
  /**
   * To do something with it.
   *
   * @throws NotFoundError, AlteredLedgerError where something else than this portal changed its history.
   */
  vouched(runId: string): Promise<Run>;
  /** The events of the same. @throws NotFoundError, AlteredLedgerError, as `vouched`. */
  vouchedLedger(runId: string): Promise<LedgerEntry[]>;
  /** Why nobody works on the run; undefined where nothing failed since its last event. */
  retryOf(runId: string): Promise<RunRetry | undefined>;
  /** @throws NotFoundError */
  ledger(runId: string): Promise<LedgerEntry[]>;
  /** The entities of which there are runs that the filters leave, and perhaps some more. */
  runEntities(filters: RunFilters): Promise<EntityRef[]>;
  /** Newest first. @throws InputError for a text that is no cursor. */
  list(query: RunListQuery): Promise<RunPage>;

  /** The entities for which an approval is missing somewhere. */
  waitingEntities(at: Date): Promise<EntityRef[]>;
  /** The entities of the runs in which an approval of one of these entities is missing. */
  waitingRunEntities(entityRefs: EntityRef[], at: Date): Promise<EntityRef[]>;
  /**
   * Steps that wait for an approval of one of the entities, whatever else is up with their run; newest first. Where there
   * are more than the limit, each person who asked gets a share: nobody's many requests push out those of others.
   */
  waiting(query: WaitingQuery): Promise<Array<{ run: Run; stepId: string }>>;

  /**
   * Loads a run locked, lets `decide` say what happens, appends that and wakes workers and viewers.
   * What `decide` throws ends the transaction without a trace.
   *
   * @throws AlteredLedgerError, as `vouched`; LockedError where another run is changing the same objects; TooManyError where the person for whom a step is
   *   queued has too many of them.
   */
  change(
    runId: string,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run>;
}

/** The queue of runs that have something to do. All times are of the database's clock. */
export interface RunQueue {
  /**
   * Claims a run that has something to do and that nobody works on, least of all the claimant; undefined when there is
   * none, or no slot for those whose it is.
   */
  claim(claimant: Claimant): Promise<Lease | undefined>;
  /** The run; undefined when the lease was lost. @throws AlteredLedgerError, as `RunStore.vouched`. */
  load(lease: Lease): Promise<HeldRun | undefined>;
  /** `lost` when another worker has the lease, `cancelling` when the run is to stop. */
  leaseState(lease: Lease): Promise<'held' | 'cancelling' | 'lost'>;
  /** Like `RunStore.change`, but only while the lease is held; undefined when it was lost. */
  changeAsWorker(
    lease: Lease,
    decide: (run: Run, at: Instant) => RunEvent[],
  ): Promise<HeldRun | undefined>;
  /** Gives the run back. */
  release(lease: Lease): Promise<void>;
  /** Gives the run back after a failure: it is claimed again later, each time after a longer while. */
  postpone(lease: Lease, because: string): Promise<void>;
}

/**
 * Output and calls of attempts. They are written only while the attempt is under way and its lease is the current one
 * of its run.
 */
export interface AttemptStore {
  /** @throws LeaseLostError */
  appendOutput(
    attempt: HeldAttempt,
    offset: number,
    text: string,
  ): Promise<void>;
  /** Output from a byte offset on; whole chunks, at most about `maxBytes`. */
  readOutput(
    ref: AttemptRef,
    offset: number,
    maxBytes: number,
  ): Promise<Pick<OutputPage, 'offset' | 'text' | 'nextOffset'>>;

  /** Inserts a call or, when its id is known, its end. @throws LeaseLostError */
  recordCall(attempt: HeldAttempt, call: ApiCall): Promise<void>;
  /**
   * Calls of an attempt in their order, at most 500.
   *
   * @param options - `after`: the id of the last call of the page before; `onlyChanges`: writes that passed.
   */
  calls(
    ref: AttemptRef,
    options?: { after?: string; onlyChanges?: boolean },
  ): Promise<CallsPage>;
  /** Calls of an attempt by what they did, by what is recorded until now. */
  callCounts(ref: AttemptRef): Promise<CallCounts>;
}

/** What a run keeps encrypted until it ends. */
export interface RunVault {
  /** Puts all of them or none. @throws LeaseLostError */
  putSecrets(
    attempt: HeldAttempt,
    secrets: readonly SealedSecret[],
  ): Promise<void>;
  getSecret(runId: string, name: string): Promise<Buffer | undefined>;
}

/** Repositories as they were planned. */
export interface SnapshotStore {
  putSnapshot(revision: string, archive: Buffer): Promise<void>;
  /** @throws NotFoundError */
  getSnapshot(revision: string): Promise<Buffer>;
}
