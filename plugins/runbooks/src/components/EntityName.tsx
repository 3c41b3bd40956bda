import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { ForeignText } from './ForeignText';

/**
 * A person, group or service by the name the catalog gives it, linked to its page unless it is `isPlain`; one that is
 * gone has none.
 */
export function EntityName(props: {
  entityRef: EntityRef;
  isGone?: boolean;
  isPlain?: boolean;
}) {
  const { entityRef, isGone, isPlain } = props;
  if (isGone) return <ForeignText text={entityRef} />;
  if (isPlain) {
    return <EntityDisplayName entityRef={entityRef} hideIcon disableTooltip />;
  }
  return <EntityRefLink entityRef={entityRef} hideIcon disableTooltip />;
}
