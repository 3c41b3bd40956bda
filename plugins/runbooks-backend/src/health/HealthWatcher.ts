import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  ClusterSummary,
  EntityHealth,
  EntitySelection,
  HealthState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { errorInWords, type ClusterReader } from './ClusterReader';
import { noticeOf, type ClusterSettings } from './clusterSettings';
import type { EntityParts } from './EntityParts';
import { EntityView, type ViewedCluster } from './EntityView';
import { pause } from './pause';
import { needsParts, selectObjects } from './selectObjects';
import { WatchPool } from './WatchPool';

const LINGER_MS = 60_000;
const FIRST_SYNC_MS = 2_000;
const PULSE_WAIT_MS = 1_500;
const PULSE_AGE_MS = 10_000;
/** A cluster that is silent may come back: it is asked again sooner. */
const SILENCE_AGE_MS = 3_000;
const RETRY_MS = 5_000;
/** Clusters and parts of systems come and go: a view is opened anew after this long, on the same watches. */
const REOPEN_MS = 60_000;
const COMPLAIN_MS = 3_600_000;
const MAX_COMPLAINTS = 100;
/** Of one kind in one watched namespace (or cluster, where an entity names none). */
const MAX_OBJECTS = 20_000;

/** The clusters that can be watched. */
export interface ClusterList {
  list(): Promise<Array<{ name: string; title?: string }>>;
}

/**
 * Leaves, of the parts of an entity, those whose health the person may read: everybody can write a system or a group of
 * their own and name the parts of others in it.
 */
export type PartsOf = (entityRefs: string[]) => Promise<Set<string>>;

/** A pod that a person can choose. */
export interface PodChoice {
  cluster: string;
  namespace: string;
  name: string;
  state: HealthState;
  message: string;
}

/**
 * Live health of entities.
 *
 * One watch per cluster, namespace and kind serves all viewers of this replica: another viewer causes no request to
 * an API server, and a change reaches everybody within a fraction of a second. What cannot be seen is never healthy:
 * a lost watch is `stale` with its age, a cluster that has not answered yet is `starting` or `unreachable`.
 *
 * It checks no permission: whoever calls it has to.
 */
