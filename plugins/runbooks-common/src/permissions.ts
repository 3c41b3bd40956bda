import { createPermission } from '@backstage/plugin-permission-common';

/** Read runbooks and procedures of entities that the person may see. @public */
export const runbookReadPermission = createPermission({
  name: 'runbooks.runbook.read',
  attributes: { action: 'read' },
});

/** See live health of a service. @public */
export const healthReadPermission = createPermission({
  name: 'runbooks.health.read',
  attributes: { action: 'read' },
});

/** See who is on call and how to reach them. @public */
export const onCallReadPermission = createPermission({
  name: 'runbooks.on-call.read',
  attributes: { action: 'read' },
});

/** See runs, their output and their ledger. @public */
export const runReadPermission = createPermission({
  name: 'runbooks.run.read',
  attributes: { action: 'read' },
});

/** Plan and start runs, run read steps, request approvals, confirm, skip, judge, cancel. @public */
export const runCreatePermission = createPermission({
  name: 'runbooks.run.create',
  attributes: { action: 'create' },
});

/**
 * Approve or deny steps. Necessary, never sufficient: the person must also own the service or be on call for it
 * and must not be the requester.
 *
 * @public
 */
export const stepApprovePermission = createPermission({
  name: 'runbooks.step.approve',
  attributes: { action: 'update' },
});

/** All permissions of the plugin. @public */
export const runbooksPermissions = [
  runbookReadPermission,
  healthReadPermission,
  onCallReadPermission,
  runReadPermission,
  runCreatePermission,
  stepApprovePermission,
];
