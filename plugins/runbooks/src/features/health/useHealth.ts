import type {
  EntityHealth,
  EntityRef,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useFollowed } from '../../async/useFollowed';
import { useNow } from '../../async/useNow';
import { healthView, type HealthView } from './healthView';

/** Follows the health of an entity while mounted. */
export function useHealth(entityRef: EntityRef): HealthView {
  const api = useApi(runbooksApiRef);
  const followed = useFollowed<EntityHealth>(
    listener => api.followHealth(entityRef, listener),
    entityRef,
  );
  return healthView(followed, useNow());
}
