import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';
import { isRefusal } from '../../api/isRefusal';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** Once a cluster answers, the pulse of the backend needs up to this long to see it. */
const ASK_AGAIN_MS = 10_000;

/** One procedure of an entity; asked for again while a cluster of it cannot be used, so that it can be started then. */
export function useProcedure(place: {
  entityRef: EntityRef;
  runbookId: string;
  procedureId: string;
}) {
  const api = useApi(runbooksApiRef);
  const procedure = useLoaded(
    () => api.getProcedure(place),
    JSON.stringify(place),
  );
  const { renew } = procedure;
  const waits =
    procedure.status === 'ready' &&
    !(procedure.refreshError && isRefusal(procedure.refreshError)) &&
    procedure.value.clusters.some(cluster => cluster.unavailable !== undefined);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(renew, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, renew]);
  return procedure;
}
