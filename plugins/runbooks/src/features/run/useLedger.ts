import { useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** What was recorded of a run; read again when the run has gone on. */
export function useLedger(runId: string, eventCount: number) {
  const api = useApi(runbooksApiRef);
  return useLoaded(() => api.getLedger(runId), `${runId}|${eventCount}`);
}
