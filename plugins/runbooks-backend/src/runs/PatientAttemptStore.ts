import type { ApiCall } from '@backstage-runbooks/plugin-runbooks-common';
import type {
  AttemptRef,
  AttemptStore,
  HeldAttempt,
  RunVault,
  SealedSecret,
} from './RunStore';
import { throughOutage } from './throughOutage';

/**
 * What an attempt under way stores, through outages of the database: its step goes on meanwhile, and nothing that it
 * printed is lost. A call to the cluster is not waited for: it is refused when it cannot be recorded before it is made.
 */
export class PatientAttemptStore implements AttemptStore {
  readonly #attempts: AttemptStore;

  constructor(attempts: AttemptStore) {
    this.#attempts = attempts;
  }

  appendOutput(attempt: HeldAttempt, offset: number, text: string) {
    return throughOutage(() =>
      this.#attempts.appendOutput(attempt, offset, text),
    );
  }

  readOutput(ref: AttemptRef, offset: number, maxBytes: number) {
    return throughOutage(() =>
      this.#attempts.readOutput(ref, offset, maxBytes),
    );
  }

  recordCall(attempt: HeldAttempt, call: ApiCall) {
    return call.status === undefined
      ? this.#attempts.recordCall(attempt, call)
      : throughOutage(() => this.#attempts.recordCall(attempt, call));
  }

  calls(...asked: Parameters<AttemptStore['calls']>) {
    return this.#attempts.calls(...asked);
  }

  callCounts(ref: AttemptRef) {
    return throughOutage(() => this.#attempts.callCounts(ref));
  }
}

/** A vault that stores through outages of the database, so that what a step leaves to the next is not lost. */
export class PatientVault implements RunVault {
  readonly #vault: RunVault;

  constructor(vault: RunVault) {
    this.#vault = vault;
  }

  putSecrets(attempt: HeldAttempt, secrets: readonly SealedSecret[]) {
    return throughOutage(() => this.#vault.putSecrets(attempt, secrets));
  }

  getSecret(runId: string, name: string) {
    return this.#vault.getSecret(runId, name);
  }
}
