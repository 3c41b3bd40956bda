/**
 * A permission policy to begin with: `backend.add(import('@backstage-runbooks/plugin-runbooks-backend/policy-example'))`
 * in place of one that allows everybody everything. Copy it when you need more.
 *
 * @packageDocumentation
 */
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
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
import {
  changesStopPermission,
  evidenceExportPermission,
  runCreatePermission,
  setupReadPermission,
} from '@backstage-runbooks/plugin-runbooks-common';

/** Whoever has it acts with the credential of the kubernetes plugin, past scopes and approvals. */
const KUBERNETES_PROXY = 'kubernetes.proxy';
const OPERATORS = 'runbooks.policyExample.operators';
const ALLOW = { result: AuthorizeResult.ALLOW } as const;
const DENY = { result: AuthorizeResult.DENY } as const;

/**
 * - Starting and driving runs of an entity: its owners. Somebody who is on call for it and does not own it approves, and
 *   does not start.
 * - The set-up page, the evidence of all runs and the stop of all changes: members of `runbooks.policyExample.operators`, nobody by default.
 * - The proxy of the kubernetes plugin: nobody.
 * - Everything else, also of other plugins: whoever is signed in. Approving is not decided here: the plugin itself asks
 *   for an owner, or the person on call, of everything that a step writes.
 */
class ExamplePolicy implements PermissionPolicy {
  readonly #operators: ReadonlySet<string>;

  constructor(operators: readonly string[]) {
    this.#operators = new Set(operators);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return DENY;
    const claims = user.info.ownershipEntityRefs;
    switch (permission.name) {
      case runCreatePermission.name:
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: runCreatePermission.resourceType,
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: runCreatePermission.resourceType,
            params: { claims },
          },
        };
      case KUBERNETES_PROXY:
        return DENY;
      case setupReadPermission.name:
      case evidenceExportPermission.name:
      case changesStopPermission.name:
        return claims.some(ref => this.#operators.has(ref)) ? ALLOW : DENY;
      default:
        return ALLOW;
    }
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'runbooks-policy-example',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(
          new ExamplePolicy(config.getOptionalStringArray(OPERATORS) ?? []),
        );
      },
    });
  },
});
