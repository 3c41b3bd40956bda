import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { isAllowed } from './isAllowed';

/** Denies what is not allowed by name, and everything to somebody who is not signed in. */
const demoPolicy: PermissionPolicy = {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const memberships = user?.info.ownershipEntityRefs;
    return {
      result:
        memberships && isAllowed(permission.name, memberships)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    };
  },
};

/** The permissions of the demo: see `isAllowed` for who may do what. */
export const demoPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(demoPolicy);
      },
    });
  },
});
