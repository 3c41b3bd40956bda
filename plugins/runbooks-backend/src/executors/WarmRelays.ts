import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Relay } from './Relay';
import { stepUserOf, type StepUser } from './stepUser';

/** So many steps that begin at once find one; each waits with the memory of a small Node process. */
const KEPT_WARM = 2;
/** A step that has just begun needs the processor more than the next one does. */
const REFILLED_AFTER_MS = 1_000;
/** After a failure it is tried again so much later, after each further one in a row twice as late. */
const TRIED_AGAIN_AFTER_MS = 30_000;
const LONGEST_REST_MS = 60 * 60_000;

/**
 * Relays that run before a step needs one: starting Node takes about as long as everything else that a short step does.
 *
 * There are never more than `keptWarm` that wait. Each is taken by one attempt and ends with it; a step that finds none
 * starts its relay in its own sandbox, which takes longer and is the same otherwise. So nothing here ever fails a step:
 * where relays cannot be started ahead, or their network cannot be joined, that is logged once and it is tried again
 * later, half a minute after the first failure and with growing pauses of up to an hour.
 */
export class WarmRelays {
  readonly #directory: string;
  readonly #user: StepUser | undefined;
  readonly #keptWarm: number;
  readonly #triedAgainAfterMs: number;
  readonly #logger: LoggerService;
  readonly #ready: Relay[] = [];
  readonly #taken = new Set<Relay>();
  readonly #ending = new Set<Promise<void>>();
  #filling: Promise<void> | undefined;
  #refill: NodeJS.Timeout | undefined;
  #state: 'untried' | 'works' | 'rests' | 'stopped' = 'untried';
  #failures = 0;
  #rest: NodeJS.Timeout | undefined;

  /** @param options - `dataDirectory`: as that of the executor. */
  constructor(options: {
    dataDirectory: string;
    logger: LoggerService;
    stepUser?: StepUser;
    keptWarm?: number;
    triedAgainAfterMs?: number;
  }) {
    this.#directory = path.resolve(options.dataDirectory, 'x');
    this.#user = stepUserOf(options.stepUser);
    this.#keptWarm = options.keptWarm ?? KEPT_WARM;
    this.#triedAgainAfterMs = options.triedAgainAfterMs ?? TRIED_AGAIN_AFTER_MS;
    this.#logger = options.logger;
  }

  /** Starts what is missing, one after another. Resolves when that is done or turned out to be impossible. */
  fill(): Promise<void> {
    clearTimeout(this.#refill);
    this.#filling ??= this.#startMissing().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  /** A relay for one attempt, connected to its gateway; undefined where none waits. Give it back with `release`. */
  async take(gatewaySocket: string): Promise<Relay | undefined> {
    const relay = this.#nextAlive();
    if (!relay) {
      this.#refillLater();
      return undefined;
    }
    this.#taken.add(relay);
    this.#refillLater();
    try {
      await relay.serve(gatewaySocket);
      return relay;
    } catch (error) {
      this.#giveUp('A relay could not be connected to its gateway', error);
      this.release(relay);
      return undefined;
    }
  }

  /** Ends a relay that was taken, with the attempt that it served. */
  release(relay: Relay): void {
    if (!this.#taken.delete(relay)) return;
    void this.#end(relay).then(() => {
      if (this.#state === 'works') void this.fill();
    });
  }

  /** Ends all of them, those that are in use as well. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    clearTimeout(this.#refill);
    clearTimeout(this.#rest);
    await this.#filling;
    for (const relay of [...this.#ready.splice(0), ...this.#taken]) {
      void this.#end(relay);
    }
    this.#taken.clear();
    await Promise.all(this.#ending);
  }

  /** It is killed at once; that its folder is removed is waited for when all stop. */
  async #end(relay: Relay): Promise<void> {
    const ending = relay.end().catch(error => {
      const { message } = toError(error);
      this.#logger.warn(
        `The folder of a relay could not be removed: ${message}`,
      );
    });
    this.#ending.add(ending);
    await ending;
    this.#ending.delete(ending);
  }

  #nextAlive(): Relay | undefined {
    for (;;) {
      const relay = this.#ready.shift();
      if (!relay || (relay.isAlive && this.#state === 'works')) return relay;
      void this.#end(relay);
    }
  }

  #refillLater(): void {
    if (this.#state !== 'works') return;
    clearTimeout(this.#refill);
    this.#refill = setTimeout(() => void this.fill(), REFILLED_AFTER_MS);
    this.#refill.unref();
  }

  async #startMissing(): Promise<void> {
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o711 });
      while (this.#mayStart() && this.#ready.length < this.#keptWarm) {
        const relay = await Relay.start({
          directory: this.#directory,
          user: this.#user,
        });
        if (await this.#isOfUse(relay)) this.#ready.push(relay);
        else await this.#end(relay);
      }
    } catch (error) {
      this.#giveUp('No relay can be started ahead of steps', error);
    }
  }

  #mayStart(): boolean {
    return this.#state === 'untried' || this.#state === 'works';
  }

  /** The first one is tried. */
  async #isOfUse(relay: Relay): Promise<boolean> {
    if (this.#state !== 'untried') return this.#state === 'works';
    const canBeJoined = await relay.canBeJoined(this.#user);
    if (!this.#mayStart()) return false;
    if (canBeJoined) {
      this.#state = 'works';
      this.#failures = 0;
    } else {
      this.#giveUp(
        'No relay is started ahead of steps',
        new Error('nsenter (util-linux) cannot join the network of one here'),
      );
    }
    return canBeJoined;
  }

  #giveUp(what: string, error: unknown): void {
    if (!this.#mayStart()) return;
    this.#state = 'rests';
    clearTimeout(this.#refill);
    for (const relay of this.#ready.splice(0)) void this.#end(relay);
    const { message } = toError(error);
    const said = `${what}, so each step starts its own, which takes longer: ${message}`;
    if (this.#failures === 0) this.#logger.info(said);
    else this.#logger.debug(said);
    this.#rest = setTimeout(() => {
      this.#state = 'untried';
      void this.fill();
    }, Math.min(LONGEST_REST_MS, this.#triedAgainAfterMs * 2 ** this.#failures));
    this.#rest.unref();
    this.#failures += 1;
  }
}
