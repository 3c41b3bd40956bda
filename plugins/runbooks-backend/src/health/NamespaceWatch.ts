import type { ClusterObject } from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterReader } from './ClusterReader';
import { ResourceWatch, type WatchState } from './ResourceWatch';
import { WATCHED_RESOURCES } from './watchedResources';

/** Hears of the one object that changed; of none where more has changed than one object. */
export type ChangeListener = (object?: ClusterObject) => void;

/** Every watched kind in one namespace of one cluster (or in all of its namespaces), for any number of viewers. */
export class NamespaceWatch {
  readonly #watches: ResourceWatch[];
  readonly #listeners = new Set<ChangeListener>();

  constructor(options: {
    reader: ClusterReader;
    cluster: string;
    namespace: string | undefined;
    maxObjects: number;
    now: () => number;
  }) {
    this.#watches = WATCHED_RESOURCES.map(
      resource =>
        new ResourceWatch({
          ...options,
          resource,
          onChange: object =>
            this.#listeners.forEach(listener => listener(object)),
        }),
    );
  }

  start(): void {
    for (const watch of this.#watches) watch.start();
  }

  stop(): void {
    for (const watch of this.#watches) watch.stop();
    this.#listeners.clear();
  }

  /** Calls back after every change, until the returned function is called. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  states(): Array<{ kind: string; state: WatchState }> {
    return this.#watches.map(({ resource, state }) => ({
      kind: resource.kind,
      state,
    }));
  }

  *objects(): Iterable<ClusterObject> {
    for (const watch of this.#watches) yield* watch.objects.values();
  }
}
