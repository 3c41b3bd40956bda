import type { ClusterObject } from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterEvent, ClusterReader } from '../ClusterReader';

/** An answer of the API server that is not success. */
export class FakeApiError extends Error {
  readonly status: number;

  constructor(status: number, message = `status ${status}`) {
    super(message);
    this.status = status;
  }
}

type Line = ClusterEvent | Error | 'end';

/**
 * An API server in memory: lists what it was given, and lets the test send the lines of each watch. Every request is
 * remembered.
 */
export class FakeCluster implements ClusterReader {
  readonly requests: string[] = [];
  /** Objects by the last word of the path: `pods`. */
  readonly objects = new Map<string, ClusterObject[]>();
  /** Thrown by every request whose path holds the key. */
  readonly failures = new Map<string, Error>();
  /** Objects on one page of a list. */
  pageSize = 500;
  readonly #watches = new Map<string, Array<(line: Line) => void>>();

  async getJson<T>(_: string, path: string): Promise<T> {
    this.requests.push(path);
    this.#failFor(path);
    const url = new URL(path, 'http://fake');
    const all = this.objects.get(resourceOf(url)) ?? [];
    const from = Number(url.searchParams.get('continue') ?? 0);
    const next = from + this.pageSize;
    return {
      metadata: {
        resourceVersion: '100',
        ...(next < all.length ? { continue: String(next) } : {}),
      },
      items: all.slice(from, next),
    } as T;
  }

  async *watch(
    _: string,
    path: string,
    options: { signal: AbortSignal; onOpen?: () => void },
  ): AsyncGenerator<ClusterEvent, void, undefined> {
    this.requests.push(`watch ${path}`);
    this.#failFor(path);
    const lines: Line[] = [];
    let wake = () => {};
    const url = new URL(path, 'http://fake');
    const send = (line: Line) => {
      lines.push(line);
      wake();
    };
    const name = resourceOf(url);
    this.#watches.set(name, [...(this.#watches.get(name) ?? []), send]);
    options.signal.addEventListener('abort', () => send('end'));
    options.onOpen?.();
    const nextLine = () =>
      new Promise<void>(resolve => {
        wake = resolve;
      });
    for (;;) {
      const line = lines.shift();
      if (line === 'end') return;
      if (line instanceof Error) throw line;
      if (line) yield line;
      else await nextLine();
    }
  }

  /** Sends a line to the newest watch of a resource, once there is one. */
  async send(resource: string, line: Line): Promise<void> {
    await this.requested(() => Boolean(this.#watches.get(resource)?.length));
    this.#watches.get(resource)?.at(-1)?.(line);
  }

  /** Waits until something is so, at most ten seconds. */
  async requested(isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (!isSo()) {
      if (performance.now() > deadline) {
        throw new Error(`Not so in time; requests: ${this.requests.join(' ')}`);
      }
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
    }
  }

  /** Requests whose path holds the text. */
  count(text: string): number {
    return this.requests.filter(path => path.includes(text)).length;
  }

  #failFor(path: string): void {
    for (const [text, error] of this.failures) {
      if (path.includes(text)) throw error;
    }
  }
}

function resourceOf(url: URL): string {
  return url.pathname.split('/').at(-1) ?? '';
}
