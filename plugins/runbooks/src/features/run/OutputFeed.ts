import type { RunStreamMessage } from '@backstage-runbooks/plugin-runbooks-common';

/** A piece of output that came by the stream of the run. */
export type OutputPiece = Extract<RunStreamMessage, { type: 'output' }>;

/** Passes output that arrives on the run's one stream to whatever shows that attempt. */
export class OutputFeed {
  readonly #listeners = new Set<(piece: OutputPiece) => void>();

  publish(piece: OutputPiece) {
    for (const listener of this.#listeners) listener(piece);
  }

  /** Returns the function that ends it. */
  subscribe(listener: (piece: OutputPiece) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
