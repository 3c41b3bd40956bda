import type { IdentityApi } from '@backstage/frontend-plugin-api';
import type { DemoAuthClient, DemoSession } from './DemoAuthClient';

/** How long before its end a token is replaced. */
const RENEW_BEFORE_END_MS = 5 * 60_000;

/** How long a token is used whose end the backend did not tell. */
const ASSUMED_LIFETIME_MS = 10 * 60_000;

/**
 * The person who signed in. Asks for a new token shortly before the old one ends; several callers at once share one
 * request, and a failed one is tried again by the next caller.
 */
export class DemoIdentity implements IdentityApi {
  readonly #client: DemoAuthClient;
  readonly #now: () => number;
  readonly #onSignOut: () => void;
  #session: DemoSession;
  #renewAt: number;
  #renewal: Promise<void> | undefined;

  private constructor(
    client: DemoAuthClient,
    session: DemoSession,
    now: () => number,
    onSignOut: () => void,
  ) {
    this.#client = client;
    this.#now = now;
    this.#onSignOut = onSignOut;
    this.#session = session;
    this.#renewAt = renewalOf(session, now());
  }

  /** @throws Error with the backend's words where it refuses. */
  static async signIn(options: {
    client: DemoAuthClient;
    userRef: string;
    now: () => number;
    onSignOut: () => void;
  }): Promise<DemoIdentity> {
    const { client, userRef, now, onSignOut } = options;
    return new DemoIdentity(
      client,
      await client.signIn(userRef),
      now,
      onSignOut,
    );
  }

  async getProfileInfo() {
    return this.#session.profile;
  }

  async getBackstageIdentity() {
    return this.#session.backstageIdentity.identity;
  }

  async getCredentials() {
    if (this.#now() >= this.#renewAt) await this.#renew();
    return { token: this.#session.backstageIdentity.token };
  }

  async signOut() {
    this.#onSignOut();
  }

  #renew(): Promise<void> {
    this.#renewal ??= this.#askAgain().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #askAgain() {
    const { userEntityRef } = this.#session.backstageIdentity.identity;
    this.#session = await this.#client.signIn(userEntityRef);
    this.#renewAt = renewalOf(this.#session, this.#now());
  }
}

function renewalOf(session: DemoSession, now: number): number {
  const { expiresInSeconds } = session.backstageIdentity;
  return expiresInSeconds === undefined
    ? now + ASSUMED_LIFETIME_MS
    : now + expiresInSeconds * 1000 - RENEW_BEFORE_END_MS;
}
