import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
  type AuthProviderFactory,
} from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import type { DemoPeople } from './DemoPeople';

/** Whom the sign-in page asked for. */
interface ChosenPerson {
  userRef: string;
}

const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize() {},
  async authenticate({ req }: { req: Request }) {
    if (req.method !== 'POST') {
      throw new NotAllowedError(
        `The demo sign-in was asked with ${req.method}; it answers to POST only, so that no link signs anybody in`,
      );
    }
    return { result: { userRef: chosenUserOf(req.body) } };
  },
});

/**
 * Signs in whoever is chosen, without a password: for demonstrations only.
 *
 * - `POST /api/auth/demo/refresh` with `{"userRef": "user:default/maya.lindqvist"}` answers with a Backstage token of
 *   that user of the catalog. Nothing else signs in: a GET is refused, and so is a user whom the catalog does not know.
 * - `GET /api/auth/demo/start` answers with the people to choose from.
 */
export function demoSignIn(people: DemoPeople): AuthProviderFactory {
  const signIn = createProxyAuthProviderFactory<ChosenPerson>({
    authenticator: demoAuthenticator,
    profileTransform: async ({ userRef }, context) => {
      const { entity } = await context.findCatalogUser({ entityRef: userRef });
      const profile = entity.spec?.profile as
        | { displayName?: string; email?: string }
        | undefined;
      return {
        profile: {
          displayName: profile?.displayName ?? entity.metadata.name,
          email: profile?.email,
        },
      };
    },
    signInResolver: ({ result }, context) =>
      context.signInWithCatalogUser({ entityRef: result.userRef }),
  });
  return options => ({
    ...signIn(options),
    async start(_request, response) {
      response.json({ people: await people.list() });
    },
  });
}

function chosenUserOf(body: unknown): string {
  const userRef = (body as { userRef?: unknown } | undefined)?.userRef;
  if (typeof userRef !== 'string' || !isUserRef(userRef)) {
    throw new InputError(
      `The demo sign-in got userRef ${JSON.stringify(
        userRef,
      )}; expected a user of the catalog such as "user:default/maya.lindqvist"`,
    );
  }
  return userRef;
}

function isUserRef(text: string): boolean {
  try {
    return parseEntityRef(text).kind.toLocaleLowerCase('en-US') === 'user';
  } catch {
    return false;
  }
}
