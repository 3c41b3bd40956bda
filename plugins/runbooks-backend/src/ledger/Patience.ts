/** How long an export may take: it holds a place among the few at once, a connection and a moment of the database. */
export interface ExportTimes {
  longestMs: number;
  /** Without the client having taken a line. */
  stalledMs: number;
}

/** Why an export was ended before its end. */
export type EvidenceCut =
  | 'the client went away, or what was to be sent could not be read'
  | 'the client took nothing for too long'
  | 'it took too long';

/** How long an export is waited for: its signal aborts when one of the times is over. */
export class Patience {
  readonly #aborting = new AbortController();
  readonly #longest: NodeJS.Timeout;
  readonly #stalled: NodeJS.Timeout;

  constructor({ longestMs, stalledMs }: ExportTimes) {
    this.#longest = setTimeout(() => this.#lose('it took too long'), longestMs);
    this.#stalled = setTimeout(
      () => this.#lose('the client took nothing for too long'),
      stalledMs,
    );
  }

  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  renew(): void {
    this.#stalled.refresh();
  }

  lostBecause(): EvidenceCut {
    return this.signal.aborted
      ? this.signal.reason
      : 'the client went away, or what was to be sent could not be read';
  }

  end(): void {
    clearTimeout(this.#longest);
    clearTimeout(this.#stalled);
  }

  #lose(because: EvidenceCut): void {
    this.#aborting.abort(because);
  }
}
