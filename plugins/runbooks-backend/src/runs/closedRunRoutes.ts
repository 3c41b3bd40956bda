import { ServiceUnavailableError } from '@backstage/errors';
import {
  runReadPermission,
  stepApprovePermission,
  type HoldsView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access } from '../http/access';

/**
 * Routes of runs, approvals and evidence where there is nowhere to keep runs: lists are empty, so that pages show what
 * they can, and everything else says why.
 */
export function addClosedRunRoutes(
  router: Router,
  { access, because }: { access: Access; because: string },
): void {
  router.get('/runs', async (req, res) => {
    await access.somewhere(await access.person(req), runReadPermission);
    res.json({ runs: [] });
  });

  router.get('/holds', async (req, res) => {
    await access.somewhere(await access.person(req), runReadPermission);
    res.json({ holds: [], mayStop: false } satisfies HoldsView);
  });

  router.get('/approvals', async (req, res) => {
    await access.somewhere(await access.person(req), stepApprovePermission);
    res.json({ approvals: [] });
  });

  router.use(['/runs', '/ledger', '/holds'], async req => {
    await access.person(req);
    throw new ServiceUnavailableError(because);
  });
}
