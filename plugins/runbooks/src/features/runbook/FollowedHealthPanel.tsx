import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { HealthPanel } from '../health/HealthPanel';
import { useHealth } from '../health/useHealth';
import { FittingHere } from './FittingHere';

/** The health of an entity while this is shown: only what is not well is listed, with the procedure that fits it. */
export function FollowedHealthPanel({ entityRef }: { entityRef: EntityRef }) {
  const health = useHealth(entityRef);
  return (
    <HealthPanel
      health={health}
      brief
      whatToDo={
        health.status === 'shown' && (
          <FittingHere entityRef={entityRef} signals={health.signals} />
        )
      }
    />
  );
}
