import { setTimeout as delay } from 'node:timers/promises';
import { excessOf, type TreeBounds } from './measureTree';

/** What a workspace may hold while a step runs. */
export const WORKSPACE_BOUNDS: TreeBounds = {
  bytes: 1024 * 1024 * 1024,
  entries: 100_000,
};

const LOOK_EVERY_MS = 1_000;
/** A large workspace is looked at less often: one part of the time looking, ten parts not. */
const REST = 10;

/**
 * Looks at the workspace of a step while it runs, every second or, where that takes long, as often as takes a tenth of
 * the time. Between two looks a step may write more than the bound: what it can write in that time.
 */
export class WorkspaceWatch {
  readonly #stop = new AbortController();
  #excess: string | undefined;

  /** @param onExcess - Called once, with why. */
  constructor(
    workspace: string,
    bounds: TreeBounds,
    onExcess: (because: string) => void,
  ) {
    void this.#look(workspace, bounds, onExcess);
  }

  /** Why the workspace held more than it may, where it did. */
  get excess(): string | undefined {
    return this.#excess;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #look(
    workspace: string,
    bounds: TreeBounds,
    onExcess: (because: string) => void,
  ): Promise<void> {
    const { signal } = this.#stop;
    let pauseMs = LOOK_EVERY_MS;
    while (!signal.aborted) {
      await delay(pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const began = performance.now();
      const excess = await excessOf(workspace, bounds);
      if (signal.aborted) return;
      if (excess !== undefined) {
        this.#excess = `the workspace ${excess}`;
        onExcess(this.#excess);
        return;
      }
      pauseMs = Math.max(LOOK_EVERY_MS, REST * (performance.now() - began));
    }
  }
}
