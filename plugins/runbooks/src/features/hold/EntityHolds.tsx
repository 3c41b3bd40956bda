import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { HoldNotices } from './HoldNotices';

/** What keeps changes of an entity from starting; nothing where that is not known. */
export function EntityHolds({ entityRef }: { entityRef: EntityRef }) {
  const api = useApi(runbooksApiRef);
  const loaded = useLoaded(() => api.getHolds(entityRef), entityRef);
  return loaded.status === 'ready' ? (
    <HoldNotices holds={loaded.value.holds} />
  ) : null;
}
