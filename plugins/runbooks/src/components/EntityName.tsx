import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** A person, group or service by the name the catalog gives it, linked to its page. */
export function EntityName({ entityRef }: { entityRef: EntityRef }) {
  return <EntityRefLink entityRef={entityRef} hideIcon disableTooltip />;
}
