import {
  planRequestSchema,
  runbookReadPermission,
  runCreatePermission,
  type PlanResponse,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access } from '../http/access';
import { parseRequest } from '../http/parseRequest';
import type { PlanService } from './PlanService';

/** The route that plans a run, which stores nothing. */
export function addPlanRoutes(
  router: Router,
  { access, plans }: { access: Access; plans: PlanService },
): void {
  router.post('/plans', async (req, res) => {
    const credentials = await access.person(req);
    const request = parseRequest(planRequestSchema, req.body);
    await access.entity(
      credentials,
      request.entityRef,
      runbookReadPermission,
      runCreatePermission,
    );
    const { decision } = await plans.plan(
      request,
      credentials.principal.userEntityRef,
      credentials,
    );
    res.json(decision satisfies PlanResponse);
  });
}
