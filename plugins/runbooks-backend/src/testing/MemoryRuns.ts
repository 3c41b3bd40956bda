import {
  applyRunEvent,
  chainEvents,
  countCalls,
  EMPTY_LEDGER,
  foldRun,
  headOf,
  needsWorker,
  type ApiCall,
  type Instant,
  type LedgerEntry,
  type Run,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import { LeaseLostError } from '../runs/LeaseLostError';
import type {
  AttemptRef,
  AttemptStore,
  Claimant,
  HeldAttempt,
  HeldRun,
  Lease,
  NewRun,
  RunQueue,
  RunVault,
  SealedSecret,
} from '../runs/RunStore';

/** Runs in memory with the fences of the database, for tests of what stands on them. Holds no locks. */
export class MemoryRuns implements RunQueue, AttemptStore, RunVault {
  readonly ledgers = new Map<string, LedgerEntry[]>();
  readonly secrets = new Map<string, Buffer>();
  readonly outputs = new Map<string, string>();
  readonly recorded: Array<ApiCall & AttemptRef> = [];
  /** Runs that could not be worked on, and why. */
  readonly postponed = new Map<string, string>();
  readonly #leases = new Map<string, Lease>();
  readonly #held = new Set<string>();
  readonly #changed = new Set<(runId: string) => void>();

  async create({ runId, events, secrets }: NewRun, at: Date): Promise<Run> {
    this.ledgers.set(
      runId,
      chainEvents(runId, EMPTY_LEDGER, events, at.toISOString()),
    );
    for (const secret of secrets) this.#keep(runId, secret);
    return this.get(runId);
  }

  async get(runId: string): Promise<Run> {
    return foldRun(this.ledgers.get(runId) ?? []);
  }

  async vouched(runId: string): Promise<Run> {
    return this.get(runId);
  }

  async vouchedLedger(runId: string): Promise<LedgerEntry[]> {
    return this.ledgers.get(runId) ?? [];
  }

  async change(
    runId: string,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run> {
    const ledger = this.ledgers.get(runId) ?? [];
    const events = decide(foldRun(ledger));
    const added = chainEvents(runId, headOf(ledger), events, at.toISOString());
    events.reduce(
      (run, event) => applyRunEvent(run, event, at.toISOString(), runId),
      foldRun(ledger),
    );
    this.ledgers.set(runId, [...ledger, ...added]);
    for (const tell of [...this.#changed]) tell(runId);
    return this.get(runId);
  }

  /** Calls back for every change until the returned function is called. */
  subscribe(listener: (runId: string, change: 'events') => void): () => void {
    const tell = (runId: string) => listener(runId, 'events');
    this.#changed.add(tell);
    return () => this.#changed.delete(tell);
  }

  /** Resolves when the run is as asked; a run that never gets there ends the test by its timeout. */
  async until(runId: string, isThere: (run: Run) => boolean): Promise<Run> {
    for (;;) {
      const run = await this.get(runId);
      if (isThere(run)) return run;
      await new Promise<void>(resolve => {
        const unsubscribe = this.subscribe(() => {
          unsubscribe();
          resolve();
        });
      });
    }
  }

  async claim({ owner }: Claimant): Promise<Lease | undefined> {
    for (const runId of this.ledgers.keys()) {
      const run = await this.get(runId);
      if (this.#held.has(runId) || this.postponed.has(runId)) continue;
      if (needsWorker(run)) return this.take(runId, owner);
    }
    return undefined;
  }

  /** Gives the run to a worker, whoever has it: the lease of the other is lost. */
  take(runId: string, owner: string): Lease {
    const token = String(Number(this.#leases.get(runId)?.token ?? 0) + 1);
    const lease = { runId, owner, token };
    this.#leases.set(runId, lease);
    this.#held.add(runId);
    return lease;
  }

  async load(lease: Lease): Promise<HeldRun | undefined> {
    if (!this.#isCurrent(lease)) return undefined;
    return {
      run: await this.get(lease.runId),
      at: new Date().toISOString(),
    };
  }

  async leaseState(lease: Lease): Promise<'held' | 'cancelling' | 'lost'> {
    if (!this.#isCurrent(lease)) return 'lost';
    const { status } = await this.get(lease.runId);
    return status.kind === 'cancelling' ? 'cancelling' : 'held';
  }

  async changeAsWorker(
    lease: Lease,
    decide: (run: Run, at: Instant) => RunEvent[],
  ): Promise<HeldRun | undefined> {
    if (!this.#isCurrent(lease)) return undefined;
    const now = new Date();
    const at = now.toISOString();
    const run = await this.change(lease.runId, now, current =>
      decide(current, at),
    );
    return { run, at };
  }

  async release(lease: Lease): Promise<void> {
    if (this.#isCurrent(lease)) this.#held.delete(lease.runId);
  }

  /** It is not claimed again, so that a test sees it once. */
  async postpone(lease: Lease, because: string): Promise<void> {
    await this.release(lease);
    this.postponed.set(lease.runId, because);
  }

  async appendOutput(attempt: HeldAttempt, _offset: number, text: string) {
    this.#fence(attempt);
    const key = keyOf(attempt);
    this.outputs.set(key, (this.outputs.get(key) ?? '') + text);
  }

  async readOutput(ref: AttemptRef, offset: number, maxBytes: number) {
    const all = Buffer.from(this.outputs.get(keyOf(ref)) ?? '');
    const text = all.subarray(offset, offset + maxBytes).toString();
    return { offset, text, nextOffset: offset + Buffer.byteLength(text) };
  }

  async recordCall(attempt: HeldAttempt, call: ApiCall): Promise<void> {
    this.#fence(attempt);
    const { runId, stepId, attempt: number } = attempt;
    this.recorded.push({ ...call, runId, stepId, attempt: number });
  }

  async calls({ runId, stepId, attempt }: AttemptRef) {
    return {
      calls: this.recorded.filter(
        call =>
          call.runId === runId &&
          call.stepId === stepId &&
          call.attempt === attempt,
      ),
    };
  }

  async callCounts() {
    return countCalls(this.recorded);
  }

  async putSecrets(attempt: HeldAttempt, secrets: readonly SealedSecret[]) {
    this.#fence(attempt);
    for (const secret of secrets) this.#keep(attempt.runId, secret);
  }

  async getSecret(runId: string, name: string): Promise<Buffer | undefined> {
    return this.secrets.get(`${runId} ${name}`);
  }

  #keep(runId: string, { name, ciphertext }: SealedSecret): void {
    this.secrets.set(`${runId} ${name}`, ciphertext);
  }

  #isCurrent({ runId, owner, token }: Lease): boolean {
    const current = this.#leases.get(runId);
    return current?.owner === owner && current.token === token;
  }

  #fence({ lease }: HeldAttempt): void {
    if (!this.#isCurrent(lease)) throw new LeaseLostError('lost in memory');
  }
}

function keyOf({ runId, stepId, attempt }: AttemptRef): string {
  return `${runId} ${stepId} ${attempt}`;
}
