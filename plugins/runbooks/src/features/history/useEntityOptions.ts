import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoaded } from '../../async/useLoaded';

/** Something of the catalog to choose. */
export interface EntityOption {
  entityRef: string;
  title: string;
}

const MOST_OPTIONS = 1_000;

/** Entities of some kinds by name. An empty list until they are there, and when they cannot be read. */
export function useEntityOptions(kinds: string[]): EntityOption[] {
  const catalog = useApi(catalogApiRef);
  const loaded = useLoaded(async () => {
    const { items } = await catalog.queryEntities({
      filter: { kind: kinds },
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.title',
        'spec.profile.displayName',
      ],
      limit: MOST_OPTIONS,
      orderFields: { field: 'metadata.name', order: 'asc' },
    });
    return items.map(entity => ({
      entityRef: stringifyEntityRef(entity),
      title: titleOf(entity.metadata, entity.spec),
    }));
  }, kinds.join('|'));
  return loaded.status === 'ready' ? loaded.value : [];
}

function titleOf(
  metadata: { name: string; title?: string },
  spec: Record<string, unknown> | undefined,
) {
  const profile = spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName ?? metadata.title ?? metadata.name;
}
