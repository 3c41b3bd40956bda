import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  applyRunEvent,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import express from 'express';
import request from 'supertest';
import { OWNER, planOf, startedBy } from '../testing/runs';
import { Access } from './access';
import { Audit } from './Audit';
import { OpenStreams } from './OpenStreams';
import { createRouter } from './createRouter';

const HIDDEN = {
  name: 'hidden',
  runId: '0b9f7f0e-0000-4000-8000-000000000001',
};
const MISSING = {
  name: 'absent',
  runId: '0b9f7f0e-0000-4000-8000-000000000002',
};

interface Case {
  route: string;
  path(of: typeof HIDDEN): string;
  body?(of: typeof HIDDEN): object;
}

const entityPath = ({ name }: typeof HIDDEN) =>
  `/entities/component/default/${name}`;
const planOfEntity = ({ name }: typeof HIDDEN) => ({
  entityRef: `component:default/${name}`,
  runbookId: 'operations',
  procedureId: 'scale',
  parameters: {},
});

const CASES: Case[] = [
  {
    route: 'get /entities/:kind/:namespace/:name/runbooks',
    path: of => `${entityPath(of)}/runbooks`,
  },
  {
    route:
      'get /entities/:kind/:namespace/:name/runbooks/:runbookId/procedures/:procedureId',
    path: of => `${entityPath(of)}/runbooks/a/procedures/b`,
  },
  {
    route: 'get /entities/:kind/:namespace/:name/health',
    path: of => `${entityPath(of)}/health`,
  },
  {
    route: 'get /entities/:kind/:namespace/:name/health/events',
    path: of => `${entityPath(of)}/health/events`,
  },
  {
    route: 'get /entities/:kind/:namespace/:name/on-call',
    path: of => `${entityPath(of)}/on-call`,
  },
  { route: 'post /plans', path: () => '/plans', body: planOfEntity },
  {
    route: 'get /runs',
    path: ({ name }) => `/runs?entityRef=component:default/${name}`,
  },
  {
    route: 'post /runs',
    path: () => '/runs',
    body: of => ({ ...planOfEntity(of), planDigest: 'a'.repeat(64) }),
  },
  { route: 'get /runs/:runId', path: ({ runId }) => `/runs/${runId}` },
  {
    route: 'get /runs/:runId/events',
    path: ({ runId }) => `/runs/${runId}/events`,
  },
  {
    route: 'get /runs/:runId/steps/:stepId/attempts/:attempt/output',
    path: ({ runId }) => `/runs/${runId}/steps/a/attempts/1/output`,
  },
  {
    route: 'get /runs/:runId/steps/:stepId/attempts/:attempt/calls',
    path: ({ runId }) => `/runs/${runId}/steps/a/attempts/1/calls`,
  },
  {
    route: 'get /runs/:runId/steps/:stepId/files',
    path: ({ runId }) => `/runs/${runId}/steps/a/files`,
  },
  {
    route: 'post /runs/:runId/steps/:stepId/preview',
    path: ({ runId }) => `/runs/${runId}/steps/a/preview`,
  },
  {
    route: 'post /runs/:runId/commands',
    path: ({ runId }) => `/runs/${runId}/commands`,
    body: () => ({ kind: 'cancel' }),
  },
  {
    route: 'get /runs/:runId/ledger',
    path: ({ runId }) => `/runs/${runId}/ledger`,
  },
  {
    route: 'get /runs/:runId/evidence',
    path: ({ runId }) => `/runs/${runId}/evidence`,
  },
  {
    route: 'get /holds',
    path: ({ name }) => `/holds?entityRef=component:default/${name}`,
  },
];

/** Routes that name neither an entity nor a run. */
const OF_NOTHING = [
  'get /approvals',
  'post /holds/stop',
  'post /holds/resume',
  'get /ledger/evidence',
  'get /ledger/checkpoints',
  'get /ledger/key',
  'get /setup',
];

describe('something hidden and something missing', () => {
  const touched: string[] = [];
  const router = createRouter(
    {
      access: new Access({
        httpAuth: mockServices.httpAuth(),
        permissions: mockServices.permissions(),
        // The catalog shows neither of them to this person.
        catalog: catalogServiceMock({ entities: [] }),
        hasPolicy: true,
      }),
      audit: new Audit(mockServices.auditor.mock()),
      library: untouched('library'),
      plans: untouched('plans'),
      streams: new OpenStreams({ streamsPerPerson: 9 }),
      health: untouched('health'),
      onCall: untouched('on call'),
      setup: untouched('setup'),
    },
    {
      mayStart: { allowed: true },
      store: { get: async (runId: string) => runOf(runId) } as never,
      runs: untouched('runs'),
      lists: untouched('lists'),
      attempts: untouched('attempts'),
      signals: untouched('signals'),
      evidence: untouched('evidence'),
      checkpoints: untouched('checkpoints'),
      keys: untouched('keys'),
      holds: untouched('holds'),
      stops: untouched('stops'),
      clock: untouched('clock'),
    },
  );
  const app = express()
    .use(router)
    .use(
      MiddlewareFactory.create({
        logger: mockServices.logger.mock(),
        config: mockServices.rootConfig(),
      }).error(),
    );

  it('are tried on every route there is', () => {
    expect([...CASES.map(({ route }) => route), ...OF_NOTHING].sort()).toEqual(
      routesOf(router).sort(),
    );
  });

  it.each(CASES)('answer the same: $route', async ({ route, path, body }) => {
    const answerFor = async (of: typeof HIDDEN) => {
      const answer = route.startsWith('post')
        ? await request(app).post(path(of)).send(body?.(of))
        : await request(app).get(path(of));
      return {
        status: answer.status,
        text: answer.text.replaceAll(of.name, 'it').replaceAll(of.runId, 'it'),
        type: answer.headers['content-type'],
      };
    };
    const hidden = await answerFor(HIDDEN);
    expect(hidden.status).toBe(404);
    expect(await answerFor(MISSING)).toEqual(hidden);
    expect(touched).toEqual([]);
  });

  function runOf(runId: string): Run {
    if (runId !== HIDDEN.runId) {
      throw new NotFoundError(`There is no run '${runId}'`);
    }
    const [event] = startedBy(OWNER, {
      ...planOf(),
      entityRef: 'component:default/hidden',
    });
    return applyRunEvent(undefined, event, '2026-11-29T02:00:00.000Z', runId);
  }

  /** A service that is asked nothing: what it would find could tell the two apart. */
  function untouched(name: string): never {
    return new Proxy(
      {},
      {
        get: (_target, property) => {
          touched.push(`${name}.${String(property)}`);
          throw new Error(`${name} was asked before the permission`);
        },
      },
    ) as never;
  }
});

function routesOf(router: express.Router): string[] {
  return router.stack.flatMap(({ route }) =>
    route
      ? Object.keys(
          (route as unknown as { methods: Record<string, boolean> }).methods,
        ).map(method => `${method} ${route.path}`)
      : [],
  );
}
