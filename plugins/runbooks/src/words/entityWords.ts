import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { parseEntityRef } from '@backstage/catalog-model';

/** An entity where only words can stand, as on a button: "auth-service". */
export function entityWords(entityRef: EntityRef): string {
  return parseEntityRef(entityRef).name;
}
