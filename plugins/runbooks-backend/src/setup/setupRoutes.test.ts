import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import { addSetupRoutes } from './setupRoutes';

function appWith(
  getInstalledPlugins: () => Promise<never[]>,
  more: object = {},
) {
  const router = PromiseRouter();
  addSetupRoutes(router, {
    access: {
      person: async () => ({}),
      operator: async () => {},
    } as never,
    setup: {
      config: { has: () => true },
      settings: {
        scopes: {
          rules: [],
          confirmedByNamespaces: false,
          trustCatalog: false,
        },
        hasPolicy: true,
      },
      executor: { id: 'none', inventory: async () => ({}) },
      clusters: { list: async () => [] },
      clusterSettings: new Map([['prodution', { simulatedNodes: false }]]),
      instance: { getInstalledPlugins },
      keyProblem: undefined,
      database: () => ({ kind: 'closed', because: 'none' }),
      ...more,
    } as never,
  });
  return express().use(router);
}

describe('the report of the setup', () => {
  it('is found out once for all who ask within seconds, and anew after a failure', async () => {
    const asked = jest
      .fn(async (): Promise<never[]> => [])
      .mockRejectedValueOnce(new Error('not yet'));
    const app = appWith(asked);
    await request(app).get('/setup').expect(500);
    await request(app).get('/setup').expect(200);
    await request(app).get('/setup').expect(200);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('names a cluster that has settings and that nobody knows', async () => {
    const { body } = await request(appWith(async () => [])).get('/setup');
    expect(JSON.stringify(body)).toContain(
      'runbooks.clusters has settings for it, which nothing uses',
    );
  });

  it('says of a cluster that does not answer what it says itself of its start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'runbooks-setup-'));
    const noticeFile = join(folder, 'notice');
    await writeFile(noticeFile, 'cluster is starting: about 6 minutes left');
    const app = appWith(async () => [], {
      clusters: { list: async () => [{ name: 'demo' }] },
      clusterSettings: new Map([
        ['demo', { simulatedNodes: true, noticeFile }],
      ]),
      reader: {
        getJson: async () => {
          throw new Error('connect ECONNREFUSED 127.0.0.1:26443');
        },
      },
    });
    const { body } = await request(app).get('/setup');
    await rm(folder, { recursive: true });
    expect(JSON.stringify(body)).toContain('about 6 minutes left');
    expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');
  });
});
