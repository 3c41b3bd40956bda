import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { notificationService } from '@backstage/plugin-notifications-node';
import type {
  EntityRunbooks,
  Plan,
  ProcedureView,
  RunCommandRequest,
  RunLedger,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import {
  kubernetesAccessRef,
  stepExecutorExtensionPoint,
  type StepExecution,
  type StepExecutionResult,
} from '@backstage-runbooks/plugin-runbooks-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { runbooksPlugin } from './plugin';

const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64');
const MAYA = 'user:default/maya';
const TOMAS = 'user:default/tomas';
const INES = 'user:default/ines';
const GUEST = 'user:default/guest';

const RUNBOOK = `# Auth service operations

## Scaling the service

**Steps**:

\`\`\`bash
# 1. Look at the deployment
kubectl get deployment auth-service -n fintech-services

# 2. Scale it
kubectl scale deployment auth-service --replicas=<replicas> -n fintech-services
\`\`\`
`;

/** Everybody may everything, but for one guest. */
const permissionsByUser = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => {
    const decide = async (
      requests: unknown[],
      options?: { credentials?: BackstageCredentials },
    ) => {
      const principal = options?.credentials?.principal as {
        userEntityRef?: string;
      };
      const result =
        principal.userEntityRef === GUEST
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW;
      return requests.map(() => ({ result }));
    };
    return mockServices.permissions.mock({
      authorize: decide,
      authorizeConditional: decide,
    });
  },
});

const clusterAccess = createServiceFactory({
  service: kubernetesAccessRef,
  deps: {},
  factory: () => ({
    set: () => {},
    fail: () => {},
    get: async () => ({
      getClusters: async () => [
        { name: 'local', url: 'http://127.0.0.1:1', authMetadata: {} },
      ],
      getCredential: async () => ({ type: 'anonymous' as const }),
    }),
  }),
});

