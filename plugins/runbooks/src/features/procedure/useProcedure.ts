import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** One procedure of an entity. */
export function useProcedure(place: {
  entityRef: EntityRef;
  runbookId: string;
  procedureId: string;
}) {
  const api = useApi(runbooksApiRef);
  return useLoaded(() => api.getProcedure(place), JSON.stringify(place));
}
