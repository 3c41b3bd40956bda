import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { addHealthRoutes } from '../health/healthRoutes';
import { addLedgerRoutes } from '../ledger/ledgerRoutes';
import { addOnCallRoutes } from '../oncall/onCallRoutes';
import { addRunbookRoutes } from '../runbooks/runbookRoutes';
import { addRunRoutes } from '../runs/runRoutes';

const MAX_REQUEST_BYTES = '256kb';

type RouteOptions = Parameters<typeof addRunRoutes>[1] &
  Parameters<typeof addRunbookRoutes>[1] &
  Parameters<typeof addHealthRoutes>[1] &
  Parameters<typeof addOnCallRoutes>[1] &
  Parameters<typeof addLedgerRoutes>[1];

/** All routes of the plugin. Each checks a permission of the person who asks. */
export function createRouter(options: RouteOptions): Router {
  const router = PromiseRouter();
  router.use(express.json({ limit: MAX_REQUEST_BYTES }));
  addRunbookRoutes(router, options);
  addHealthRoutes(router, options);
  addOnCallRoutes(router, options);
  addRunRoutes(router, options);
  addLedgerRoutes(router, options);
  return router;
}
