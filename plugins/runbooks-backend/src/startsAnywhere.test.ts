import {
  coreServices,
  createServiceFactory,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { notificationService } from '@backstage/plugin-notifications-node';
import type { SetupReport } from '@backstage-runbooks/plugin-runbooks-common';
import { kubernetesAccessRef } from '@backstage-runbooks/plugin-runbooks-node';
import request from 'supertest';
import { runbooksPlugin } from './plugin';

// A whole backend is started, and machines are busy.
jest.setTimeout(60_000);

const RUNBOOK =
  '# Operations\n\n## Restart\n\n```bash\nkubectl rollout restart deployment/shop -n shop\n```\n';

/** As the backend hands it out: its driver is not part of the test. */
function databaseOf(client: string): DatabaseService {
  return {
    getClient: async () => ({ client: { config: { client } } } as never),
  };
}

describe('a backend in which something is missing', () => {
  const disk = createMockDirectory();
  let backend: TestBackend | undefined;
  let database: DatabaseService;
  beforeEach(() => {
    database = databaseOf('better-sqlite3');
  });
  afterEach(() => backend?.stop());

  it('on SQLite shows runbooks, and where a run would start what is needed for it', async () => {
    await start({});
    const { body } = await get(
      '/entities/component/default/shop/runbooks',
    ).expect(200);
    const [{ id, procedures }] = body.runbooks;
    expect(procedures).toMatchObject([{ title: 'Restart', effect: 'change' }]);
    const { body: page } = await get(
      `/entities/component/default/shop/runbooks/${id}/procedures/${procedures[0].id}`,
    ).expect(200);
    expect(page.mayStart).toEqual({
      allowed: false,
      because: expect.stringContaining(
        "Runs are kept in PostgreSQL, and this backend's database is 'better-sqlite3'",
      ),
      snippet: expect.stringContaining('client: pg'),
    });
    const plan = {
      entityRef: 'component:default/shop',
      runbookId: id,
      procedureId: procedures[0].id,
      parameters: {},
    };
    const planned = await post('/plans', plan).expect(200);
    expect(planned.body.kind).toBe('refused');
    const started = await post('/runs', { ...plan, planDigest: 'x' });
    expect(started.status).toBe(503);
    expect(started.body.error.message).toContain('PostgreSQL');
  });

  it('without an answer of its database shows runbooks, and says that it will look again', async () => {
    database = {
      getClient: async () =>
        ({
          client: { config: { client: 'pg' } },
          migrate: {
            latest: async () => {
              throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
            },
          },
        } as never),
    };
    await start({});
    const { body } = await get(
      '/entities/component/default/shop/runbooks',
    ).expect(200);
    expect(body.runbooks).toHaveLength(1);
    expect(body.mayStart.because).toContain('it is tried again');
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
  });

  it('that could not connect when it started says that it must be started again', async () => {
    database = {
      getClient: async () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
      },
    };
    await start({});
    const { body } = await get(
      '/entities/component/default/shop/runbooks',
    ).expect(200);
    expect(body.mayStart.because).toContain('Restart it');
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
  });

  it('on SQLite has empty lists of runs and approvals, and no evidence', async () => {
    await start({});
    expect((await get('/runs').expect(200)).body).toEqual({ runs: [] });
    expect((await get('/approvals').expect(200)).body).toEqual({
      approvals: [],
    });
    await get('/runs/one').expect(503);
    await get('/ledger/evidence').expect(503);
    await request(backend!.server)
      .get('/api/runbooks/runs')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
  });

  it('tells operators on the set-up page what is missing, and what mends it', async () => {
    await start({});
    const { body } = await get('/setup').expect(200);
    const states = Object.fromEntries(
      (body as SetupReport).needs.map(({ id, state }) => [id, state]),
    );
    // Whether steps can run is a matter of the machine.
    expect(states).toEqual({
      clusters: 'missing',
      database: 'missing',
      keys: 'limited',
      executor: expect.any(String),
      scopes: 'missing',
      permissions: 'limited',
      notifications: 'limited',
    });
    expect(body.needs[0].says).toContain(
      'the kubernetes backend plugin is not installed',
    );
    expect(body.needs[1].remedy.text).toContain('client: pg');
  });

  it('shows the set-up to nobody whom the policy does not let', async () => {
    await start({}, undefined, { permission: { enabled: true } });
    expect((await get('/setup')).status).toBe(403);
  });

  it.each([
    ['an encryption key that is too short', { encryptionKey: 'c2hvcnQ=' }],
    [
      'a signing key that is none',
      { ledger: { signingKey: 'none', formerKeys: [] } },
    ],
  ])('with %s shows runbooks and starts no run', async (_, runbooks) => {
    await start(runbooks);
    const { body } = await get(
      '/entities/component/default/shop/runbooks',
    ).expect(200);
    expect(body.runbooks).toHaveLength(1);
    expect(body.mayStart).toMatchObject({
      allowed: false,
      because: expect.stringMatching(/^runbooks\.(encryptionKey|ledger)/),
    });
  });

  it('with a wrong configuration answers that it is, and tells the key only to the log', async () => {
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    await start({ steps: { timeoutSeconds: -7 } }, logger);
    const { body } = await get(
      '/entities/component/default/shop/runbooks',
    ).expect(503);
    expect(body.error.message).toContain('not configured correctly');
    expect(JSON.stringify(body)).not.toContain('-7');
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('configuration of the runbooks plugin'),
      expect.objectContaining({
        message: expect.stringContaining(
          "-7 as 'runbooks.steps.timeoutSeconds'; expected a number above 0",
        ),
      }),
    );
  });

  async function start(
    runbooks: object,
    logger?: ReturnType<typeof mockServices.logger.mock>,
    besides: object = {},
  ) {
    disk.setContent({ 'shop/runbooks/operations.md': RUNBOOK });
    backend = await startTestBackend({
      features: [
        runbooksPlugin,
        mockServices.rootConfig.factory({
          data: {
            ...besides,
            runbooks: {
              sources: { localRoots: [disk.path] },
              executors: {
                local: { dataDirectory: disk.resolve('data') },
              },
              ...runbooks,
            },
          },
        }),
        ...(logger
          ? [
              createServiceFactory({
                service: coreServices.logger,
                deps: {},
                factory: () => logger,
              }),
            ]
          : []),
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () =>
            mockServices.permissions.mock({
              authorize: async requests =>
                requests.map(({ permission }) => ({
                  result:
                    permission.name === 'runbooks.setup.read'
                      ? AuthorizeResult.DENY
                      : AuthorizeResult.ALLOW,
                })),
              authorizeConditional: async requests =>
                requests.map(() => ({ result: AuthorizeResult.ALLOW })),
            }),
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => database,
        }),
        createServiceFactory({
          service: kubernetesAccessRef,
          deps: {},
          factory: () => ({
            set: () => {},
            fail: () => {},
            get: async () => {
              throw new Error('the kubernetes backend plugin is not installed');
            },
          }),
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async () => {} }),
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'shop',
                annotations: {
                  'backstage.io/managed-by-location': `file:${disk.resolve(
                    'shop/catalog-info.yaml',
                  )}`,
                  'backstage-runbooks.io/runbooks-ref': 'dir:./runbooks',
                },
              },
            },
          ],
        }),
      ],
    });
  }

  function get(path: string) {
    return request(backend!.server)
      .get(`/api/runbooks${path}`)
      .set('Authorization', mockCredentials.user.header('user:default/maya'));
  }

  function post(path: string, body: object) {
    return request(backend!.server)
      .post(`/api/runbooks${path}`)
      .set('Authorization', mockCredentials.user.header('user:default/maya'))
      .send(body);
  }
});
