import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  onCallReadPermission,
  type OnCallView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access, Selecting } from '../http/access';
import { entityRefOf } from '../http/entityRefOf';

/** Routes of on-call. */
export function addOnCallRoutes(
  router: Router,
  options: {
    access: Access;
    onCall: {
      view(
        entityRef: string,
        at: Date,
        visible: Selecting,
      ): Promise<OnCallView>;
    };
  },
): void {
  const { access, onCall } = options;

  router.get('/entities/:kind/:namespace/:name/on-call', async (req, res) => {
    const credentials = await access.person(req);
    const entity = await access.entity(
      credentials,
      entityRefOf(req.params),
      onCallReadPermission,
    );
    res.json(
      await onCall.view(
        stringifyEntityRef(entity),
        new Date(),
        access.selecting(credentials),
      ),
    );
  });
}
