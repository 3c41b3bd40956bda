import type { Tree } from '../gateway/trees';
import type { DryRunWrite } from './DryRunWrite';
import { versionOf } from './isOvertaken';

/** Groups whose API server takes no status but by a subresource. Every other may be of custom resources. */
const BUILT_IN = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);
/** What an approval of a certificate writes stands in its status. */
const STATUS_SUBRESOURCES = new Set(['status', 'approval']);

/**
 * Whether a write itself may make the status of its object another; else only controllers do, also between the look at
 * the object and its dry run. A custom resource without a subresource `status` takes it like any other field; so does
 * whatever is answered with another status in the same version.
 */
export function writesStatus(
  { group, subresource }: DryRunWrite,
  before: Tree | undefined,
  after: Tree | undefined,
): boolean {
  if (STATUS_SUBRESOURCES.has(subresource)) return true;
  if (subresource === '' && !BUILT_IN.has(group)) return true;
  const version = versionOf(before);
  return version !== undefined && version === versionOf(after);
}
