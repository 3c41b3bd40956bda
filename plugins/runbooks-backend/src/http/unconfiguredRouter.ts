import { ServiceUnavailableError } from '@backstage/errors';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** Where the configuration is wrong, every route says so. What is wrong is for the log: it may name what is secret. */
export function unconfiguredRouter(): Router {
  const router = PromiseRouter();
  router.use(async () => {
    throw new ServiceUnavailableError(
      'The runbooks plugin is not configured correctly. Whoever operates this portal finds the key, its value and what is expected in the log of the backend',
    );
  });
  return router;
}
