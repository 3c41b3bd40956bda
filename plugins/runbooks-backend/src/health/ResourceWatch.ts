import type {
  ClusterObject,
  Instant,
} from '@backstage-runbooks/plugin-runbooks-common';
import {
  errorInWords,
  statusOf,
  type ClusterEvent,
  type ClusterReader,
} from './ClusterReader';
import { pause } from './pause';
import { TooManyObjects } from './TooManyObjects';
import { trimObject } from './trimObject';
import { listPath, type WatchedResource } from './watchedResources';

const LIST_PAGE_SIZE = 500;
/** Watches end and begin anew after this long, with a fresh credential; spread, so that not all do so at once. */
const WATCH_TIMEOUT_SECONDS = 240;
const WATCH_TIMEOUT_SPREAD_SECONDS = 60;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A right that is missing, or an API group, comes by hand: there is no hurry to look again. */
const REFUSED_RETRY_MS = 60_000;
/** Where a cluster has just come up its roles follow: for a minute it is asked again soon. */
const NEWLY_REFUSED_RETRY_MS = 3_000;
const NEWLY_REFUSED_MS = 60_000;
/** A watch that ends sooner did not work, although it ended quietly. */
const SHORTEST_WATCH_MS = 1_000;

/** How far the objects of a watch can be trusted. */
export type WatchState =
  | { kind: 'starting' }
  | { kind: 'live' }
  /** Was never read, and cannot be. */
  | { kind: 'failing'; since: Instant; message: string }
  /** Was read, and is no longer up to date. */
  | { kind: 'lost'; since: Instant; message: string }
  /** May not be read, or is too much to hold. Nothing is kept. */
  | { kind: 'refused'; message: string }
  /** The cluster does not have the kind. */
  | { kind: 'absent' };

/**
 * The objects of one kind in one namespace of one cluster, kept up to date.
 *
 * It lists once, in pages, and then watches from the list's resource version; bookmarks move that version on, so that
 * a watch that ends is continued without a gap and without a list. Only a version that is too old (410) makes it list
 * again. When the connection is lost the objects stay, and the state says since when they are old. It retries with
 * growing pauses for ever, until it is stopped.
 */
export class ResourceWatch {
  readonly resource: WatchedResource;
  readonly objects = new Map<string, ClusterObject>();
  readonly #options: ResourceWatchOptions;
  readonly #stop = new AbortController();
  #state: WatchState = { kind: 'starting' };
  #version: string | undefined;
  #failures = 0;
  #refusedSince: number | undefined;

  constructor(options: ResourceWatchOptions) {
    this.#options = options;
    this.resource = options.resource;
  }

  get state(): WatchState {
    return this.#state;
  }

  /** Lists and watches until `stop`. Never rejects. */
  async start(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        if (this.#version === undefined) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await pause(this.#afterFailure(error), signal);
      }
    }
  }

  stop(): void {
    this.#stop.abort();
    this.objects.clear();
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { reader, cluster, namespace, maxObjects } = this.#options;
    const found = new Map<string, ClusterObject>();
    let next: string | undefined;
    let version: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(LIST_PAGE_SIZE) });
      if (next) query.set('continue', next);
      const page = await reader.getJson<ListPage>(
        cluster,
        `${listPath(this.resource, namespace)}?${query}`,
        { signal },
      );
      for (const item of page.items ?? []) this.#keep(found, item);
      if (found.size > maxObjects) throw new TooManyObjects(maxObjects);
      next = page.metadata?.continue;
      version = page.metadata?.resourceVersion;
    } while (next);

    this.objects.clear();
    for (const [key, object] of found) this.objects.set(key, object);
    this.#version = version ?? '0';
    this.#failures = 0;
    this.#refusedSince = undefined;
    this.#become({ kind: 'live' });
    this.#options.onChange();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { reader, cluster, namespace, now } = this.#options;
    const query = new URLSearchParams({
      resourceVersion: this.#version ?? '0',
    });
    const openedAt = now();
    const events = reader.watch(
      cluster,
      `${listPath(this.resource, namespace)}?${query}`,
      {
        signal,
        timeoutSeconds:
          WATCH_TIMEOUT_SECONDS +
          Math.floor(Math.random() * WATCH_TIMEOUT_SPREAD_SECONDS),
        onOpen: () => {
          this.#failures = 0;
          this.#become({ kind: 'live' });
        },
      },
    );
    for await (const event of events) this.#apply(event);
    if (!signal.aborted && now() - openedAt < SHORTEST_WATCH_MS) {
      throw new Error('the watch ended as soon as it had begun');
    }
  }

  #apply({ type, object }: ClusterEvent): void {
    this.#version = object.metadata?.resourceVersion ?? this.#version;
    if (type === 'BOOKMARK') return;
    if (type === 'DELETED') this.objects.delete(keyOf(object));
    else this.#keep(this.objects, object);
    if (this.objects.size > this.#options.maxObjects) {
      throw new TooManyObjects(this.#options.maxObjects);
    }
    this.#options.onChange(object);
  }

  #keep(into: Map<string, ClusterObject>, object: ClusterObject): void {
    into.set(keyOf(object), trimObject(this.resource.kind, object));
  }

  /** Learns from a failure; answers how long to wait before the next try. */
  #afterFailure(error: unknown): number {
    const status = statusOf(error);
    if (status === 410) {
      this.#version = undefined;
      return this.#failures++ === 0 ? 0 : this.#retryMs();
    }
    if (status === 403 || status === 404 || error instanceof TooManyObjects) {
      this.#version = undefined;
      this.objects.clear();
      this.#become(
        status === 404
          ? { kind: 'absent' }
          : { kind: 'refused', message: errorInWords(error) },
      );
      return status === 403 ? this.#refusedRetryMs() : REFUSED_RETRY_MS;
    }
    this.#failures++;
    const since = new Date(this.#options.now()).toISOString();
    const message = errorInWords(error);
    if (this.#state.kind === 'lost' || this.#state.kind === 'failing') {
      this.#become({ ...this.#state, message });
    } else {
      const kind = this.#version === undefined ? 'failing' : 'lost';
      this.#become({ kind, since, message });
    }
    return this.#retryMs();
  }

  #refusedRetryMs(): number {
    const now = this.#options.now();
    this.#refusedSince ??= now;
    return now - this.#refusedSince < NEWLY_REFUSED_MS
      ? NEWLY_REFUSED_RETRY_MS
      : REFUSED_RETRY_MS;
  }

  #retryMs(): number {
    const grown = FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10);
    return Math.min(grown, LONGEST_RETRY_MS) * (0.75 + Math.random() / 2);
  }

  #become(state: WatchState): void {
    const isNews = state.kind !== this.#state.kind;
    this.#state = state;
    if (isNews) this.#options.onChange();
  }
}

export interface ResourceWatchOptions {
  reader: ClusterReader;
  cluster: string;
  /** Undefined: all namespaces. */
  namespace: string | undefined;
  resource: WatchedResource;
  /** With more objects than this it keeps none and says so: memory stays bounded. */
  maxObjects: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called after every change: with the one object that changed, or with none for the state or a whole list. */
  onChange: (object?: ClusterObject) => void;
}

interface ListPage {
  metadata?: { continue?: string; resourceVersion?: string };
  items?: ClusterObject[] | null;
}

function keyOf({ metadata }: ClusterObject): string {
  return metadata?.uid ?? `${metadata?.namespace}/${metadata?.name}`;
}
