import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useNow } from '../../async/useNow';
import { CannotSee } from '../../components/CannotSee';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { viewerTimeZone } from '../../words/timeWords';
import { runbooksTranslationRef } from '../../translation';
import { OnCallCard } from './OnCallCard';
import { onCallCardView, type WrittenContacts } from './onCallView';
import { useOnCall } from './useOnCall';

/** Who to call about an entity, on a card of its own. */
export function OnCallPanel(props: {
  entityRef: EntityRef;
  written?: WrittenContacts;
}) {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const onCall = useOnCall(props.entityRef);
  const now = useNow();
  const timeZone = viewerTimeZone();
  return (
    <Panel title={t('tab.onCall')}>
      {onCall.status === 'loading' && <Waiting what="who is on call" />}
      {onCall.status === 'failed' && (
        <CannotSee
          error={onCall.error}
          what="who is on call"
          onRetry={onCall.reload}
        />
      )}
      {onCall.status === 'ready' && (
        <OnCallCard
          view={onCallCardView(onCall.value, now, timeZone)}
          written={props.written}
          timeZone={timeZone}
        />
      )}
    </Panel>
  );
}
