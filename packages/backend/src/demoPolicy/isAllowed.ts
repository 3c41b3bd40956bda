import {
  changesStopPermission,
  evidenceExportPermission,
  healthReadPermission,
  onCallReadPermission,
  runbookReadPermission,
  runCreatePermission,
  runReadPermission,
  setupReadPermission,
  stepApprovePermission,
} from '@backstage-runbooks/plugin-runbooks-common';

const ENGINEERING = 'group:default/engineering';
const LEADS = 'group:default/engineering-leads';
const AUDITORS = 'group:default/auditors';
const CONTRACTORS = 'group:default/contractors';
const PLATFORM = 'group:default/platform';

/** Who may use a permission. Membership of a group includes that of the groups below it. */
type Rule = (memberships: ReadonlySet<string>) => boolean;

const everybody: Rule = () => true;
const engineers: Rule = groups =>
  groups.has(ENGINEERING) && !groups.has(CONTRACTORS);
const readersOfRuns: Rule = groups =>
  engineers(groups) || groups.has(LEADS) || groups.has(AUDITORS);
const auditing: Rule = groups => groups.has(LEADS) || groups.has(AUDITORS);
const stopping: Rule = groups => groups.has(LEADS) || groups.has(PLATFORM);
const platform: Rule = groups => groups.has(PLATFORM);

/** Every permission that somebody has. What is not here is denied. */
const RULES: Readonly<Record<string, Rule>> = {
  [runbookReadPermission.name]: everybody,
  [healthReadPermission.name]: everybody,
  [onCallReadPermission.name]: everybody,
  [runReadPermission.name]: readersOfRuns,
  [runCreatePermission.name]: engineers,
  [stepApprovePermission.name]: engineers,
  [evidenceExportPermission.name]: auditing,
  [setupReadPermission.name]: platform,
  [changesStopPermission.name]: stopping,
  'catalog.entity.read': everybody,
  'catalog.entity.refresh': engineers,
  'catalog.entity.validate': engineers,
  'catalog.location.read': everybody,
  'catalog.location.analyze': platform,
  'catalog.location.create': platform,
  'catalog.location.delete': platform,
  'catalog.entity.create': platform,
  'catalog.entity.delete': platform,
  'catalog.ingestion.read': platform,
  'catalog.ingestion.manage': platform,
  'kubernetes.clusters.read': everybody,
  'kubernetes.resources.read': everybody,
};

/**
 * Whether somebody may use a permission, by the groups that they belong to. Approving needs more than this: the
 * runbooks plugin also asks who owns the service.
 */
export function isAllowed(
  permissionName: string,
  memberships: readonly string[],
): boolean {
  return RULES[permissionName]?.(new Set(memberships)) ?? false;
}
