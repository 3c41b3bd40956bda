import type { CallsPage } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';

/** The first pages of the calls of an attempt, read again when its run has gone on; `more` reads one page more. */
export function useCalls(place: {
  runId: string;
  stepId: string;
  attempt: number;
  eventCount: number;
  onlyChanges?: boolean;
}) {
  const { runId, stepId, attempt, eventCount, onlyChanges } = place;
  const api = useApi(runbooksApiRef);
  const [pages, setPages] = useState(1);
  const loaded = useLoaded(async (): Promise<CallsPage> => {
    const asked = {
      runId,
      stepId,
      attempt,
      ...(onlyChanges ? { onlyChanges } : {}),
    };
    let page: CallsPage = { calls: [] };
    for (let read = 0; read < pages; read += 1) {
      const { next } = page;
      if (read > 0 && next === undefined) break;
      const more = await api.getCalls({
        ...asked,
        ...(next === undefined ? {} : { after: next }),
      });
      page = { ...more, calls: [...page.calls, ...more.calls] };
    }
    return page;
  }, [runId, stepId, attempt, eventCount, onlyChanges, pages].join('|'));
  const more = useCallback(() => setPages(count => count + 1), []);
  return { ...loaded, more };
}
