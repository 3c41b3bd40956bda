import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** What was recorded of a run; read again when the run has gone on, and shown as it was until then. */
export function useLedger(runId: string, eventCount: number) {
  const api = useApi(runbooksApiRef);
  const ledger = useLoaded(() => api.getLedger(runId), runId);
  const { reload } = ledger;
  const readAt = useRef(eventCount);
  useEffect(() => {
    if (readAt.current === eventCount) return;
    readAt.current = eventCount;
    reload();
  }, [eventCount, reload]);
  return ledger;
}
