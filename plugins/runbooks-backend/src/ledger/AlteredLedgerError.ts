import { ConflictError } from '@backstage/errors';

/** A history that this portal did not write, or not with the key that it has: nothing is added to it or done by it. */
export class AlteredLedgerError extends ConflictError {
  // The name decides the HTTP status.
  readonly name = 'ConflictError';
  /** A clause about the run, for people. */
  readonly because: string;

  constructor(because: string) {
    super(`This run cannot go on: ${because}`);
    this.because = because;
  }
}
