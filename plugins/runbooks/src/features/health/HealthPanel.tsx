import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Panel } from '../../components/Panel';
import { runbooksTranslationRef } from '../../translation';
import { HealthSummary } from './HealthSummary';
import { useHealth } from './useHealth';

/** The live health of an entity on a card of its own. */
export function HealthPanel(props: { entityRef: EntityRef; brief?: boolean }) {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const health = useHealth(props.entityRef);
  return (
    <Panel title={t('tab.health')}>
      <HealthSummary health={health} brief={props.brief} />
    </Panel>
  );
}
