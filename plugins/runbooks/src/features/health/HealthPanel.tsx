import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { Panel } from '../../components/Panel';
import { runbooksTranslationRef } from '../../translation';
import { HealthSummary } from './HealthSummary';
import type { HealthView } from './healthView';

/** Live health on a card of its own. */
export function HealthPanel(props: {
  health: HealthView;
  brief?: boolean;
  whatToDo?: ReactNode;
}) {
  const { health, brief, whatToDo } = props;
  const { t } = useTranslationRef(runbooksTranslationRef);
  return (
    <Panel title={t('tab.health')}>
      <HealthSummary health={health} brief={brief} whatToDo={whatToDo} />
    </Panel>
  );
}
