import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { ActionButton } from '../../components/ActionButton';
import { CannotSee } from '../../components/CannotSee';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { runbooksTranslationRef } from '../../translation';
import { SetupNeeds } from './SetupNeeds';

/** How the plugin is set up on this backend: for those who operate it. */
export function SetupPage() {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const api = useApi(runbooksApiRef);
  const report = useLoaded(() => api.getSetup(), 'setup');
  return (
    <Panel
      title={t('setup.title')}
      flush
      actions={
        <ActionButton size="small" onClick={report.renew}>
          {t('setup.again')}
        </ActionButton>
      }
    >
      {report.status === 'loading' && (
        <div style={{ padding: 16 }}>
          <Waiting what="the set-up" lines={7} lineHeight={48} />
        </div>
      )}
      {report.status === 'failed' && (
        <div style={{ padding: 16 }}>
          <CannotSee
            error={report.error}
            what="the set-up"
            onRetry={report.reload}
          />
        </div>
      )}
      {report.status === 'ready' && <SetupNeeds needs={report.value.needs} />}
    </Panel>
  );
}
