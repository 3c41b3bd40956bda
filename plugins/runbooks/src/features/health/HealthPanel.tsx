import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Panel } from '../../components/Panel';
import { runbooksTranslationRef } from '../../translation';
import { HealthSummary } from './HealthSummary';
import type { HealthView } from './healthView';
import { useHealth } from './useHealth';

/** Live health on a card of its own. */
export function HealthPanel(props: { health: HealthView; brief?: boolean }) {
  const { t } = useTranslationRef(runbooksTranslationRef);
  return (
    <Panel title={t('tab.health')}>
      <HealthSummary health={props.health} brief={props.brief} />
    </Panel>
  );
}

/** The same, following an entity while it is shown. Only what is not well is listed. */
export function FollowedHealthPanel(props: { entityRef: EntityRef }) {
  return <HealthPanel health={useHealth(props.entityRef)} brief />;
}
