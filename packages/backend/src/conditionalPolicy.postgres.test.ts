import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
  permissionRules,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import runbooksPlugin from '@backstage-runbooks/plugin-runbooks-backend';
import request from 'supertest';

const MAYA = 'user:default/maya';
const INES = 'user:default/ines';
const GROUPS: Record<string, string[]> = {
  [MAYA]: [MAYA, 'group:default/identity'],
  [INES]: [INES, 'group:default/billing'],
};

const RUNBOOK = `# Operations

## Looking at the service

\`\`\`bash
echo hello
\`\`\`
`;

// A whole backend is started, and machines are busy.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Each test says what the policy answers for a permission of its own. */
let conditional: string[] = [];
let denied: string[] = [];

/** Owners only, by the catalog's own rule, for what a test names; everything else is allowed. */
const policy: PermissionPolicy = {
  async handle({ permission }, user) {
    if (denied.includes(permission.name)) {
      return { result: AuthorizeResult.DENY };
    }
    if (!conditional.includes(permission.name)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (!isResourcePermission(permission, 'catalog-entity')) {
      throw new Error(`${permission.name} is not asked for an entity`);
    }
    return createCatalogConditionalDecision(
      permission,
      catalogConditions.isEntityOwner({
        claims: user?.info.ownershipEntityRefs ?? [],
      }),
    );
  },
};

const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'policy-of-the-test',
  register(reg) {
    reg.registerInit({
      deps: { points: policyExtensionPoint },
      async init({ points }) {
        points.setPolicy(policy);
      },
    });
  },
});

const groupsOfPeople = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () =>
    mockServices.userInfo.mock({
      getUserInfo: async credentials => {
        const { userEntityRef } = credentials.principal as {
          userEntityRef: string;
        };
        return { userEntityRef, ownershipEntityRefs: GROUPS[userEntityRef] };
      },
    }),
});

/** Tokens of tests do not say which plugin asks for a person; the permission backend and the catalog want to know. */
const tokensBetweenPlugins = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const httpAuth = mockServices.httpAuth({ pluginId: plugin.getId() });
    if (plugin.getId() === 'runbooks') return httpAuth;
    const actor = { type: 'service', subject: 'plugin:runbooks' };
    return mockServices.httpAuth.mock({
      credentials: async (req, options) => {
        const credentials = await httpAuth.credentials(req, options);
        const principal = Object.assign({}, credentials.principal, { actor });
        return { ...credentials, principal };
      },
    });
  },
});

