import { ClusterPulse } from './ClusterPulse';
import type { ClusterReader } from './ClusterReader';
import { NamespaceWatch, type ChangeListener } from './NamespaceWatch';

/** A share in the watches of a namespace. */
export interface WatchLease {
  readonly cluster: string;
  readonly watch: NamespaceWatch;
  /** Gives the share back; once. */
  release(): void;
}

interface PooledWatch {
  watch: NamespaceWatch;
  users: number;
  linger?: NodeJS.Timeout;
}

/**
 * Watches that are shared by all who look, counted by lease.
 *
 * Another viewer costs the API servers nothing. A watch goes on for a while after its last viewer has left, so that a
 * person who goes back and forth between pages does not make it start anew each time.
 */
export class WatchPool {
  readonly #reader: ClusterReader;
  readonly #maxObjects: number;
  readonly #lingerMs: number;
  readonly #now: () => number;
  readonly #watches = new Map<string, PooledWatch>();
  readonly #pulses = new Map<string, ClusterPulse>();
  readonly #pulseListeners = new Map<string, Set<ChangeListener>>();

  constructor(options: {
    reader: ClusterReader;
    maxObjects: number;
    lingerMs: number;
    now: () => number;
  }) {
    this.#reader = options.reader;
    this.#maxObjects = options.maxObjects;
    this.#lingerMs = options.lingerMs;
    this.#now = options.now;
  }

  /** A share in the watches of one namespace (undefined: of all), started where nobody has them yet. */
  acquire(
    cluster: string,
    namespace: string | undefined,
    onChange: ChangeListener,
  ): WatchLease {
    const key = JSON.stringify([cluster, namespace ?? null]);
    const pooled =
      this.#watches.get(key) ?? this.#begin(key, cluster, namespace);
    clearTimeout(pooled.linger);
    pooled.users++;
    const unlisten = pooled.watch.listen(onChange);
    const pulseListeners = this.#listenersOf(cluster);
    pulseListeners.add(onChange);
    return {
      cluster,
      watch: pooled.watch,
      release: () => {
        unlisten();
        pulseListeners.delete(onChange);
        if (--pooled.users > 0) return;
        pooled.linger = setTimeout(
          () => this.#end(key, cluster, pooled),
          this.#lingerMs,
        );
        pooled.linger.unref();
      },
    };
  }

  /** Whether the cluster answers; asked again only while something of it is watched, or by `ask`. */
  pulseOf(cluster: string): ClusterPulse {
    const known = this.#pulses.get(cluster);
    if (known) return known;
    const pulse = new ClusterPulse({
      reader: this.#reader,
      cluster,
      now: this.#now,
      onChange: () =>
        this.#listenersOf(cluster).forEach(listener => listener()),
    });
    this.#pulses.set(cluster, pulse);
    return pulse;
  }

  /** Ends all watches at once. */
  stop(): void {
    for (const [key, pooled] of this.#watches) {
      clearTimeout(pooled.linger);
      this.#end(key, JSON.parse(key)[0], pooled);
    }
  }

  #begin(
    key: string,
    cluster: string,
    namespace: string | undefined,
  ): PooledWatch {
    const watch = new NamespaceWatch({
      reader: this.#reader,
      cluster,
      namespace,
      maxObjects: this.#maxObjects,
      now: this.#now,
    });
    const pooled: PooledWatch = { watch, users: 0 };
    this.#watches.set(key, pooled);
    this.pulseOf(cluster).hold();
    watch.start();
    return pooled;
  }

  #end(key: string, cluster: string, pooled: PooledWatch): void {
    pooled.watch.stop();
    this.#watches.delete(key);
    this.pulseOf(cluster).release();
  }

  #listenersOf(cluster: string): Set<ChangeListener> {
    const known = this.#pulseListeners.get(cluster) ?? new Set();
    this.#pulseListeners.set(cluster, known);
    return known;
  }
}
