import {
  assembleEntityHealth,
  matchesLabels,
  type ClusterObject,
  type ClusterView,
  type EntityHealth,
  type EntitySelection,
  type ObjectSelector,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Pulse } from './ClusterPulse';
import { connectionOf } from './connectionOf';
import { pause } from './pause';
import type { WatchLease } from './WatchPool';

/** Changes that come closer together than this are shown as one. */
const COALESCE_MS = 100;
/** A burst begins with one event; the rest of it follows within this. */
const BURST_MS = 15;
/** Of an entity that takes long to assemble, changes are shown less often: it gets at most a tenth of the time. */
const WORK_SHARE = 10;
/** Verdicts that depend on age ("not ready for too long") change without an event. */
const LIVE_TICK_MS = 5_000;
const WAITING_TICK_MS = 1_000;

/** A cluster as an entity's view needs it. */
export interface ViewedCluster {
  name: string;
  title: string;
  simulatedNodes: boolean;
  leases: WatchLease[];
  pulse: () => Pulse;
  notice: () => Promise<string | undefined>;
}

/** What one entity looks like on all clusters, assembled once for all who follow it. */
export class EntityView {
  readonly #entityRef: string;
  readonly #selection: EntitySelection;
  readonly #selectors: ObjectSelector[];
  readonly #now: () => number;
  #clusters: ViewedCluster[] = [];
  #assembled: { health: Promise<EntityHealth>; version: number } | undefined;
  #assembledAt = 0;
  /** Where the entity has objects; undefined before the first look. */
  #namespaces: Set<string> | undefined;
  #version = 0;
  #workMs = 0;
  readonly #waiting = new Set<AbortController>();

  constructor(options: {
    entityRef: string;
    selection: EntitySelection;
    now: () => number;
  }) {
    this.#entityRef = options.entityRef;
    this.#selection = options.selection;
    this.#selectors =
      options.selection.kind === 'selected' ? options.selection.selectors : [];
    this.#now = options.now;
  }

  /** Sets what is looked at; once, after `changed` could be passed to the leases. */
  lookAt(clusters: ViewedCluster[]): void {
    this.#clusters = clusters;
    this.changed();
  }

  /**
   * To be called after every change of what is looked at. An object in a namespace in which the entity has nothing,
   * and which is not its own, changes nothing here: without this a busy cluster would keep every view busy.
   */
  readonly changed = (object?: ClusterObject): void => {
    if (object && !this.#concerns(object)) return;
    this.#version++;
    this.#waiting.forEach(woken => woken.abort());
  };

  /** Waits until every watch has an answer or a failure, at most for that long. */
  async settled(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const deadline = this.#now() + timeoutMs;
    while (!this.#isSettled() && !signal.aborted) {
      const rest = deadline - this.#now();
      if (rest <= 0) return;
      await this.#nextEvent(rest, signal);
    }
  }

  /** Counts changes: what was assembled at another version is old. */
  get version(): number {
    return this.#version;
  }

  /**
   * Waits for something newer than that version: a change, or the time at which age alone may have changed a verdict.
   */
  async next(version: number, signal: AbortSignal): Promise<void> {
    const health = await this.#assembled?.health;
    const isLive = health?.clusters.every(
      ({ connection }) => connection.kind === 'live',
    );
    if (version === this.#version) {
      await this.#nextEvent(isLive ? LIVE_TICK_MS : WAITING_TICK_MS, signal);
    }
    const dueAt =
      this.#assembledAt + Math.max(COALESCE_MS, this.#workMs * WORK_SHARE);
    await pause(Math.max(BURST_MS, dueAt - this.#now()), signal);
  }

  /** The health as it is known now; the same answer to all who ask before the next change. */
  current(): Promise<EntityHealth> {
    const isOld =
      this.#assembled?.version !== this.#version ||
      this.#now() - this.#assembledAt >= WAITING_TICK_MS;
    if (!this.#assembled || isOld) {
      this.#assembledAt = this.#now();
      this.#assembled = { health: this.#assemble(), version: this.#version };
    }
    return this.#assembled.health;
  }

  /** Gives all shares in watches back. */
  release(): void {
    for (const { leases } of this.#clusters) {
      leases.forEach(lease => lease.release());
    }
  }

  async #assemble(): Promise<EntityHealth> {
    const clusters = await Promise.all(this.#clusters.map(viewOf));
    const begun = performance.now();
    const health = assembleEntityHealth({
      entityRef: this.#entityRef,
      selection: this.#selection,
      clusters,
      at: new Date(this.#now()).toISOString(),
    });
    this.#workMs = performance.now() - begun;
    this.#namespaces = namespacesOf(health);
    return health;
  }

  #concerns(object: ClusterObject): boolean {
    return (
      !this.#namespaces ||
      this.#namespaces.has(object.metadata?.namespace ?? '') ||
      this.#selectors.some(({ requirements }) =>
        matchesLabels(object.metadata?.labels, requirements),
      )
    );
  }

  #isSettled(): boolean {
    return this.#clusters.every(({ leases, pulse }) =>
      leases.every(({ watch }) =>
        watch
          .states()
          .every(
            ({ state }) =>
              state.kind !== 'starting' || pulse().kind === 'silent',
          ),
      ),
    );
  }

  async #nextEvent(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#waiting.add(woken);
    try {
      await pause(timeoutMs, AbortSignal.any([signal, woken.signal]));
    } finally {
      this.#waiting.delete(woken);
    }
  }
}

function namespacesOf({ clusters }: EntityHealth): Set<string> {
  return new Set(
    clusters.flatMap(({ workloads }) =>
      workloads.map(({ namespace }) => namespace),
    ),
  );
}

async function viewOf(cluster: ViewedCluster): Promise<ClusterView> {
  const states = cluster.leases.flatMap(({ watch }) => watch.states());
  const connection = connectionOf(
    cluster.name,
    states.map(({ state }) => state),
    cluster.pulse(),
    await cluster.notice(),
  );
  const refused = states.flatMap(({ kind, state }) =>
    state.kind === 'refused' ? [kind] : [],
  );
  return {
    cluster: cluster.name,
    title: cluster.title,
    simulatedNodes: cluster.simulatedNodes,
    connection,
    notPermitted: [...new Set(refused)],
    objects: objectsOf(cluster.leases),
  };
}

function* objectsOf(leases: WatchLease[]): Iterable<ClusterObject> {
  for (const { watch } of leases) yield* watch.objects();
}
