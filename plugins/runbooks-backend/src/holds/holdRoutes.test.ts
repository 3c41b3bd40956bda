import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Hold } from '@backstage-runbooks/plugin-runbooks-common';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import { Access } from '../http/access';
import { Audit } from '../http/Audit';
import { jsonBody } from '../http/jsonBody';
import { addHoldRoutes } from './holdRoutes';

const LEA = 'user:default/lea';

function portal({ allows }: { allows: readonly string[] }) {
  let stop: Hold | undefined;
  const told: string[] = [];
  const permissions = mockServices.permissions.mock({
    authorize: async asked =>
      asked.map(({ permission }) => ({
        result: allows.includes(permission.name)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
    authorizeConditional: async asked =>
      asked.map(({ permission }) => ({
        result: allows.includes(permission.name)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
  });
  const router = PromiseRouter().use(jsonBody());
  const held = async () => (stop ? [stop] : []);
  addHoldRoutes(router, {
    access: new Access({
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.user(LEA),
      }),
      permissions,
      catalog: catalogServiceMock({ entities: [] }),
      hasPolicy: true,
    }),
    holds: { all: held, on: held },
    stops: {
      begin: async (by, because) => {
        if (stop) throw new ConflictError('All changes are stopped already');
        stop = { kind: 'stop', name: 'All changes are stopped', by, because };
        return stop;
      },
      end: async () => {
        stop = undefined;
      },
    },
    clock: { now: async () => new Date() },
    audit: new Audit(
      mockServices.auditor.mock({
        createEvent: async ({ eventId }) => ({
          success: async () => void told.push(`${eventId} done`),
          fail: async () => void told.push(`${eventId} failed`),
        }),
      }),
    ),
  });
  const app = express()
    .use(router)
    .use(
      MiddlewareFactory.create({
        logger: mockServices.logger.mock(),
        config: mockServices.rootConfig(),
      }).error(),
    );
  return { app, told };
}

describe('stopping all changes', () => {
  it('is for those whom a policy lets, with a reason, and is told to the audit log', async () => {
    const { app, told } = portal({
      allows: ['runbooks.run.read', 'runbooks.changes.stop'],
    });
    const before = await request(app).get('/holds');
    expect(before.body).toEqual({ holds: [], mayStop: true });
    const without = await request(app)
      .post('/holds/stop')
      .send({ reason: ' ' });
    expect(without.status).toBe(400);
    expect(without.body.error.message).toContain('reason');
    const made = await request(app)
      .post('/holds/stop')
      .send({ reason: 'we lose orders' });
    expect(made.status).toBe(201);
    expect(made.body.holds).toMatchObject([
      { kind: 'stop', by: LEA, because: 'we lose orders' },
    ]);
    const again = await request(app).post('/holds/stop').send({ reason: 'x' });
    expect(again.status).toBe(409);
    const ended = await request(app).post('/holds/resume');
    expect(ended.body.holds).toEqual([]);
    expect(told).toEqual([
      'changes-stopped done',
      'changes-stopped failed',
      'changes-resumed done',
    ]);
  });

  it('is for nobody else, who see what holds and cannot change it', async () => {
    const { app, told } = portal({ allows: ['runbooks.run.read'] });
    expect((await request(app).get('/holds')).body.mayStop).toBe(false);
    for (const path of ['/holds/stop', '/holds/resume']) {
      const refused = await request(app).post(path).send({ reason: 'x' });
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain('You may not stop changes');
    }
    expect(told).toEqual([]);
  });

  it('is shown to nobody who may see no run', async () => {
    const { app } = portal({ allows: ['runbooks.changes.stop'] });
    expect((await request(app).get('/holds')).status).toBe(403);
  });
});
