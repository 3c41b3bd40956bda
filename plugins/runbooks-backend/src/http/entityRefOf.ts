import { stringifyEntityRef } from '@backstage/catalog-model';

/** The full reference of the entity that a route's path names. */
export function entityRefOf(params: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  return stringifyEntityRef(params);
}
