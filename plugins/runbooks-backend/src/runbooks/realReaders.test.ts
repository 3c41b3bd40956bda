import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { create as createArchive } from 'tar';
import { Repositories } from './Repositories';
import { snapshotOf } from './snapshotOf';
import { SourceRules } from './SourceRules';
import { cardFrom } from './__testUtils__/sources';

type Answer = { etag?: string; body: string | Buffer };

/** Backstage's own readers against a host of source code that answers as GitHub and GitLab do. */
describe('the readers of real hosts', () => {
  const disk = createMockDirectory();
  let host: Server;
  let answers: Record<string, Answer>;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    host = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://host');
      asked.push(pathname);
      const answer = answers[pathname];
      if (!answer) {
        response.writeHead(404).end();
      } else if (
        answer.etag &&
        request.headers['if-none-match'] === answer.etag
      ) {
        response.writeHead(304).end();
      } else {
        response
          .writeHead(200, {
            'content-type': 'application/json',
            ...(answer.etag ? { etag: answer.etag } : {}),
          })
          .end(answer.body);
      }
    });
    await new Promise<void>(resolve => {
      host.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(async () => {
    const closed = new Promise(resolve => host.close(resolve));
    host.closeAllConnections();
    await closed;
  });

  function open() {
    const { port } = host.address() as AddressInfo;
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          github: [
            {
              host: `127.0.0.1:${port}`,
              apiBaseUrl: `http://127.0.0.1:${port}`,
            },
          ],
          gitlab: [
            {
              host: `localhost:${port}`,
              apiBaseUrl: `http://localhost:${port}/api/v4`,
              baseUrl: `http://localhost:${port}`,
            },
          ],
        },
      },
    });
    const clock = { now: 0 };
    const integrations = ScmIntegrations.fromConfig(config);
    const repositories = new Repositories({
      localRoots: [],
      rules: SourceRules.fromConfig(config, integrations),
      refreshAfterMs: 60_000,
      reader: UrlReaders.default({
        config,
        logger: mockServices.logger.mock(),
      }),
      integrations,
      now: () => clock.now,
    });
    return { port, clock, repositories };
  }

  function github(port: number, files: Record<string, string>) {
    const api = `http://127.0.0.1:${port}/repos/acme/shop`;
    answers = {
      '/repos/acme/shop/commits/main/status': {
        body: JSON.stringify({
          sha: 'c0ffee',
          repository: {
            archive_url: `${api}/{archive_format}{/ref}`,
            trees_url: `${api}/git/trees{/sha}`,
          },
        }),
      },
      '/repos/acme/shop/git/trees/c0ffee': {
        body: JSON.stringify({
          truncated: false,
          tree: Object.keys(files).map((path, index) => ({
            type: 'blob',
            path,
            url: `${api}/git/blobs/${index}`,
          })),
        }),
      },
    };
    Object.entries(files).forEach(([path, content], index) => {
      answers[`/repos/acme/shop/git/blobs/${index}`] = {
        body: JSON.stringify({
          content: Buffer.from(content).toString('base64'),
        }),
      };
      answers[`/repos/acme/shop/contents/${path}`] = {
        body: content,
        etag: `"${index}"`,
      };
    });
    return cardFrom(
      `url:http://127.0.0.1:${port}/acme/shop/blob/main/services/web/catalog-info.yaml`,
    );
  }

  it('fetch from GitHub only the documents of a folder, and its list again by etag', async () => {
    const { port, clock, repositories } = open();
    const card = github(port, {
      'docs/run books/a.md': '# A',
      'docs/run books/deep/b.MD': '# B',
      'docs/run books/dump.bin': 'x',
      'src/c.md': '# C',
    });
    const read = async () => {
      const place = await repositories.resolve(
        card,
        'dir:../../docs/run%20books',
      );
      return place.repository.readDocuments(place.path);
    };
    expect((await read()).documents).toEqual([
      { path: 'docs/run books/a.md', text: '# A' },
      { path: 'docs/run books/deep/b.MD', text: '# B' },
    ]);
    expect(asked.filter(path => path.includes('/blobs/'))).toHaveLength(2);
    asked = [];
    clock.now = 61_000;
    expect((await read()).documents).toHaveLength(2);
    expect(asked).toEqual(['/repos/acme/shop/commits/main/status']);
  });

  it('fetch from GitHub one named document by itself, and again by its etag', async () => {
    const { port, clock, repositories } = open();
    const card = github(port, { 'services/web/issues/a.md': '# A' });
    const place = await repositories.resolve(card, 'file:./issues/a.md');
    expect(await place.repository.readText(place.path)).toBe('# A');
    clock.now = 61_000;
    expect(await place.repository.readText(place.path)).toBe('# A');
    expect(asked).toEqual([
      '/repos/acme/shop/contents/services/web/issues/a.md',
      '/repos/acme/shop/contents/services/web/issues/a.md',
    ]);
  });

  it('fetch from GitHub only the files that are named, and what those name', async () => {
    const { port, repositories } = open();
    const card = github(port, {
      'scripts/deploy.sh': '#!/bin/bash\n. "$(dirname "$0")/lib.sh"\n',
      'scripts/lib.sh': 'true\n',
      'scripts/other.sh': '#!/bin/bash\n',
      'src/large.bin': 'x',
    });
    const { repository } = await repositories.resolve(card, 'dir:/');
    const { files } = await snapshotOf(repository, {
      files: ['scripts/deploy.sh'],
    });
    expect(files.map(({ path, executable }) => [path, executable])).toEqual([
      ['scripts/deploy.sh', true],
      ['scripts/lib.sh', false],
    ]);
    expect(asked.filter(path => path.includes('/blobs/'))).toHaveLength(2);
  });

  it('take from an archive of GitLab only what is named, and refuse one with two entries of one name', async () => {
    const { port, repositories, clock } = open();
    disk.setContent({
      'shop-main/ops/x.sh': '#!/bin/bash\n',
      'shop-main/src/large.bin': 'x',
    });
    const archiveOf = async (files: string[]) => {
      const chunks: Buffer[] = [];
      for await (const chunk of createArchive(
        { cwd: disk.path, gzip: true },
        files,
      )) {
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks);
    };
    const project = '/api/v4/projects/acme%2Fshop';
    answers = {
      [project]: { body: '{"default_branch":"main"}' },
      [`${project}/repository/commits`]: { body: '[{"id":"one"}]' },
      [`${project}/repository/archive`]: {
        body: await archiveOf(['shop-main']),
      },
    };
    const card = cardFrom(
      `url:http://localhost:${port}/acme/shop/-/blob/main/catalog-info.yaml`,
    );
    const { repository } = await repositories.resolve(card, 'dir:.');
    const take = () => snapshotOf(repository, { files: ['ops'] });
    expect((await take()).files.map(({ path }) => path)).toEqual(['ops/x.sh']);

    answers[`${project}/repository/commits`] = { body: '[{"id":"two"}]' };
    answers[`${project}/repository/archive`] = {
      body: await archiveOf(['shop-main/ops/x.sh', 'shop-main/ops/x.sh']),
    };
    clock.now = 61_000;
    await expect(take()).rejects.toThrow("'ops/x.sh' is there twice");
  });
});
