import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useRenewed } from '../../async/useRenewed';
import { CannotSee } from '../../components/CannotSee';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { runbooksTranslationRef } from '../../translation';
import { ApprovalLines } from './ApprovalLines';

const RENEW_EVERY_MS = 10_000;

/** Steps of other people's runs that wait for the person looking. Renewed by itself. */
export function ApprovalsPage() {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const api = useApi(runbooksApiRef);
  const approvals = useRenewed(
    () => api.listApprovals(),
    'approvals',
    RENEW_EVERY_MS,
  );
  return (
    <Panel title={t('page.waitingForYou')} flush>
      {approvals.status === 'loading' && (
        <div style={{ padding: 16 }}>
          <Waiting what="approvals" lines={4} lineHeight={36} />
        </div>
      )}
      {approvals.status === 'failed' && (
        <div style={{ padding: 16 }}>
          <CannotSee
            error={approvals.error}
            what="approvals"
            onRetry={approvals.reload}
          />
        </div>
      )}
      {approvals.status === 'ready' && (
        <ApprovalLines approvals={approvals.value} />
      )}
    </Panel>
  );
}
