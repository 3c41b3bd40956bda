import type {
  ApiCall,
  LedgerEntry,
  ListRunsQuery,
  OutputPage,
  Run,
  RunEvent,
  RunPage,
} from '@backstage-runbooks/plugin-runbooks-common';

/** A run that one worker owns until its lease ends. */
export interface ClaimedRun {
  run: Run;
  lease: Lease;
}

/** The right to work on a run. The token fences: whoever claims later has a higher one. */
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

/** Keeps runs, their ledger, output and calls. A run is the fold of its events. */
export interface RunStore {
  create(runId: string, events: RunEvent[], at: Date): Promise<Run>;
  /** @throws NotFoundError */
  get(runId: string): Promise<Run>;
  /** @throws NotFoundError */
  ledger(runId: string): Promise<LedgerEntry[]>;
  list(query: ListRunsQuery): Promise<RunPage>;
  /** Runs with a step that waits for an approval, newest first. */
  waiting(limit: number): Promise<Run[]>;

  /**
   * Loads a run locked, lets `decide` say what happens, appends that and wakes workers and viewers.
   * What `decide` throws ends the transaction without a trace.
   *
   * @throws ConflictError where another run is changing the same entity on the same cluster.
   */
  change(
    runId: string,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run>;

  /** Claims a run that has something to do and no living lease; undefined when there is none. */
  claim(owner: string, leaseMs: number): Promise<ClaimedRun | undefined>;
  /** Extends a lease; `lost` when another worker has it, `cancelling` when the run is to stop. */
  heartbeat(
    lease: Lease,
    leaseMs: number,
  ): Promise<'held' | 'cancelling' | 'lost'>;
  /** Like `change`, but only while the lease is held; undefined when it was lost. */
  changeAsWorker(
    lease: Lease,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run | undefined>;
  release(lease: Lease): Promise<void>;

  appendOutput(ref: AttemptRef, offset: number, text: string): Promise<void>;
  /** Output from a byte offset on; whole chunks, at most about `maxBytes`. */
  readOutput(
    ref: AttemptRef,
    offset: number,
    maxBytes: number,
  ): Promise<Pick<OutputPage, 'offset' | 'text' | 'nextOffset'>>;

  /** Inserts a call or, when its id is known, its end. */
  recordCall(ref: AttemptRef, call: ApiCall): Promise<void>;
  calls(
    runId: string,
  ): Promise<Array<ApiCall & { stepId: string; attempt: number }>>;
  callCounts(
    ref: AttemptRef,
  ): Promise<{ total: number; writes: number; refused: number }>;

  /** Keeps something encrypted until the run ends. */
  putSecret(runId: string, name: string, ciphertext: Buffer): Promise<void>;
  getSecret(runId: string, name: string): Promise<Buffer | undefined>;

  putSnapshot(revision: string, archive: Buffer): Promise<void>;
  /** @throws NotFoundError */
  getSnapshot(revision: string): Promise<Buffer>;
}
