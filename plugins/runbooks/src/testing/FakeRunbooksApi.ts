import {
  isWrite,
  setupNeeds,
  summarizeRun,
  waitingApproval,
  type EntityHealth,
  type EntityRef,
  type EntityRunbooks,
  type Hold,
  type HoldsView,
  type ListRunsQuery,
  type OnCallView,
  type PlanRequest,
  type PlanResponse,
  type Preview,
  type RunCommandRequest,
  type RunPage,
  type RunStreamMessage,
  type RunView,
  type StartRunRequest,
  type StopRequest,
  type WaitingApproval,
  type SetupFacts,
  type SetupReport,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CallsPlace, OutputPlace, RunbooksApi } from '../api/RunbooksApi';
import type { StreamListener } from '../api/followStream';
import { hoursAgo, hoursAhead } from './clock';
import { entityRunbooks, procedureView } from './documents';
import { degradedCluster, entityHealth, healthyCluster } from './health';
import { LENA_PERSON, MIA_PERSON, SAM, SAM_PERSON } from './people';
import { planResponse } from './plans';
import { PREVIEWS } from './previews';
import { answeredWith } from './refusals';
import {
  olderRunSummaries,
  RUN_CALLS,
  runLedger,
  runsInAllStates,
} from './runs';
import { runsToApprove } from './runsToApprove';
import { runsWithPreviews } from './runsWithPreviews';

/** A backend of somebody who has just begun. */
const SETUP: SetupFacts = {
  database: { kind: 'open', version: 'PostgreSQL 18.1' },
  keys: { encryption: 'made', signing: 'made' },
  executor: {
    id: 'local',
    tools: [
      { name: 'bwrap', version: '0.9.0' },
      { name: 'kubectl', version: 'v1.33.1' },
    ],
  },
  clusters: {
    kind: 'some',
    clusters: [
      {
        name: 'production',
        version: 'v1.33.1',
        notPermitted: [],
        hasRunCredential: true,
      },
      {
        name: 'staging',
        notPermitted: [],
        hasRunCredential: true,
        unreachable:
          "auth provider 'google' of cluster 'staging' gives the server no credential",
      },
    ],
  },
  unknownClusters: [],
  scopes: { rules: 0, confirmedByNamespaces: false, trustCatalog: false },
  permissions: { enabled: true, allowsEverybodyAll: true },
  hasNotifications: true,
};

const PODS_OUTPUT = `NAME                      READY   STATUS             RESTARTS       AGE
auth-service-7c9d-x2k4p   0/1     CrashLoopBackOff   14 (2m ago)    48m
auth-service-7c9d-9qwzr   1/1     Running            0              48m
auth-service-7c9d-mm2vd   1/1     Running            0              48m
`;

/**
 * A runbooks backend made of plain values, for tests and the dev page.
 *
 * Every answer is a public field or a method that a test can replace; commands are kept in `commands`.
 */
export class FakeRunbooksApi implements RunbooksApi {
  readonly runs: Record<string, RunView> = {
    ...runsInAllStates(),
    ...runsToApprove(),
    ...runsWithPreviews(),
  };
  readonly commands: Array<{ runId: string; command: RunCommandRequest }> = [];
  readonly started: StartRunRequest[] = [];
  holds: Hold[] = [];
  mayStop = false;
  olderRuns = 40;
  mostInAPage = 100;

  async getEntityRunbooks(entityRef: EntityRef): Promise<EntityRunbooks> {
    if (entityRef.endsWith('/new-service')) {
      return entityRunbooks({ entityRef, annotated: false, runbooks: [] });
    }
    if (entityRef.endsWith('/broken-service')) {
      return entityRunbooks({
        entityRef,
        problems: [
          {
            ref: 'dir:runbooks',
            entityRef,
            path: 'runbooks/deploy.md',
            line: 14,
            message:
              'The front matter is not YAML: a value begins with "@"; quote it.',
          },
          {
            ref: 'url:https://git.example.com/platform/runbooks',
            entityRef: 'system:default/identity',
            message: 'The repository does not answer (502).',
          },
        ],
        mayStart: {
          allowed: false,
          because: 'You may read runbooks of this service, not run them.',
        },
      });
    }
    return entityRunbooks({ entityRef });
  }

  async getProcedure(place: {
    entityRef: EntityRef;
    runbookId: string;
    procedureId: string;
  }) {
    return procedureView({ entityRef: place.entityRef });
  }

