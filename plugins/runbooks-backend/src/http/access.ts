import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Permitted } from '@backstage-runbooks/plugin-runbooks-common';
import type { Request } from 'express';

/** A person, signed in. */
export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Who asks, and whether they may: the one place where routes check permissions. */
export class Access {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
  }

  /**
   * The person who sent the request, where they have all of the permissions.
   *
   * @throws AuthenticationError, NotAllowedError
   */
  async person(
    req: Request,
    ...permissions: BasicPermission[]
  ): Promise<UserCredentials> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    for (const permission of permissions) {
      const permitted = await this.permitted(credentials, permission);
      if (!permitted.allowed) throw new NotAllowedError(permitted.because);
    }
    return credentials;
  }

  /**
   * Like `person`, but a service that acts on behalf of somebody is refused: decisions are made by people.
   *
   * @throws AuthenticationError, NotAllowedError
   */
  async personThemselves(
    req: Request,
    ...permissions: BasicPermission[]
  ): Promise<UserCredentials> {
    const credentials = await this.person(req, ...permissions);
    if (credentials.principal.actor) {
      throw new NotAllowedError(
        `'${credentials.principal.actor.subject}' may not do this on behalf of a person`,
      );
    }
    return credentials;
  }

  async permitted(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Permitted> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return decision.result === AuthorizeResult.ALLOW
      ? { allowed: true }
      : {
          allowed: false,
          because: `You do not have the permission '${permission.name}'`,
        };
  }
}
