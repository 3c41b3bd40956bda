import type { ClusterObject } from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterReader } from './ClusterReader';
import { ResourceWatch, type WatchState } from './ResourceWatch';
import { WATCHED_RESOURCES } from './watchedResources';

/** Every watched kind in one namespace of one cluster (or in all of its namespaces), for any number of viewers. */
export class NamespaceWatch {
  readonly #watches: ResourceWatch[];
  readonly #listeners = new Set<() => void>();

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
          onChange: () => this.#listeners.forEach(listener => listener()),
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
  listen(listener: () => void): () => void {
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