export class HealthWatcher {
  readonly #clusters: ClusterList;
  readonly #settings: Map<string, ClusterSettings>;
  readonly #parts: EntityParts;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #pool: WatchPool;
  readonly #views = new Map<string, { view: EntityView; users: number }>();
  readonly #complained = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(options: {
    clusters: ClusterList;
    reader: ClusterReader;
    settings: Map<string, ClusterSettings>;
    parts: EntityParts;
    logger: LoggerService;
    /** How long a watch goes on after its last viewer. */
    lingerMs?: number;
    maxObjects?: number;
    /** Milliseconds since 1970. */
    now?: () => number;
  }) {
    this.#clusters = options.clusters;
    this.#settings = options.settings;
    this.#parts = options.parts;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#pool = new WatchPool({
      reader: options.reader,
      maxObjects: options.maxObjects ?? MAX_OBJECTS,
      lingerMs: options.lingerMs ?? LINGER_MS,
      now: this.#now,
    });
  }

  /** Health as it is known now. Waits at most two seconds for a first look at the clusters. Never rejects. */
  async snapshot(entity: Entity, healthOf?: PartsOf): Promise<EntityHealth> {
    const opened = await this.#open(entity, healthOf);
    if (!opened.view) return opened.health;
    try {
      await opened.view.settled(FIRST_SYNC_MS, this.#stop.signal);
      return await opened.view.current();
    } finally {
      opened.close();
    }
  }

  /**
   * Health now, and again after each change, until the signal aborts or the watcher stops. Changes within 100 ms come
   * as one. What has not changed is not told again. Never rejects.
   *
   * @param latest - The entity as it is by now; asked for at least each minute.
   */
  async *follow(
    latest: () => Entity,
    signal: AbortSignal,
    healthOf?: PartsOf,
  ): AsyncGenerator<EntityHealth, void, undefined> {
    const ended = AbortSignal.any([signal, this.#stop.signal]);
    let shown = '';
    while (!ended.aborted) {
      const opened = await this.#open(latest(), healthOf);
      if (!opened.view) {
        if (shown !== withoutTime(opened.health)) yield opened.health;
        shown = withoutTime(opened.health);
        if (opened.isFinal) return;
        await pause(RETRY_MS, ended);
        continue;
      }
      try {
        await opened.view.settled(FIRST_SYNC_MS, ended);
        const reopenAt = this.#now() + REOPEN_MS;
        while (!ended.aborted && this.#now() < reopenAt) {
          const { version } = opened.view;
          const health = await opened.view.current();
          if (shown !== withoutTime(health)) yield health;
          shown = withoutTime(health);
          await opened.view.next(version, ended);
        }
      } finally {
        opened.close();
      }
    }
  }

  /** The pods of an entity, to choose from; those that run and are ready come first. */
  async podsOf(entity: Entity): Promise<PodChoice[]> {
    const health = await this.snapshot(entity);
    const pods = health.clusters.flatMap(({ cluster, workloads }) =>
      workloads
        .flatMap(workload =>
          workload.kind === 'Pod' ? [workload] : workload.pods,
        )
        .map(({ namespace, name, state, message }) => ({
          cluster,
          namespace,
          name,
          state,
          message,
        })),
    );
    const isHealthy = (pod: PodChoice) => Number(pod.state === 'Healthy');
    return pods.sort(
      (a, b) => isHealthy(b) - isHealthy(a) || a.name.localeCompare(b.name),
    );
  }

  /**
   * All clusters, with the reason where one cannot be used right now; none where they cannot be listed, and then
   * `whyNoClusters` says why. Asks a cluster that nobody watches, at most every ten seconds (every three while it is
   * silent), and waits one and a half seconds for its answer. Never rejects: reading needs no cluster.
   */
  async clusterSummaries(): Promise<ClusterSummary[]> {
    const clusters = await this.#clusters.list().catch(() => []);
    return Promise.all(
      clusters.map(async ({ name, title }): Promise<ClusterSummary> => {
        const unavailable = await this.#whyUnavailable(name);
        return {
          name,
          title: this.#titleOf(name, title),
          simulatedNodes: this.#settings.get(name)?.simulatedNodes ?? false,
          ...(unavailable ? { unavailable } : {}),
        };
      }),
    );
  }

  /** Why there is not a single cluster; undefined where there is one. */
  async whyNoClusters(): Promise<string | undefined> {
    try {
      const clusters = await this.#clusters.list();
      return clusters.length > 0
        ? undefined
        : 'the kubernetes plugin knows no cluster';
    } catch (error) {
      return errorInWords(error);
    }
  }

  /** Ends all watches and all who follow. */
  stop(): void {
    this.#stop.abort();
    this.#pool.stop();
  }

  async #whyUnavailable(cluster: string): Promise<string | undefined> {
    const pulse = this.#pool.pulseOf(cluster);
    const maxAge =
      pulse.current.kind === 'answers' ? PULSE_AGE_MS : SILENCE_AGE_MS;
    if (pulse.age > maxAge) {
      const late = AbortSignal.timeout(PULSE_WAIT_MS);
      await Promise.race([pulse.ask(), pause(PULSE_WAIT_MS * 2, late)]);
    }
    const { current } = pulse;
    if (current.kind === 'answers') return undefined;
    const notice = await noticeOf(this.#settings.get(cluster));
    if (notice) return notice;
    return current.kind === 'silent'
      ? `Cluster '${cluster}' cannot be reached: ${current.message}`
      : `Cluster '${cluster}' has not answered yet`;
  }

  async #open(entity: Entity, healthOf?: PartsOf): Promise<OpenedView> {
    const entityRef = stringifyEntityRef(entity);
    try {
      const parts = await this.#partsOf(entity, healthOf);
      const selection = selectObjects(entity, parts);
      if (selection.kind === 'not-annotated') {
        const view = this.#viewOf(entityRef, selection);
        return { health: await view.current(), isFinal: true };
      }
      return await this.#share(entityRef, selection);
    } catch (error) {
      this.#complain(errorInWords(error));
      return {
        health: this.#unseen(entityRef, errorInWords(error)),
        isFinal: false,
      };
    }
  }

  async #partsOf(entity: Entity, healthOf?: PartsOf): Promise<Entity[]> {
    if (!needsParts(entity)) return [];
    const parts = await this.#parts.partsOf(entity);
    if (!healthOf) return parts;
    const left = await healthOf(parts.map(part => stringifyEntityRef(part)));
    return parts.filter(part => left.has(stringifyEntityRef(part)));
  }

  async #share(entityRef: string, selection: Selected): Promise<OpenedView> {
    const clusters = await this.#clusters.list();
    const key = JSON.stringify([
      entityRef,
      selection,
      clusters.map(c => c.name),
    ]);
    const shared = this.#views.get(key) ?? {
      view: this.#watching(entityRef, selection, clusters),
      users: 0,
    };
    this.#views.set(key, shared);
    shared.users++;
    return {
      view: shared.view,
      close: () => {
        if (--shared.users > 0) return;
        shared.view.release();
        this.#views.delete(key);
      },
    };
  }

  #watching(
    entityRef: string,
    selection: Selected,
    clusters: Array<{ name: string; title?: string }>,
  ): EntityView {
    const view = this.#viewOf(entityRef, selection);
    view.lookAt(
      clusters.flatMap(({ name, title }): ViewedCluster[] => {
        const namespaces = namespacesOn(name, selection);
        if (namespaces.length === 0) return [];
        const settings = this.#settings.get(name);
        return [
          {
            name,
            title: this.#titleOf(name, title),
            simulatedNodes: settings?.simulatedNodes ?? false,
            leases: namespaces.map(namespace =>
              this.#pool.acquire(name, namespace, view.changed),
            ),
            pulse: () => this.#pool.pulseOf(name).current,
            notice: () => noticeOf(settings),
          },
        ];
      }),
    );
    return view;
  }

  #viewOf(entityRef: string, selection: EntitySelection): EntityView {
    return new EntityView({ entityRef, selection, now: this.#now });
  }

  /** Once for each reason and hour: whoever has the page open would repeat it every few seconds. */
  #complain(because: string): void {
    const now = this.#now();
    if (now - (this.#complained.get(because) ?? -Infinity) < COMPLAIN_MS) {
      return;
    }
    if (this.#complained.size >= MAX_COMPLAINTS) this.#complained.clear();
    this.#complained.set(because, now);
    this.#logger.warn(`Health of services cannot be seen: ${because}`);
  }

  #titleOf(name: string, title: string | undefined): string {
    return this.#settings.get(name)?.title ?? title ?? name;
  }

  #unseen(entityRef: string, message: string): EntityHealth {
    return {
      entityRef,
      state: 'Unknown',
      message,
      clusters: [],
      signals: [],
      at: new Date(this.#now()).toISOString(),
      selection: { kind: 'selected', says: 'No cluster can be looked at' },
    };
  }
}

type Selected = Extract<EntitySelection, { kind: 'selected' }>;

type OpenedView =
  | { view: EntityView; close(): void }
  | { view?: undefined; health: EntityHealth; isFinal: boolean };

/** The namespaces of an entity on a cluster; all of them (undefined) where one selector names none. */
function namespacesOn(
  cluster: string,
  { selectors }: Selected,
): Array<string | undefined> {
  const namespaces = selectors
    .filter(selector => (selector.cluster ?? cluster) === cluster)
    .map(({ namespace }) => namespace);
  return namespaces.includes(undefined)
    ? [undefined]
    : [...new Set(namespaces)];
}

function withoutTime({ at: _, ...health }: EntityHealth): string {
  return JSON.stringify(health);
}