// A whole backend is started, and machines are busy.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('the runbooks backend', () => {
  const disk = createMockDirectory();
  const executions: StepExecution[] = [];
  const notifications: unknown[] = [];
  let behave: (
    execution: StepExecution,
    signal: AbortSignal,
  ) => Promise<Partial<StepExecutionResult>>;
  let knex: Knex;
  let backend: TestBackend;

  const fakeExecutor = createBackendModule({
    pluginId: 'runbooks',
    moduleId: 'fake-executor',
    register(env) {
      env.registerInit({
        deps: { executors: stepExecutorExtensionPoint },
        async init({ executors }) {
          executors.addExecutor({
            id: 'fake',
            probe: async () => ({ available: true }),
            inventory: async () => ({
              id: 'fake',
              hasTool: () => true,
              hasNetwork: false,
            }),
            execute: async (execution, signal) => {
              executions.push(execution);
              return {
                ok: true,
                startedAt: new Date(),
                durationMs: 1,
                timedOut: false,
                cancelled: false,
                commands: [],
                carried: execution.carried,
                dropped: [],
                ...(await behave(execution, signal)),
              };
            },
          });
        },
      });
    },
  });

  beforeAll(async () => {
    disk.setContent({
      'system/runbooks/operations.md': RUNBOOK,
      'system/runbooks/broken.md': Buffer.alloc(2 * 1024 * 1024, 'x'),
    });
    knex = await databases.init('POSTGRES_18');
    backend = await startBackend();
  }, 120_000);

  beforeEach(() => {
    executions.length = 0;
    notifications.length = 0;
    behave = async ({ onOutput }) => {
      await onOutput('stdout', Buffer.from('auth-service 2/2\n'));
      return { ok: true, exitCode: 0 };
    };
  });

  afterAll(async () => {
    await backend?.stop();
  });

  it('shows a service its runbooks, and beside them why one of them cannot be read', async () => {
    const { body } = await as(MAYA).get(url('runbooks')).expect(200);
    const runbooks = body as EntityRunbooks;
    expect(runbooks.runbooks.map(({ title }) => title)).toEqual([
      'Auth service operations',
    ]);
    expect(runbooks.runbooks[0].procedures).toMatchObject([
      { title: 'Scaling the service', effect: 'change' },
    ]);
    expect(runbooks.problems).toMatchObject([
      {
        path: 'runbooks/broken.md',
        message: expect.stringContaining('at most 1048576'),
      },
    ]);
  });

  it('lets nobody in who is not signed in, and nobody who may not', async () => {
    const asNobody = await request(backend.server)
      .get(`/api/runbooks${url('runbooks')}`)
      .set('Authorization', mockCredentials.none.header());
    const answers = [
      asNobody,
      await as(GUEST).get(url('runbooks')),
      await as(GUEST).post('/plans', {
        entityRef: 'component:default/auth-service',
        runbookId: 'operations',
        procedureId: 'scaling',
        parameters: {},
      }),
      await as(GUEST).get('/runs'),
      await as(GUEST).get('/approvals'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      401, 403, 403, 403, 403,
    ]);
  });

  it('says what is wrong with a request: place, value and expectation', async () => {
    const planned = await planRequest({ REPLICAS: '4; rm -rf /' });
    const { body } = await as(MAYA).post('/plans', planned).expect(200);
    expect(body).toMatchObject({
      kind: 'refused',
      problems: [
        {
          code: 'invalid-value',
          parameter: 'REPLICAS',
          message: expect.stringContaining('expected a whole number'),
        },
      ],
    });
    const unknown = await as(MAYA)
      .post('/plans', { ...planned, entityRef: 'component:default/nothing' })
      .expect(404);
    expect(unknown.body.error.message).toContain(
      "There is no entity 'component:default/nothing'",
    );
    const missing = await as(MAYA)
      .post('/plans', { ...planned, cluster: 'mars' })
      .expect(200);
    expect(missing.body.problems[0].message).toBe(
      'There is no cluster "mars"; expected one of "local"',
    );
    await as(MAYA)
      .post('/plans', { ...planned, more: 1 })
      .expect(400);
  });

  it('runs a read step at once, and a change only after another owner approved exactly it', async () => {
    const run = await startRun();
    const [look, scale] = run.plan.steps;

    let view = await command(MAYA, run.id, {
      kind: 'run-step',
      stepId: look.id,
    });
    view = await until(run.id, look.id, 'succeeded');
    expect(executions[0]).toMatchObject({
      stepId: look.id,
      text: look.text,
      namespace: 'fintech-services',
    });
    const output = await as(MAYA)
      .get(
        `/runs/${run.id}/steps/${encodeURIComponent(
          look.id,
        )}/attempts/1/output`,
      )
      .expect(200);
    expect(output.body).toEqual({
      offset: 0,
      text: 'auth-service 2/2\n',
      nextOffset: 17,
      complete: true,
      truncated: false,
    });
    for (const attempt of ['2147483648', '0', '1e9', 'x']) {
      await as(MAYA)
        .get(`/runs/${run.id}/steps/a/attempts/${attempt}/output`)
        .expect(400);
    }
    for (const place of [
      'none/attempts/1',
      `${encodeURIComponent(look.id)}/attempts/2`,
      `${encodeURIComponent(scale.id)}/attempts/1`,
    ]) {
      const { body } = await as(MAYA)
        .get(`/runs/${run.id}/steps/${place}/output`)
        .expect(404);
      expect(body.error.message).toMatch(/^(?:step|attempt): .*; expected /);
    }
    await as(MAYA)
      .get('/ledger/evidence?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')
      .expect(400);

    await refused(
      MAYA,
      run.id,
      { kind: 'run-step', stepId: scale.id },
      403,
      'it needs an approval first',
    );
    view = await command(MAYA, run.id, {
      kind: 'request-approval',
      stepId: scale.id,
      reason: 'campaign',
    });
    expect(view.run.steps[scale.id].status).toBe('waiting-approval');
    while (notifications.length === 0) await delay(20);
    expect(notifications).toMatchObject([
      {
        recipients: { entityRef: [TOMAS] },
        payload: {
          link: `/runbooks/runs/${run.id}?step=${encodeURIComponent(scale.id)}`,
        },
      },
    ]);

    const approve = approvalOf(view, scale.id);
    await refused(MAYA, run.id, approve, 403, 'A change needs a second person');
    await refused(
      INES,
      run.id,
      approve,
      403,
      'Only the owners of component:default/auth-service',
    );
    await refused(
      TOMAS,
      run.id,
      { ...approve, digest: look.digest },
      409,
      'is not what you saw',
    );
    expect(
      (await as(TOMAS).get('/approvals').expect(200)).body.approvals,
    ).toMatchObject([{ runId: run.id, stepId: scale.id, requestedBy: MAYA }]);
    expect(
      (await as(INES).get('/approvals').expect(200)).body.approvals,
    ).toEqual([]);

    await command(TOMAS, run.id, approve);
    view = await until(run.id, scale.id, 'succeeded');
    expect(executions[1].environment).toMatchObject({
      RUNBOOKS_P_REPLICAS: '4',
    });
    expect(executions[1].text).toContain('--replicas="${RUNBOOKS_P_REPLICAS}"');
    expect(view.run.steps[scale.id]).toMatchObject({
      approval: {
        given: [{ approvedBy: TOMAS }],
        requestedBy: MAYA,
        reason: 'campaign',
      },
    });
    view = await command(MAYA, run.id, {
      kind: 'finish',
      outcome: 'succeeded',
    });

    const ledger = (await as(TOMAS).get(`/runs/${run.id}/ledger`).expect(200))
      .body as RunLedger;
    expect(ledger.verification).toMatchObject({ intact: true });
    expect(ledger.events.map(({ event }) => event.kind)).toEqual([
      'run-started',
      'step-queued',
      'step-started',
      'step-finished',
      'approval-requested',
      'step-approved',
      'step-queued',
      'step-started',
      'step-finished',
      'run-finished',
    ]);
    const history = await as(TOMAS)
      .get('/runs?entityRef=component:default/auth-service')
      .expect(200);
    expect(history.body.runs[0]).toMatchObject({
      id: run.id,
      state: 'succeeded',
      requestedBy: MAYA,
      approvedBy: [TOMAS],
    });
  }, 30_000);

  it('starts only the plan that the person saw', async () => {
    const asked = await planRequest({ REPLICAS: '4' });
    const { body } = await as(MAYA)
      .post('/runs', { ...asked, planDigest: '0'.repeat(64) })
      .expect(409);
    expect(body.error.message).toContain('is not what you saw any more');
  });

  it('stops a running step when the run is cancelled, and says so in history', async () => {
    behave = runUntilCancelled;
    const run = await startRun();
    const [look] = run.plan.steps;
    await command(MAYA, run.id, { kind: 'run-step', stepId: look.id });
    await until(run.id, look.id, 'running');
    await command(MAYA, run.id, { kind: 'cancel', reason: 'wrong service' });
    const view = await until(run.id, look.id, 'failed');
    expect(view.run.status).toMatchObject({
      kind: 'finished',
      outcome: 'cancelled',
      by: MAYA,
    });
  }, 30_000);

  it('loses nothing when it is restarted while an approval waits', async () => {
    const run = await startRun();
    const scale = run.plan.steps[1];
    const asked = await command(MAYA, run.id, {
      kind: 'request-approval',
      stepId: scale.id,
    });
    await backend.stop();
    backend = await startBackend();
    await command(TOMAS, run.id, approvalOf(asked, scale.id));
    const view = await until(run.id, scale.id, 'succeeded');
    expect(view.run.requestedBy).toBe(MAYA);
  }, 60_000);

  it('leaves a changing step to a person when it is stopped in the middle of it', async () => {
    const run = await startRun();
    const scale = run.plan.steps[1];
    behave = runUntilCancelled;
    const asked = await command(MAYA, run.id, {
      kind: 'request-approval',
      stepId: scale.id,
    });
    await command(TOMAS, run.id, approvalOf(asked, scale.id));
    await until(run.id, scale.id, 'running');
    await backend.stop();
    backend = await startBackend();
    const view = await until(run.id, scale.id, 'interrupted');
    expect(view.run.steps[scale.id]).toMatchObject({
      because: 'the backend was stopped while the step ran',
    });
    await command(MAYA, run.id, {
      kind: 'settle-interruption',
      stepId: scale.id,
      as: 'done',
      reason: 'four replicas are there',
    });
  }, 60_000);

  async function startBackend(): Promise<TestBackend> {
    return startTestBackend({
      features: [
        runbooksPlugin,
        fakeExecutor,
        catalogServiceMock.factory({
          entities: entitiesIn(disk.resolve('system')),
        }),
        mockServices.database.factory({ knex }),
        permissionsByUser,
        mockServices.rootConfig.factory({
          data: {
            runbooks: {
              encryptionKey: ENCRYPTION_KEY,
              sources: { localRoots: [disk.path] },
              scopes: { trustCatalog: true },
              executors: {
                local: {
                  dataDirectory: mkdtempSync(path.join(os.tmpdir(), 'rb-')),
                },
              },
            },
          },
        }),
        clusterAccess,
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async options => {
              notifications.push(options);
            },
          }),
        }),
      ],
    });
  }

  function as(userRef: string) {
    const authorization = mockCredentials.user.header(userRef);
    return {
      get: (to: string) =>
        request(backend.server)
          .get(`/api/runbooks${to}`)
          .set('Authorization', authorization),
      post: (to: string, body: object) =>
        request(backend.server)
          .post(`/api/runbooks${to}`)
          .set('Authorization', authorization)
          .send(body),
    };
  }

  async function planRequest(parameters: Record<string, string>) {
    const { body } = await as(MAYA).get(url('runbooks')).expect(200);
    const [runbook] = (body as EntityRunbooks).runbooks;
    const found = await as(MAYA)
      .get(
        url(
          `runbooks/${runbook.id}/procedures/${encodeURIComponent(
            runbook.procedures[0].id,
          )}`,
        ),
      )
      .expect(200);
    const { procedure } = found.body as ProcedureView;
    return {
      entityRef: 'component:default/auth-service',
      runbookId: runbook.id,
      procedureId: procedure.id,
      parameters,
    };
  }

  async function startRun(): Promise<{ id: string; plan: Plan }> {
    const asked = await planRequest({ REPLICAS: '4' });
    const planned = await as(MAYA).post('/plans', asked).expect(200);
    const { plan } = planned.body as { plan: Plan };
    const { body } = await as(MAYA)
      .post('/runs', { ...asked, planDigest: plan.digest })
      .expect(201);
    return { id: (body as RunView).run.id, plan };
  }

  async function command(
    userRef: string,
    runId: string,
    body: RunCommandRequest,
  ): Promise<RunView> {
    const response = await as(userRef).post(`/runs/${runId}/commands`, body);
    expect(response.body.error?.message).toBeUndefined();
    expect(response.status).toBe(200);
    return response.body;
  }

  async function refused(
    userRef: string,
    runId: string,
    body: RunCommandRequest,
    status: number,
    says: string,
  ) {
    const response = await as(userRef).post(`/runs/${runId}/commands`, body);
    expect({
      status: response.status,
      says: response.body.error?.message,
    }).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  }

  async function until(
    runId: string,
    stepId: string,
    status: string,
  ): Promise<RunView> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { body } = await as(MAYA).get(`/runs/${runId}`).expect(200);
      if ((body as RunView).run.steps[stepId].status === status) return body;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(`Step ${stepId} did not become ${status}`);
  }
});

