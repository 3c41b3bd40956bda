import { NotFoundError } from '@backstage/errors';
import {
  listRunsQuerySchema,
  planRequestSchema,
  runbookReadPermission,
  runCommandRequestSchema,
  runCreatePermission,
  runReadPermission,
  startRunRequestSchema,
  stepApprovePermission,
  type EntityPermission,
  type PlanResponse,
  type RunCommandRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Request, Router } from 'express';
import { z } from 'zod/v4';
import type { Access, UserCredentials } from '../http/access';
import { sendEventStream } from '../http/eventStream';
import { parseRequest } from '../http/parseRequest';
import { followRun } from './followRun';
import type { PlanService } from './PlanService';
import type { RunService } from './RunService';
import type { RunSignals } from './RunSignals';
import type { AttemptStore, RunStore } from './RunStore';

const outputQuerySchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
});
const attemptSchema = z.coerce.number().int().min(1);

/** Routes of plans, runs, approvals and history. */
export function addRunRoutes(
  router: Router,
  options: {
    access: Access;
    plans: PlanService;
    runs: RunService;
    store: RunStore;
    attempts: AttemptStore;
    signals: RunSignals;
  },
): void {
  const { access, plans, runs, store, attempts, signals } = options;
  const readable = async (
    runId: string,
    credentials: UserCredentials,
    ...permissions: EntityPermission[]
  ) => {
    const { plan } = await store.get(runId);
    const { entityRef } = plan;
    await access
      .entity(credentials, entityRef, runReadPermission, ...permissions)
      .catch(error => {
        // A run of an entity that is hidden answers like a run that does not exist.
        throw error instanceof NotFoundError ? noSuchRun(runId) : error;
      });
    return { entityRef };
  };
  /** The person, where they may see the run, and its entity's reference. */
  const reader = async (req: Request<{ runId: string }>) => {
    const credentials = await access.person(req);
    return { credentials, ...(await readable(req.params.runId, credentials)) };
  };
  const viewOf = async (
    runId: string,
    entityRef: string,
    credentials: UserCredentials,
  ) => {
    const [mayDrive, mayApprove] = await access.permitted(
      credentials,
      entityRef,
      runCreatePermission,
      stepApprovePermission,
    );
    return runs.view(runId, credentials, { mayDrive, mayApprove });
  };

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

  router.get('/runs', async (req, res) => {
    const credentials = await access.person(req);
    const query = parseRequest(listRunsQuerySchema, req.query);
    await access.somewhere(credentials, runReadPermission);
    if (query.entityRef) {
      await access.entity(credentials, query.entityRef, runReadPermission);
    }
    res.json(
      await runs.list(query, access.selecting(credentials, runReadPermission)),
    );
  });

  router.post('/runs', async (req, res) => {
    const credentials = await access.personThemselves(req);
    const key = req.header('Idempotency-Key');
    const request = parseRequest(startRunRequestSchema, {
      ...req.body,
      ...(key === undefined ? {} : { idempotencyKey: key }),
    });
    await access.entity(
      credentials,
      request.entityRef,
      runbookReadPermission,
      runCreatePermission,
      runReadPermission,
    );
    const run = await runs.start(request, credentials);
    res.status(201).json(await viewOf(run.id, run.plan.entityRef, credentials));
  });

  router.get('/runs/:runId', async (req, res) => {
    const { credentials, entityRef } = await reader(req);
    res.json(await viewOf(req.params.runId, entityRef, credentials));
  });

  router.get('/runs/:runId/events', async (req, res) => {
    const { runId } = req.params;
    const { credentials, entityRef } = await reader(req);
    await sendEventStream(
      req,
      res,
      signal =>
        followRun({
          runId,
          attempts,
          signals,
          signal,
          view: () => viewOf(runId, entityRef, credentials),
        }),
      {
        expiresAt: credentials.expiresAt,
        check: () => readable(runId, credentials),
      },
    );
  });

  router.get(
    '/runs/:runId/steps/:stepId/attempts/:attempt/output',
    async (req, res) => {
      const { credentials } = await reader(req);
      const { offset } = parseRequest(outputQuerySchema, req.query);
      const { runId, stepId } = req.params;
      const attempt = parseRequest(attemptSchema, req.params.attempt);
      res.json(
        await runs.output({ runId, stepId, attempt }, offset, credentials),
      );
    },
  );

  router.post('/runs/:runId/commands', async (req, res) => {
    const { runId } = req.params;
    const command = parseRequest(runCommandRequestSchema, req.body);
    const credentials = await access.personThemselves(req);
    const { entityRef } = await readable(
      runId,
      credentials,
      permissionFor(command),
    );
    await runs.command(runId, command, credentials);
    res.json(await viewOf(runId, entityRef, credentials));
  });

  router.get('/runs/:runId/ledger', async (req, res) => {
    const { credentials } = await reader(req);
    res.json(await runs.ledger(req.params.runId, credentials));
  });

  router.get('/approvals', async (req, res) => {
    const credentials = await access.person(req);
    await access.somewhere(credentials, stepApprovePermission);
    res.json({
      approvals: await runs.approvalsFor(
        credentials,
        access.selecting(credentials, runReadPermission, stepApprovePermission),
      ),
    });
  });
}

function permissionFor(command: RunCommandRequest): EntityPermission {
  return command.kind === 'approve' || command.kind === 'deny'
    ? stepApprovePermission
    : runCreatePermission;
}

function noSuchRun(runId: string): Error {
  return new NotFoundError(`There is no run '${runId}'`);
}
