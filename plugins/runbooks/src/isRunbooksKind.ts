import type { Entity } from '@backstage/catalog-model';

/** Kinds that can have runbooks, in lower case. */
export const RUNBOOKS_KINDS = [
  'component',
  'system',
  'domain',
  'resource',
  'api',
  'group',
];

/** Whether the tab and the card belong on the page of this entity. @public */
export function isRunbooksKind(entity: Entity): boolean {
  return RUNBOOKS_KINDS.includes(entity.kind.toLowerCase());
}
