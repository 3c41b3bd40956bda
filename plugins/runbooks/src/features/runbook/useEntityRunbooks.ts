import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** The runbooks of an entity. */
export function useEntityRunbooks(entityRef: EntityRef) {
  const api = useApi(runbooksApiRef);
  return useLoaded(() => api.getEntityRunbooks(entityRef), entityRef);
}
