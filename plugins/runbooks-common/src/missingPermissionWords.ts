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
} from './permissions';
import type { EntityRef } from './time';

/** What a person lacks: a permission, and of which entity where it is of one. @public */
export interface MissingPermission {
  permission: { name: string };
  entityRef?: EntityRef;
  /** Who owns the entity, where the person may know it. */
  owners?: readonly EntityRef[];
}

/** Owners beyond these are counted. */
const OWNERS_NAMED = 3;

/**
 * Tells a person that a permission is missing: what they may do, what not, and whom to ask, with references that pages
 * show as names. The name of the permission means something to whoever writes the policy, and is said for none of ours.
 *
 * @public
 */
export function missingPermissionWords(missing: MissingPermission): string {
  const { permission, entityRef, owners = [] } = missing;
  const of = entityRef ? ` of ${entityRef}` : '';
  const names = namesOf(owners);
  switch (permission.name) {
    case runCreatePermission.name:
      return names
        ? `You may read this procedure; its owners run it: ${names}`
        : 'You may read this procedure; its owners run it';
    case stepApprovePermission.name:
      return names
        ? `You may look at this step; the owners${of} and who is on call approve it: ask ${names}`
        : `You may look at this step; the owners${of} and who is on call approve it`;
    case runbookReadPermission.name:
      return mayNot('read the runbooks', of, names);
    case healthReadPermission.name:
      return mayNot('see the health', of, names);
    case onCallReadPermission.name:
      return mayNot(
        'see who is on call',
        entityRef ? ` for ${entityRef}` : '',
        names,
      );
    case runReadPermission.name:
      return mayNot('see runs', of, names);
    case evidenceExportPermission.name:
      return 'You may not export the evidence of all runs; whoever operates this portal can let you';
    case changesStopPermission.name:
      return 'You may not stop changes or let them go on; whoever operates this portal can let you';
    case setupReadPermission.name:
      return 'You may not see the set-up; whoever operates this portal can let you';
    default:
      return `You do not have the permission '${permission.name}'${
        entityRef ? ` for ${entityRef}` : ''
      }`;
  }
}

function mayNot(what: string, of: string, names: string): string {
  return names
    ? `You may not ${what}${of}; ask its owners: ${names}`
    : `You may not ${what}${of}`;
}

function namesOf(owners: readonly EntityRef[]): string {
  const named = owners.slice(0, OWNERS_NAMED);
  const more = owners.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
