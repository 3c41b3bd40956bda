import {
  createPermission,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * The catalog's name for its entities. Written out, because the catalog exports it from a path that promises nothing;
 * it stands in the policies of every installation and cannot change.
 */
const CATALOG_ENTITY = 'catalog-entity';

/**
 * A permission that is asked for one entity of the catalog, so that a policy may decide by the catalog's own rules
 * (`IS_ENTITY_OWNER`, `HAS_ANNOTATION`, ...).
 *
 * @public
 */
export type EntityPermission = ResourcePermission<typeof CATALOG_ENTITY>;

/** Read runbooks and procedures of entities that the person may see. @public */
export const runbookReadPermission = entityPermission(
  'runbooks.runbook.read',
  'read',
);

/** See live health of a service. @public */
export const healthReadPermission = entityPermission(
  'runbooks.health.read',
  'read',
);

/** See who is on call and how to reach them. @public */
export const onCallReadPermission = entityPermission(
  'runbooks.on-call.read',
  'read',
);

/** See runs, their output and their ledger. @public */
export const runReadPermission = entityPermission('runbooks.run.read', 'read');

/** Plan and start runs, run read steps, request approvals, confirm, skip, judge, cancel. @public */
export const runCreatePermission = entityPermission(
  'runbooks.run.create',
  'create',
);

/**
 * Approve or deny steps. Necessary, never sufficient: the person must also own the service or be on call for it
 * and must not be the requester.
 *
 * @public
 */
export const stepApprovePermission = entityPermission(
  'runbooks.step.approve',
  'update',
);

/**
 * Export the evidence of all runs, whatever their entities, and read all checkpoints. Whoever also may read runs finds
 * those of entities that are gone from the catalog in the history. Of no entity: a policy must name it, and without a
 * policy nobody exports everything.
 *
 * @public
 */
export const evidenceExportPermission: BasicPermission = createPermission({
  name: 'runbooks.evidence.export',
  attributes: { action: 'read' },
});

/**
 * See how the plugin is set up on this backend: versions, clusters, what is missing. Of no entity, like
 * `evidenceExportPermission`.
 *
 * @public
 */
export const setupReadPermission: BasicPermission = createPermission({
  name: 'runbooks.setup.read',
  attributes: { action: 'read' },
});

/**
 * Stop all changes at once, and let them go on. Of no entity, like `evidenceExportPermission`.
 *
 * @public
 */
export const changesStopPermission: BasicPermission = createPermission({
  name: 'runbooks.changes.stop',
  attributes: { action: 'update' },
});

/** All permissions of the plugin. @public */
export const runbooksPermissions: Array<EntityPermission | BasicPermission> = [
  runbookReadPermission,
  healthReadPermission,
  onCallReadPermission,
  runReadPermission,
  runCreatePermission,
  stepApprovePermission,
  evidenceExportPermission,
  setupReadPermission,
  changesStopPermission,
];

function entityPermission(
  name: string,
  action: 'create' | 'read' | 'update',
): EntityPermission {
  return createPermission({
    name,
    attributes: { action },
    resourceType: CATALOG_ENTITY,
  });
}
