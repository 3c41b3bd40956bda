import {
  listRunsQuerySchema,
  runbookReadPermission,
  runCommandRequestSchema,
  runCreatePermission,
  runReadPermission,
  startRunRequestSchema,
  stepApprovePermission,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Request, Router } from 'express';
import { z } from 'zod/v4';
import type { Access, UserCredentials } from '../http/access';
import type { Audit } from '../http/Audit';
import { sendEventStream } from '../http/eventStream';
import type { OpenStreams } from '../http/OpenStreams';
import { parseRequest } from '../http/parseRequest';
import { followRun } from './followRun';
import { RunAccess } from './RunAccess';
import type { RunLists } from './RunLists';
import type { RunService } from './RunService';
import type { RunSignals } from './RunSignals';
import type { AttemptStore, RunStore } from './RunStore';
import { stepOf } from './stepOf';

const outputQuerySchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
});
const callsQuerySchema = z.object({
  after: z.uuid().optional(),
  onlyChanges: z.stringbool().optional(),
});
/** A step is never tried as often; Postgres has no larger integer anyway. */
const MAX_ATTEMPT = 1_000_000;
const attemptSchema = z.coerce.number().int().min(1).max(MAX_ATTEMPT);

/** Routes of runs, approvals and history. */
export function addRunRoutes(
  router: Router,
  options: {
    access: Access;
    runs: RunService;
    lists: RunLists;
    store: RunStore;
    attempts: AttemptStore;
    signals: RunSignals;
    streams: OpenStreams;
    audit: Audit;
  },
): void {
  const { access, runs, lists, store, attempts, signals } = options;
  const { streams, audit } = options;
  const may = new RunAccess({ access, store });
  /** The person and the run, which they may read. */
  const reading = async (req: Request<{ runId: string }>) => {
    const credentials = await access.person(req);
    const run = await may.readable(req.params.runId, credentials);
    return { credentials, run };
  };
  const viewOf = async (run: Run, credentials: UserCredentials) =>
    runs.view(run.id, credentials, await may.permissions(credentials, run));

  router.get('/runs', async (req, res) => {
    const credentials = await access.person(req);
    const query = parseRequest(listRunsQuerySchema, req.query);
    await access.somewhere(credentials, runReadPermission);
    if (query.entityRef) {
      await may.checkHistoryOf(query.entityRef, credentials);
    }
    res.json(
      await lists.list(
        query,
        credentials.principal.userEntityRef,
        may.history(credentials),
      ),
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
    res.status(201).json(await viewOf(run, credentials));
  });

  router.get('/runs/:runId', async (req, res) => {
    const { credentials, run } = await reading(req);
    res.json(await viewOf(run, credentials));
  });

  router.get('/runs/:runId/events', async (req, res) => {
    const { runId } = req.params;
    const { credentials, run } = await reading(req);
    await audit.record(
      req,
      {
        eventId: 'run-output-read',
        severityLevel: 'low',
        meta: { runId, follows: true },
      },
      async () => {},
    );
    await streams.during(credentials.principal.userEntityRef, () =>
      sendEventStream(
        req,
        res,
        signal =>
          followRun({
            runId,
            attempts,
            signals,
            signal,
            view: () => viewOf(run, credentials),
          }),
        {
          expiresAt: credentials.expiresAt,
          check: () => may.readable(runId, credentials),
        },
      ),
    );
  });

  router.get(
    '/runs/:runId/steps/:stepId/attempts/:attempt/output',
    async (req, res) => {
      await reading(req);
      const { offset } = parseRequest(outputQuerySchema, req.query);
      const { runId, stepId } = req.params;
      const attempt = parseRequest(attemptSchema, req.params.attempt);
      const ref = { runId, stepId, attempt };
      res.json(
        await audit.record(
          req,
          {
            eventId: 'run-output-read',
            severityLevel: 'low',
            meta: { ...ref, offset },
          },
          () => runs.output(ref, offset),
        ),
      );
    },
  );

  router.get(
    '/runs/:runId/steps/:stepId/attempts/:attempt/calls',
    async (req, res) => {
      const { run } = await reading(req);
      const query = parseRequest(callsQuerySchema, req.query);
      const stepId = stepOf(run, req.params.stepId).id;
      const attempt = parseRequest(attemptSchema, req.params.attempt);
      res.json(await attempts.calls({ runId: run.id, stepId, attempt }, query));
    },
  );

  router.get('/runs/:runId/steps/:stepId/files', async (req, res) => {
    const { credentials, run } = await reading(req);
    const { stepId } = req.params;
    const { userEntityRef } = credentials.principal;
    res.json(await runs.files(run, stepId, userEntityRef));
  });

  router.post('/runs/:runId/steps/:stepId/preview', async (req, res) => {
    const { runId, stepId } = req.params;
    const credentials = await access.personThemselves(req);
    const run = await may.readable(runId, credentials);
    const command = { kind: 'request-approval' as const, stepId };
    await may.checkCommand(credentials, run, command);
    const preview = await audit.record(
      req,
      {
        eventId: 'run-step-previewed',
        severityLevel: 'low',
        meta: { runId, stepId },
      },
      () => runs.preview(run, stepId, credentials),
    );
    res.json(preview ?? { outcome: 'changes-nothing', notes: [] });
  });

  router.post('/runs/:runId/commands', async (req, res) => {
    const { runId } = req.params;
    const command = parseRequest(runCommandRequestSchema, req.body);
    const credentials = await access.personThemselves(req);
    const run = await may.readable(runId, credentials);
    await may.checkCommand(credentials, run, command);
    await runs
      .command(
        runId,
        command,
        credentials,
        access.selecting(credentials, stepApprovePermission),
      )
      .catch(async error => {
        throw await may.named(error, credentials);
      });
    res.json(await viewOf(run, credentials));
  });

  router.get('/runs/:runId/ledger', async (req, res) => {
    const { run } = await reading(req);
    res.json(await runs.ledger(run.id));
  });

  router.get('/approvals', async (req, res) => {
    const credentials = await access.person(req);
    await access.somewhere(credentials, stepApprovePermission);
    res.json({
      approvals: await lists.approvalsFor(credentials, {
        approvable: access.selecting(
          credentials,
          runReadPermission,
          stepApprovePermission,
        ),
        visible: may.seenOrGone(credentials),
      }),
    });
  });
}
