import { ConflictError } from '@backstage/errors';

/**
 * Something that a run would change is being changed by another one. The message names neither: whoever reads it may
 * not be allowed to see the other, see `RunAccess.named`.
 */
export class LockedError extends ConflictError {
  // The name decides the HTTP status.
  readonly name = 'ConflictError';
  readonly #what: string;
  readonly #by: { runId: string; procedureTitle: string };

  /** @param what - What is being changed, in words. */
  constructor(what: string, by: { runId: string; procedureTitle: string }) {
    super(
      `Another run is changing ${what} right now; wait until its step has ended and is settled`,
    );
    this.#what = what;
    this.#by = by;
  }

  get runId(): string {
    return this.#by.runId;
  }

  /** The same for somebody who may see the other run: with its name and a link. */
  named(): ConflictError {
    return new ConflictError(
      `"${this.#by.procedureTitle}" is changing ${
        this.#what
      } right now; wait until its step has ended and is settled: /runbooks/runs/${
        this.#by.runId
      }`,
    );
  }
}
