import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ForeignText } from './ForeignText';

/** A person, group or service by the name the catalog gives it, linked to its page; one that is gone has none. */
export function EntityName(props: { entityRef: EntityRef; isGone?: boolean }) {
  const { entityRef, isGone } = props;
  if (isGone) return <ForeignText text={entityRef} />;
  return <EntityRefLink entityRef={entityRef} hideIcon disableTooltip />;
}
