import type { Socket } from 'node:net';

/** What becomes of a request that came on a connection. */
export interface Turn {
  /** Handles it; called when those in front of it are answered. */
  handle(): Promise<void>;
  /** Refuses it, and closes the connection with that; called in its turn as well. */
  refuse(): Promise<void>;
}

interface Connection {
  turns: Turn[];
  isBusy: boolean;
  /** The last request that counts has come. */
  isClosing: boolean;
}

/**
 * Handles the requests of each connection one after another, as they are answered.
 *
 * Node reads all requests that a client sends without waiting for answers, and begins them all at once. Here the
 * connection is not read on while one waits, and so many may wait; one more is refused and is the last.
 */
export class ConnectionTurns {
  readonly #maxQueued: number;
  readonly #connections = new WeakMap<object, Connection>();

  constructor(options: { maxQueued: number }) {
    this.#maxQueued = options.maxQueued;
  }

  /** True while a request of the connection is not answered. */
  isBusy(socket: object): boolean {
    return this.#connections.get(socket)?.isBusy ?? false;
  }

  /** Resolves when the connection has nothing more to do; neither function may reject. */
  async take(socket: Socket, turn: Turn): Promise<void> {
    const connection = this.#connectionOf(socket);
    if (connection.isClosing) return;
    const isLast = connection.turns.length >= this.#maxQueued;
    connection.isClosing = isLast;
    connection.turns.push(isLast ? { ...turn, handle: turn.refuse } : turn);
    if (connection.isBusy) {
      socket.pause();
      return;
    }
    connection.isBusy = true;
    for (;;) {
      const next = connection.turns.shift();
      if (!next || socket.destroyed) break;
      // The body of the last that was read may not be here yet.
      if (connection.turns.length === 0 && !connection.isClosing) {
        socket.resume();
      }
      await next.handle();
    }
    connection.isBusy = false;
  }

  #connectionOf(socket: Socket): Connection {
    const known = this.#connections.get(socket);
    if (known) return known;
    const made = { turns: [], isBusy: false, isClosing: false };
    this.#connections.set(socket, made);
    return made;
  }
}
