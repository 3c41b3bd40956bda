import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  onCallReadPermission,
  type OnCallView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access } from '../http/access';
import { entityRefOf } from '../http/entityRefOf';

/** Routes of on-call. */
export function addOnCallRoutes(
  router: Router,
  options: {
    access: Access;
    plans: {
      entity(ref: string, credentials: BackstageCredentials): Promise<Entity>;
    };
    onCall: { view(entityRef: string, at: Date): Promise<OnCallView> };
  },
): void {
  const { access, plans, onCall } = options;

  router.get('/entities/:kind/:namespace/:name/on-call', async (req, res) => {
    const credentials = await access.person(req, onCallReadPermission);
    const entity = await plans.entity(entityRefOf(req.params), credentials);
    res.json(await onCall.view(stringifyEntityRef(entity), new Date()));
  });
}