describe('a policy that decides by who owns an entity', () => {
  const disk = createMockDirectory();
  let backend: TestBackend;

  beforeAll(async () => {
    disk.setContent({ 'system/runbooks/operations.md': RUNBOOK });
    const knex = await databases.init('POSTGRES_18');
    const entities = entitiesIn(disk.resolve('system'));
    backend = await startTestBackend({
      features: [
        runbooksPlugin,
        permissionPlugin,
        policyModule,
        catalogThatJudges(entities),
        catalogServiceMock.factory({ entities }),
        permissionsServiceFactory,
        permissionsRegistryServiceFactory,
        tokensBetweenPlugins,
        groupsOfPeople,
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            runbooks: {
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
      ],
    });
  }, 120_000);

  beforeEach(() => {
    conditional = [];
    denied = [];
  });

  afterAll(async () => {
    await backend?.stop();
  });

  it('shows each person the runbooks of their own services only', async () => {
    conditional = ['runbooks.runbook.read'];
    expect(await statuses('runbooks')).toEqual({ maya: 200, ines: 403 });
  });

  it.each([
    ['health', 'runbooks.health.read'],
    ['health/events', 'runbooks.health.read'],
    ['on-call', 'runbooks.on-call.read'],
  ])('answers %s to owners only, by %s', async (what, permission) => {
    denied = [permission];
    expect(await statuses(what)).toEqual({ maya: 403, ines: 403 });
    denied = [];
    conditional = [permission];
    expect((await get(INES, auth(what))).status).toBe(403);
  });

  it.each([
    ['health', 'runbooks.health.read'],
    ['on-call', 'runbooks.on-call.read'],
  ])('shows %s to an owner, by %s', async (what, permission) => {
    denied = [];
    conditional = [permission];
    expect((await get(MAYA, auth(what))).status).toBe(200);
  });

  it('starts runs, and lists them, for the services that the policy leaves', async () => {
    conditional = ['runbooks.run.create', 'runbooks.run.read'];
    const ofAuth = await startRun(MAYA, 'auth-service');
    const ofBilling = await startRun(INES, 'invoices');
    expect((await planFor(INES, 'auth-service')).status).toBe(403);

    expect(await runsOf(MAYA)).toEqual([ofAuth]);
    expect(await runsOf(INES)).toEqual([ofBilling]);
    expect(
      (await get(INES, '/runs?entityRef=component:default/auth-service'))
        .status,
    ).toBe(403);
    expect(
      await Promise.all(
        ['', '/ledger', '/events', '/steps/a/files'].map(
          async part => (await get(INES, `/runs/${ofAuth}${part}`)).status,
        ),
      ),
    ).toEqual([403, 403, 403, 403]);
  });

  it('names the last run of a procedure only to those who may read runs', async () => {
    await startRun(MAYA, 'auth-service');
    expect(await lastRunFor(MAYA)).toMatchObject({ by: MAYA });
    denied = ['runbooks.run.read'];
    expect(await lastRunFor(MAYA)).toBeUndefined();
  });

  it('does not plan the runbook of a service whose runbooks somebody may not read', async () => {
    denied = ['runbooks.runbook.read'];
    expect((await planFor(MAYA, 'auth-service')).status).toBe(403);
  });

  it('shows nobody the runbooks of a group through a card of their own that names the group as its owner', async () => {
    const inherited = async (userRef: string) => {
      const { body } = await get(
        userRef,
        '/entities/component/default/self-made/runbooks',
      );
      return body.runbooks?.map(
        (runbook: { inheritedFrom?: string }) => runbook.inheritedFrom,
      );
    };
    expect(await inherited(INES)).toEqual(['group:default/identity']);
    conditional = ['runbooks.runbook.read'];
    expect(await inherited(INES)).toEqual([]);
  });

  it('reads runbooks and on-call without the kubernetes plugin, and says what is missing', async () => {
    const because =
      'the kubernetes backend plugin is not installed in this process';
    const [runbooks, onCall, health] = [
      await get(MAYA, auth('runbooks')),
      await get(MAYA, auth('on-call')),
      await get(MAYA, auth('health')),
    ];
    expect([runbooks, onCall, health].map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    expect(runbooks.body).toMatchObject({ clusters: [], noClusters: because });
    expect(health.body).toMatchObject({ state: 'Unknown', message: because });
  });

  it('answers for an entity that does not exist as for one that is hidden', async () => {
    const missing = await get(INES, '/entities/component/default/no/runbooks');
    expect(missing.status).toBe(404);
    const run = '/runs/6c6a3c0e-4a54-4d9c-8f0d-5a3f0f6f0000';
    expect((await get(INES, run)).body.error.message).toBe(
      "There is no run '6c6a3c0e-4a54-4d9c-8f0d-5a3f0f6f0000'",
    );
  });

  function get(userRef: string, to: string) {
    return request(backend.server)
      .get(`/api/runbooks${to}`)
      .set('Authorization', mockCredentials.user.header(userRef));
  }

  function post(userRef: string, to: string, body: object) {
    return request(backend.server)
      .post(`/api/runbooks${to}`)
      .set('Authorization', mockCredentials.user.header(userRef))
      .send(body);
  }

  async function statuses(what: string) {
    const [maya, ines] = [
      await get(MAYA, auth(what)),
      await get(INES, auth(what)),
    ];
    return { maya: maya.status, ines: ines.status };
  }

  async function planFor(userRef: string, component: string) {
    const before = [conditional, denied];
    [conditional, denied] = [[], []];
    const { body } = await get(
      MAYA,
      `/entities/component/default/${component}/runbooks`,
    );
    [conditional, denied] = before;
    const [runbook] = body.runbooks;
    const asked = {
      entityRef: `component:default/${component}`,
      runbookId: runbook.id,
      procedureId: runbook.procedures[0].id,
      parameters: {},
    };
    const answer = await post(userRef, '/plans', asked);
    return { asked, status: answer.status, body: answer.body };
  }

  async function startRun(userRef: string, component: string) {
    const { asked, body } = await planFor(userRef, component);
    const answer = await post(userRef, '/runs', {
      ...asked,
      planDigest: body.plan.digest,
    });
    expect(answer.status).toBe(201);
    return answer.body.run.id as string;
  }

  async function runsOf(userRef: string) {
    const { body } = await get(userRef, '/runs');
    return body.runs.map((run: { id: string }) => run.id);
  }

  async function lastRunFor(userRef: string) {
    const { body } = await get(userRef, auth('runbooks'));
    return body.runbooks[0].procedures[0].lastRun;
  }
});

/** The catalog as far as the permission backend asks it: its own rules, on these entities. */
function catalogThatJudges(entities: Entity[]) {
  return createBackendPlugin({
    pluginId: 'catalog',
    register(env) {
      env.registerInit({
        deps: { registry: coreServices.permissionsRegistry },
        async init({ registry }) {
          registry.addResourceType({
            resourceRef: catalogEntityPermissionResourceRef,
            permissions: [],
            rules: Object.values(permissionRules),
            getResources: async refs =>
              refs.map(ref =>
                entities.find(entity => stringifyEntityRef(entity) === ref),
              ),
          });
        },
      });
    },
  });
}

function auth(what: string): string {
  return `/entities/component/default/auth-service/${what}`;
}

function entitiesIn(folder: string): Entity[] {
  const annotations = {
    'backstage-runbooks.io/runbooks-ref': 'dir:./runbooks',
    'backstage.io/managed-by-location': `file:${folder}/catalog-info.yaml`,
    'backstage.io/kubernetes-namespace': 'shop',
  };
  const entity = (
    kind: string,
    name: string,
    relations: Array<[string, string]>,
    annotated = true,
  ): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      ...(annotated ? { annotations } : {}),
    },
    spec: {},
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  });
  const identity = 'group:default/identity';
  const billing = 'group:default/billing';
  return [
    entity('Component', 'auth-service', [['ownedBy', identity]]),
    entity('Component', 'invoices', [['ownedBy', billing]]),
    entity(
      'Component',
      'self-made',
      [
        ['ownedBy', billing],
        ['ownedBy', identity],
      ],
      false,
    ),
    entity('Group', 'identity', [
      ['hasMember', MAYA],
      ['ownedBy', identity],
    ]),
    entity('Group', 'billing', [['hasMember', INES]], false),
    entity('User', 'maya', [['memberOf', identity]], false),
    entity('User', 'ines', [['memberOf', billing]], false),
  ];
}
