import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { addHealthRoutes } from '../health/healthRoutes';
import { addHoldRoutes } from '../holds/holdRoutes';
import { addLedgerRoutes } from '../ledger/ledgerRoutes';
import { addOnCallRoutes } from '../oncall/onCallRoutes';
import { addRunbookRoutes } from '../runbooks/runbookRoutes';
import { addClosedRunRoutes } from '../runs/closedRunRoutes';
import { addPlanRoutes } from '../runs/planRoutes';
import { addRunRoutes } from '../runs/runRoutes';
import { isClosed, type Closed } from '../runs/RunsClosedError';
import { addSetupRoutes } from '../setup/setupRoutes';
import { jsonBody } from './jsonBody';

type OptionsOf<Add extends (router: Router, options: never) => void> =
  Parameters<Add>[1];
type RunOptions = OptionsOf<typeof addRunRoutes> &
  OptionsOf<typeof addLedgerRoutes> &
  OptionsOf<typeof addHoldRoutes> &
  Pick<OptionsOf<typeof addRunbookRoutes>, 'store' | 'mayStart'>;

/** What the routes need whether or not there is a place to keep runs. */
export type SharedOptions = OptionsOf<typeof addPlanRoutes> &
  OptionsOf<typeof addHealthRoutes> &
  OptionsOf<typeof addOnCallRoutes> &
  OptionsOf<typeof addSetupRoutes> &
  Omit<OptionsOf<typeof addRunbookRoutes>, 'store' | 'mayStart'> &
  Pick<RunOptions, 'audit' | 'streams'>;

/** Those that need the place. */
export type RunPartOptions = Omit<RunOptions, keyof SharedOptions>;

/**
 * All routes of the plugin. Each checks a permission of the person who asks.
 *
 * @param running - What keeps runs, or why there is nothing that does.
 */
export function createRouter(
  shared: SharedOptions,
  running: RunPartOptions | Closed,
): Router {
  const router = PromiseRouter();
  router.use(jsonBody());
  addHealthRoutes(router, shared);
  addOnCallRoutes(router, shared);
  addPlanRoutes(router, shared);
  addSetupRoutes(router, shared);
  if (isClosed(running)) {
    addRunbookRoutes(router, {
      ...shared,
      store: { list: async () => ({ runs: [] }) },
      mayStart: { allowed: false, ...running },
    });
    addClosedRunRoutes(router, { ...shared, because: running.because });
  } else {
    const options = { ...shared, ...running };
    addRunbookRoutes(router, options);
    addRunRoutes(router, options);
    addLedgerRoutes(router, options);
    addHoldRoutes(router, options);
  }
  return router;
}
