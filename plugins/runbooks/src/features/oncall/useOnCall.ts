import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** Who owns the entity and who is on call for it. */
export function useOnCall(entityRef: EntityRef) {
  const api = useApi(runbooksApiRef);
  return useLoaded(() => api.getOnCall(entityRef), entityRef);
}
