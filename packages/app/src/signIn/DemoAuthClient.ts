import type { DiscoveryApi } from '@backstage/frontend-plugin-api';

/** Somebody to sign in as. */
export interface DemoPerson {
  userRef: string;
  name: string;
  role: string;
  teams: string[];
  hint: string;
}

/** What the backend says about somebody who signed in. */
export interface DemoSession {
  profile: { displayName?: string; email?: string };
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: {
      type: 'user';
      userEntityRef: string;
      ownershipEntityRefs: string[];
    };
  };
}

/** Speaks to the demo sign-in of the backend. */
export class DemoAuthClient {
  readonly #discovery: DiscoveryApi;

  constructor(discovery: DiscoveryApi) {
    this.#discovery = discovery;
  }

  /** The people to choose from; empty while the catalog is still reading them. */
  async listPeople(signal?: AbortSignal): Promise<DemoPerson[]> {
    const { people } = await this.#ask('start', { signal });
    return people;
  }

  /** @throws Error with the backend's words where it refuses. */
  async signIn(userRef: string): Promise<DemoSession> {
    return this.#ask('refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userRef }),
    });
  }

  async #ask(path: string, init: RequestInit) {
    const baseUrl = await this.#discovery.getBaseUrl('auth');
    const response = await fetch(`${baseUrl}/demo/${path}`, init).catch(
      cause => {
        throw new Error(`Nothing answers at ${baseUrl}`, { cause });
      },
    );
    const body = await response.json().catch(() => undefined);
    if (!response.ok) {
      throw new Error(
        body?.error?.message ?? `The backend answered ${response.status}`,
      );
    }
    return body;
  }
}
