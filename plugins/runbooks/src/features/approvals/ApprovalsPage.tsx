import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { LoadFailure } from '../../components/LoadFailure';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { runbooksTranslationRef } from '../../translation';
import { ApprovalLines } from './ApprovalLines';

const RENEW_EVERY_MS = 10_000;

/** Steps of other people's runs that wait for the person looking. Renewed by itself. */
export function ApprovalsPage() {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const api = useApi(runbooksApiRef);
  const approvals = useLoaded(() => api.listApprovals(), 'approvals');
  const { reload } = approvals;
  useEffect(() => {
    const timer = setInterval(reload, RENEW_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <Panel title={t('page.waitingForYou')} flush>
      {approvals.status === 'loading' && (
        <div style={{ padding: 16 }}>
          <Waiting what="approvals" lines={4} lineHeight={36} />
        </div>
      )}
      {approvals.status === 'failed' && (
        <LoadFailure
          error={approvals.error}
          what="load approvals"
          onRetry={reload}
        />
      )}
      {approvals.status === 'ready' && (
        <ApprovalLines approvals={approvals.value} />
      )}
    </Panel>
  );
}