  async getHolds(entityRef?: EntityRef): Promise<HoldsView> {
    if (entityRef && isClosed(entityRef)) {
      throw await answeredWith(403, 'NotAllowed');
    }
    return { holds: this.holds, mayStop: this.mayStop };
  }

  async stopChanges({ reason }: StopRequest): Promise<HoldsView> {
    this.holds = [
      {
        kind: 'stop',
        name: 'All changes are stopped',
        because: reason,
        by: SAM,
        since: hoursAgo(0),
      },
    ];
    return this.getHolds();
  }

  async resumeChanges(): Promise<HoldsView> {
    this.holds = [];
    return this.getHolds();
  }

  followHealth(entityRef: EntityRef, listener: StreamListener<EntityHealth>) {
    if (isClosed(entityRef)) {
      answeredWith(403, 'NotAllowed').then(error =>
        listener.onConnection?.({ kind: 'denied', error }),
      );
      return () => undefined;
    }
    listener.onConnection?.({ kind: 'streaming' });
    listener.onMessage(this.health(entityRef));
    return () => undefined;
  }

  health(entityRef: EntityRef): EntityHealth {
    if (entityRef.endsWith('/new-service')) {
      return entityHealth([], {
        selection: {
          kind: 'not-annotated',
          says: 'Add the annotation backstage.io/kubernetes-id or a label selector to see its health here.',
        },
      });
    }
    if (entityRef.endsWith('/broken-service')) {
      return entityHealth([
        healthyCluster({
          connection: {
            kind: 'stale',
            since: hoursAgo(0.1),
            message: 'The watch of deployments was closed; it is tried again.',
          },
        }),
        degradedCluster({
          cluster: 'starting',
          title: 'Practice cluster',
          workloads: [],
          state: 'Unknown',
          message: 'Nothing is known yet',
          connection: {
            kind: 'starting',
            message: 'building kube-apiserver (2 of 3)',
          },
        }),
        healthyCluster({
          cluster: 'gone',
          title: 'Production US',
          workloads: [],
          state: 'Unknown',
          message: 'Nothing is known',
          notPermitted: ['HorizontalPodAutoscaler', 'Ingress'],
          connection: {
            kind: 'unreachable',
            since: hoursAgo(3),
            message: 'connect ECONNREFUSED 10.4.0.1:6443',
          },
        }),
      ]);
    }
    if (entityRef.endsWith('/payments')) {
      return entityHealth([healthyCluster()]);
    }
    return entityHealth([degradedCluster(), healthyCluster()]);
  }

  async getOnCall(entityRef: EntityRef): Promise<OnCallView> {
    if (isClosed(entityRef)) throw await answeredWith(403, 'NotAllowed');
    const groupRef = 'group:default/identity';
    const owners = [
      {
        groupRef,
        displayName: 'Identity',
        members: [MIA_PERSON, SAM_PERSON, LENA_PERSON],
      },
    ];
    if (entityRef.endsWith('/new-service')) {
      return { entityRef, owners, schedules: [], problems: [] };
    }
    return {
      entityRef,
      owners,
      schedules: [
        {
          id: 'identity-primary',
          title: 'Identity primary',
          timeZone: 'Europe/Berlin',
          groupRef,
          source: 'on-call/identity.yaml',
          now: {
            shift: {
              userRef: SAM,
              from: hoursAgo(20),
              to: hoursAhead(28),
              source: 'weekly',
            },
            person: SAM_PERSON,
          },
          next: {
            shift: {
              userRef: LENA_PERSON.userRef,
              from: hoursAhead(28),
              to: hoursAhead(196),
              source: 'weekly',
            },
            person: LENA_PERSON,
          },
        },
      ],
      problems: entityRef.endsWith('/broken-service')
        ? [
            {
              message:
                "Rotation 'weekly' names user:default/jonas, who is not in the catalog.",
              line: 8,
              source: 'on-call/identity.yaml',
            },
          ]
        : [],
    };
  }

  async plan(request: PlanRequest): Promise<PlanResponse> {
    return planResponse(request);
  }

  async startRun(request: StartRunRequest): Promise<RunView> {
    this.started.push(request);
    return this.runs.open;
  }

