import {
  listRunsQuerySchema,
  planRequestSchema,
  runCommandRequestSchema,
  runCreatePermission,
  runReadPermission,
  startRunRequestSchema,
  stepApprovePermission,
  type PlanResponse,
  type RunCommandRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import { z } from 'zod/v4';
import type { Access, UserCredentials } from '../http/access';
import { sendEventStream } from '../http/eventStream';
import { parseRequest } from '../http/parseRequest';
import { followRun } from './followRun';
import type { PlanService } from './PlanService';
import type { RunService } from './RunService';
import type { RunSignals } from './RunSignals';
import type { RunStore } from './RunStore';

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
    signals: RunSignals;
  },
): void {
  const { access, plans, runs, store, signals } = options;
  const viewOf = async (runId: string, credentials: UserCredentials) =>
    runs.view(runId, credentials, {
      mayDrive: await access.permitted(credentials, runCreatePermission),
      mayApprove: await access.permitted(credentials, stepApprovePermission),
    });

  router.post('/plans', async (req, res) => {
    const credentials = await access.person(req, runCreatePermission);
    const request = parseRequest(planRequestSchema, req.body);
    const { decision } = await plans.plan(
      request,
      credentials.principal.userEntityRef,
      credentials,
    );
    res.json(decision satisfies PlanResponse);
  });

  router.get('/runs', async (req, res) => {
    const credentials = await access.person(req, runReadPermission);
    res.json(
      await runs.list(
        parseRequest(listRunsQuerySchema, req.query),
        credentials,
      ),
    );
  });

  router.post('/runs', async (req, res) => {
    const credentials = await access.personThemselves(req, runCreatePermission);
    const request = parseRequest(startRunRequestSchema, req.body);
    const run = await runs.start(request, credentials);
    res.status(201).json(await viewOf(run.id, credentials));
  });

  router.get('/runs/:runId', async (req, res) => {
    const credentials = await access.person(req, runReadPermission);
    res.json(await viewOf(req.params.runId, credentials));
  });

  router.get('/runs/:runId/events', async (req, res) => {
    const { runId } = req.params;
    const credentials = await access.person(req, runReadPermission);
    const first = await viewOf(runId, credentials);
    await sendEventStream(req, res, signal =>
      followRun({
        runId: first.run.id,
        store,
        signals,
        signal,
        view: async () =>
          viewOf(runId, await access.person(req, runReadPermission)),
      }),
    );
  });

  router.get(
    '/runs/:runId/steps/:stepId/attempts/:attempt/output',
    async (req, res) => {
      const credentials = await access.person(req, runReadPermission);
      const { offset } = parseRequest(outputQuerySchema, req.query);
      const { runId, stepId } = req.params;
      const attempt = parseRequest(attemptSchema, req.params.attempt);
      res.json(
        await runs.output({ runId, stepId, attempt }, offset, credentials),
      );
    },
  );

  router.post('/runs/:runId/commands', async (req, res) => {
    const command = parseRequest(runCommandRequestSchema, req.body);
    const credentials = await access.personThemselves(
      req,
      permissionFor(command),
    );
    await runs.command(req.params.runId, command, credentials);
    res.json(await viewOf(req.params.runId, credentials));
  });

  router.get('/runs/:runId/ledger', async (req, res) => {
    const credentials = await access.person(req, runReadPermission);
    res.json(await runs.ledger(req.params.runId, credentials));
  });

  router.get('/approvals', async (req, res) => {
    const credentials = await access.person(req, stepApprovePermission);
    res.json({ approvals: await runs.approvalsFor(credentials) });
  });
}

function permissionFor(command: RunCommandRequest) {
  return command.kind === 'approve' || command.kind === 'deny'
    ? stepApprovePermission
    : runCreatePermission;
}
