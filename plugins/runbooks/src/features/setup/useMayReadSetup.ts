import { setupReadPermission } from '@backstage-runbooks/plugin-runbooks-common';
import { usePermission } from '@backstage/plugin-permission-react';

/** Whether the person looking may see how the plugin is set up; false while that is not known. */
export function useMayReadSetup(): boolean {
  return usePermission({ permission: setupReadPermission }).allowed;
}