  async listRuns(query: ListRunsQuery): Promise<RunPage> {
    if (isClosed(query.entityRef)) throw await answeredWith(403, 'NotAllowed');
    const from = query.cursor ? Number(query.cursor) : 0;
    const limit = Math.min(query.limit ?? 25, this.mostInAPage);
    const all = [
      ...Object.values(this.runs).map(view => summarizeRun(view.run)),
      ...olderRunSummaries(this.olderRuns),
    ];
    const matching = all.filter(
      run =>
        (!query.entityRef || query.entityRef === run.entityRef) &&
        (!query.state || query.state === run.state) &&
        (!query.procedureId || query.procedureId === run.procedureId) &&
        (!query.requestedBy || query.requestedBy === run.requestedBy),
    );
    return {
      runs: matching.slice(from, from + limit),
      nextCursor:
        from + limit < matching.length ? String(from + limit) : undefined,
    };
  }

  async getRun(runId: string): Promise<RunView> {
    const view = this.runs[runId];
    if (!view) throw new Error(`No run has the id '${runId}'.`);
    return view;
  }

  followRun(runId: string, listener: StreamListener<RunStreamMessage>) {
    this.getRun(runId).then(
      view => {
        listener.onConnection?.({ kind: 'streaming' });
        listener.onMessage({ type: 'run', view });
      },
      error =>
        listener.onConnection?.({ kind: 'lost', since: hoursAgo(0), error }),
    );
    return () => undefined;
  }

  async getOutput({ stepId, offset }: OutputPlace) {
    const isGrowing = stepId === 'high-latency/1.2';
    const text = offset === 0 ? this.output(stepId) : '';
    return {
      offset,
      text,
      nextOffset: offset + new TextEncoder().encode(text).length,
      complete: !isGrowing,
      truncated: false,
    };
  }

  output(stepId: string): string {
    return stepId === 'high-latency/1.2'
      ? Array.from(
          { length: 600 },
          (_, line) =>
            `2026-11-21T02:${String(line % 60).padStart(
              2,
              '0',
            )}:11Z auth \u001b[33mWARN\u001b[0m token store answered after ${
              900 + line
            } ms request=${line}\n`,
        ).join('')
      : PODS_OUTPUT;
  }

  async commandRun(runId: string, command: RunCommandRequest) {
    this.commands.push({ runId, command });
    return this.getRun(runId);
  }

  async getLedgerKeys() {
    return [
      { keyId: 'a1'.repeat(8), publicKey: 'a1'.repeat(32), isCurrent: true },
    ];
  }

  async getEvidence(runId: string) {
    const { events } = await this.getLedger(runId);
    return new Blob(events.map(event => `${JSON.stringify(event)}\n`));
  }

  async previewStep(_runId: string, _stepId: string): Promise<Preview> {
    return PREVIEWS.changes;
  }

  async getStepFiles(): Promise<UsedFiles> {
    return {
      files: [
        {
          path: 'scripts/restart.sh',
          text: '#!/bin/bash\nset -e\nkubectl rollout restart deployment/payments-api -n payments\nkubectl rollout status deployment/payments-api -n payments\n',
          whole: true,
          hidesValues: false,
        },
      ],
      more: 0,
      unseen: [],
    };
  }

  async getCalls({ stepId, attempt, onlyChanges }: CallsPlace) {
    return {
      calls: RUN_CALLS.filter(
        call =>
          call.stepId === stepId &&
          call.attempt === attempt &&
          (!onlyChanges || isWrite(call)),
      ),
    };
  }

  async getLedger(runId: string) {
    return runLedger(
      await this.getRun(runId),
      runId === 'failed' ? 3 : undefined,
    );
  }

  async listApprovals(): Promise<WaitingApproval[]> {
    return Object.values(this.runs).flatMap(waitingApprovals);
  }

  async getSetup(): Promise<SetupReport> {
    return { needs: setupNeeds(SETUP), at: new Date(0).toISOString() };
  }
}

/** A service of which the person looking may read the runbooks and nothing else. */
function isClosed(entityRef: EntityRef | undefined) {
  return entityRef?.endsWith('/closed-service') === true;
}

/** The steps of a run that the person looking may approve. */
function waitingApprovals({ run, viewer }: RunView): WaitingApproval[] {
  return run.plan.steps.flatMap(({ id }) => {
    const mayApprove = viewer.steps[id]?.some(
      ({ kind, permitted }) => kind === 'approve' && permitted.allowed,
    );
    return (mayApprove && waitingApproval(run, id)) || [];
  });
}
