import type {
  EntityRef,
  HealthSignal,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useRunbooksPaths } from '../../paths';
import { WhatFits } from '../health/WhatFits';
import { fittingProcedures } from './fittingProcedures';
import { useEntityRunbooks } from './useEntityRunbooks';

/** What fits what is wrong with an entity, on a page that does not show its runbooks: they are asked for here. */
export function FittingHere(props: {
  entityRef: EntityRef;
  signals: HealthSignal[];
}) {
  const { entityRef, signals } = props;
  const paths = useRunbooksPaths();
  const runbooks = useEntityRunbooks(entityRef);
  if (runbooks.status !== 'ready') return <WhatFits entityRef={entityRef} />;
  const [best] = fittingProcedures(signals, runbooks.value.runbooks);
  return (
    <WhatFits
      entityRef={entityRef}
      best={
        best
          ? {
              title: best.title,
              to: paths.procedure(entityRef, best.runbookId, best.procedureId),
            }
          : null
      }
    />
  );
}
