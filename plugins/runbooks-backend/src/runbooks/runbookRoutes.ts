import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  healthReadPermission,
  runbookReadPermission,
  runCreatePermission,
  runReadPermission,
  worstEffect,
  type EntityRunbooks,
  type Permitted,
  type Procedure,
  type ProcedureSummary,
  type ProcedureView,
  type RunbookSummary,
  type RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access } from '../http/access';
import { entityRefOf } from '../http/entityRefOf';
import { namespaceOf, type PlanService } from '../runs/PlanService';
import type { RunStore } from '../runs/RunStore';
import type { LibraryDocument, RunbookLibrary } from './RunbookLibrary';

const RUNS_LOOKED_AT = 100;

/** Routes that show runbooks and procedures. */
export function addRunbookRoutes(
  router: Router,
  options: {
    access: Access;
    library: RunbookLibrary;
    plans: PlanService;
    /** Where the last runs of procedures are found. */
    store: Pick<RunStore, 'list'>;
    /** Whether any run may start, see `mayStartRuns`. */
    mayStart: Permitted;
  },
): void {
  const { access, library, plans, store } = options;
  const startable = (permitted: Permitted) =>
    permitted.allowed ? options.mayStart : permitted;

  router.get('/entities/:kind/:namespace/:name/runbooks', async (req, res) => {
    const credentials = await access.person(req);
    const entity = await access.entity(
      credentials,
      entityRefOf(req.params),
      runbookReadPermission,
    );
    const entityRef = stringifyEntityRef(entity);
    const [mayStart, mayReadRuns] = await access.permitted(
      credentials,
      entityRef,
      runCreatePermission,
      runReadPermission,
    );
    const [shelf, clusters, noClusters, history] = await Promise.all([
      library.shelfOf(entity, credentials),
      plans.clusters(),
      plans.whyNoClusters(),
      mayReadRuns.allowed
        ? store.list({ entityRefs: [entityRef], limit: RUNS_LOOKED_AT })
        : { runs: [] },
    ]);
    const body: EntityRunbooks = {
      entityRef,
      runbooks: shelf.documents.map(document => ({
        ...documentSummary(document),
        procedures: document.runbook.procedures.map(procedure =>
          procedureSummary(procedure, document, history.runs),
        ),
      })),
      problems: shelf.problems,
      annotated: shelf.annotated,
      clusters,
      ...(noClusters === undefined ? {} : { noClusters }),
      mayStart: startable(mayStart),
    };
    res.json(body);
  });

  router.get(
    '/entities/:kind/:namespace/:name/runbooks/:runbookId/procedures/:procedureId',
    async (req, res) => {
      const credentials = await access.person(req);
      const entity = await access.entity(
        credentials,
        entityRefOf(req.params),
        runbookReadPermission,
      );
      const { runbookId, procedureId } = req.params;
      const [mayStart, mayReadHealth] = await access.permitted(
        credentials,
        stringifyEntityRef(entity),
        runCreatePermission,
        healthReadPermission,
      );
      const [{ document, procedure }, clusters, noClusters] = await Promise.all(
        [
          plans.procedure(entity, runbookId, procedureId, credentials),
          plans.clusters(),
          plans.whyNoClusters(),
        ],
      );
      const body: ProcedureView = {
        entityRef: stringifyEntityRef(entity),
        runbook: documentSummary(document),
        procedure,
        parameters: await plans.prefilled(entity, procedure, {
          healthOf: mayReadHealth.allowed
            ? access.selecting(credentials, healthReadPermission)
            : undefined,
        }),
        clusters,
        ...(noClusters === undefined ? {} : { noClusters }),
        namespace: namespaceOf(entity),
        mayPlan: mayStart.allowed,
        mayStart: startable(mayStart),
      };
      res.json(body);
    },
  );
}

function documentSummary(
  document: LibraryDocument,
): Omit<RunbookSummary, 'procedures'> {
  const { runbook } = document;
  return {
    id: document.id,
    path: document.path,
    title: runbook.title,
    metadata: runbook.metadata,
    observeOnly: runbook.observeOnly,
    revision: document.revision,
    contacts: runbook.contacts,
    escalation: runbook.escalation,
    rotations: runbook.rotations,
    channels: runbook.channels,
    alerts: runbook.alerts,
    problems: runbook.problems,
    ...(document.url === undefined ? {} : { url: document.url }),
    ...(document.inheritedFrom === undefined
      ? {}
      : { inheritedFrom: document.inheritedFrom }),
  };
}

function procedureSummary(
  procedure: Procedure,
  document: LibraryDocument,
  runs: RunSummary[],
): ProcedureSummary {
  const steps = procedure.phases.flatMap(phase => phase.steps);
  const last = runs.find(
    run =>
      run.procedureId === procedure.id && run.runbookPath === document.path,
  );
  return {
    id: procedure.id,
    title: procedure.title,
    kind: procedure.kind,
    context: procedure.context,
    line: procedure.line,
    observeOnly: procedure.observeOnly,
    stepCount: steps.length,
    effect: worstEffect(steps.map(step => step.effect)),
    symptoms: procedure.symptoms,
    ...(procedure.summary === undefined ? {} : { summary: procedure.summary }),
    ...(last
      ? {
          lastRun: {
            runId: last.id,
            at: last.startedAt,
            by: last.requestedBy,
            state: last.state,
            shortfall: last.shortfall,
            rolledBack: last.rolledBack,
          },
        }
      : {}),
  };
}
