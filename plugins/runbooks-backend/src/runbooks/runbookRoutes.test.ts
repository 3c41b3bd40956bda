import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { readRunbook } from '@backstage-runbooks/plugin-runbooks-common';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import { Access } from '../http/access';
import { mayStartRuns } from '../ledger/mayStartRuns';
import { addRunbookRoutes } from './runbookRoutes';
import { RunbookLibrary } from './RunbookLibrary';
import { cardFrom, sourcesBench } from './__testUtils__/sources';

const OWN = 'https://gitlab.example.com/shop/web/-/blob/main';
const PATH = '/entities/component/default/shop/runbooks';

/** The tab's route over a fake of the source hosts. */
function tabFor(options: {
  isVisible: boolean;
  mayRead: boolean;
  isKeyMissing?: boolean;
}) {
  const bench = sourcesBench();
  bench.reader.put(OWN, '1', [['runbooks/a.md', '# A']]);
  const card = cardFrom(`url:${OWN}/catalog-info.yaml`, {
    'backstage-runbooks.io/runbooks-ref': 'dir:./runbooks',
  });
  const catalog = catalogServiceMock({
    entities: options.isVisible ? [card] : [],
  });
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({
        result: options.mayRead ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      })),
  });
  const access = new Access({
    httpAuth: mockServices.httpAuth(),
    permissions,
    catalog,
    hasPolicy: true,
  });
  const logger = mockServices.logger.mock();
  const router = PromiseRouter();
  addRunbookRoutes(router, {
    access,
    library: new RunbookLibrary({
      ...bench,
      reading: {
        readRunbook: async (_waiting, ...args) => readRunbook(...args),
      },
      access,
      catalog,
      logger,
    }),
    plans: {
      clusters: async () => [],
      whyNoClusters: async () => undefined,
    } as never,
    store: { list: async () => ({ runs: [] }) } as never,
    mayStart: mayStartRuns(options.isKeyMissing ? undefined : {}),
  });
  const app = express();
  app.use(router);
  app.use(
    MiddlewareFactory.create({
      logger,
      config: mockServices.rootConfig(),
    }).error(),
  );
  return { app, reader: bench.reader };
}

describe('the tab of an entity', () => {
  it('causes no request to a source host for somebody who may not see the entity', async () => {
    const { app, reader } = tabFor({ isVisible: false, mayRead: true });
    expect((await request(app).get(PATH)).status).toBe(404);
    expect(reader.asked).toEqual([]);
  });

  it('causes none for somebody who may not read its runbooks', async () => {
    const { app, reader } = tabFor({ isVisible: true, mayRead: false });
    expect((await request(app).get(PATH)).status).toBe(403);
    expect(reader.asked).toEqual([]);
  });

  it('causes one for everybody else, however many they are', async () => {
    const { app, reader } = tabFor({ isVisible: true, mayRead: true });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => request(app).get(PATH)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(answers[0].body.runbooks).toMatchObject([{ title: 'A' }]);
    expect(reader.asked).toHaveLength(1);
  });

  it('is read without a key that seals histories, and says why no run starts and how the key is made', async () => {
    const { app } = tabFor({
      isVisible: true,
      mayRead: true,
      isKeyMissing: true,
    });
    const { body } = await request(app).get(PATH).expect(200);
    expect(body.runbooks).toMatchObject([{ title: 'A' }]);
    expect(body.mayStart).toEqual({
      allowed: false,
      because: expect.stringContaining('openssl genpkey -algorithm ed25519'),
    });
  });
});
