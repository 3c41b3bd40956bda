import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { Fragment } from 'react';
import { EntityName } from './EntityName';

/** Several of the catalog as a sentence has them: "a, b and c", each linked to its page. */
export function EntityNames(props: {
  entityRefs: EntityRef[];
  last?: 'and' | 'or';
}) {
  const { entityRefs, last = 'and' } = props;
  return (
    <>
      {entityRefs.map((entityRef, index) => (
        <Fragment key={entityRef}>
          {index > 0 && (index === entityRefs.length - 1 ? ` ${last} ` : ', ')}
          <EntityName entityRef={entityRef} />
        </Fragment>
      ))}
    </>
  );
}