/** A step that ends only when it is told to, even where it is told before it starts. */
async function runUntilCancelled(
  { gatewaySocket = '' }: StepExecution,
  signal: AbortSignal,
): Promise<Partial<StepExecutionResult>> {
  const isPreview = /-p[0-9a-f]{8}\.sock$/.test(gatewaySocket);
  if (isPreview) return { ok: true };
  if (!signal.aborted) {
    await new Promise(resolve => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
  return { ok: false, cancelled: true };
}

function url(rest: string): string {
  return `/entities/component/default/auth-service/${rest}`;
}

function entitiesIn(folder: string): Entity[] {
  const member = (name: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName: name } },
    relations:
      name === 'ines'
        ? []
        : [{ type: 'memberOf', targetRef: 'group:default/identity' }],
  });
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'auth-service',
        namespace: 'default',
        annotations: {
          'backstage-runbooks.io/runbooks-ref': 'dir:./runbooks',
          'backstage.io/managed-by-location': `file:${folder}/catalog-info.yaml`,
          'backstage.io/kubernetes-namespace': 'fintech-services',
        },
      },
      spec: { owner: 'identity', type: 'service', lifecycle: 'production' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/identity' }],
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'identity', namespace: 'default' },
      spec: { type: 'team', children: [] },
      relations: [
        { type: 'hasMember', targetRef: MAYA },
        { type: 'hasMember', targetRef: TOMAS },
      ],
    },
    member('maya'),
    member('tomas'),
    member('ines'),
  ];
}

/** The approval of what the person sees of a step that waits for one. */
function approvalOf({ run }: RunView, stepId: string) {
  const state = run.steps[stepId];
  if (state.status !== 'waiting-approval') throw new Error(state.status);
  return { kind: 'approve', stepId, digest: state.request.digest } as const;
}
