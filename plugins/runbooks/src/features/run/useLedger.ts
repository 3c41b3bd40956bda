import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { isToBeSealed } from './sealWords';

/** A checkpoint is made about once a minute. */
const SEALED_WITHIN_MS = 65_000;

/**
 * What was recorded of a run; read again when the run has gone on, and shown as it was until then. Where events are
 * not sealed yet it is asked for again once a checkpoint should have been made, until they are.
 */
export function useLedger(runId: string, eventCount: number) {
  const api = useApi(runbooksApiRef);
  const ledger = useLoaded(() => api.getLedger(runId), runId);
  const { reload, renew } = ledger;
  const readAt = useRef(eventCount);
  useEffect(() => {
    if (readAt.current === eventCount) return;
    readAt.current = eventCount;
    reload();
  }, [eventCount, reload]);

  const answer = ledger.status === 'ready' ? ledger.value : undefined;
  const refreshError =
    ledger.status === 'ready' ? ledger.refreshError : undefined;
  useEffect(() => {
    if (!answer || !isToBeSealed(answer)) return undefined;
    const timer = setTimeout(renew, SEALED_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [answer, refreshError, renew]);
  return ledger;
}
