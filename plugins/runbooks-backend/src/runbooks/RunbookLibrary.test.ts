import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readRunbook } from '@backstage-runbooks/plugin-runbooks-common';
import { RunbookLibrary } from './RunbookLibrary';
import { cardFrom, sourcesBench } from './__testUtils__/sources';

const OWN = 'https://gitlab.example.com/shop/web/-/blob/main';
const OPS = 'https://gitlab.example.com/ops/books/-/blob/main';
const REF = 'backstage-runbooks.io/runbooks-ref';

const RUNBOOK = '# Deploy\n\n## Steps\n\n```bash\n./scripts/x.sh\n```\n';

const credentials = mockCredentials.user();

function bench(
  entities: Entity[],
  options: Parameters<typeof sourcesBench>[0] = {},
) {
  const made = sourcesBench(options);
  const library = new RunbookLibrary({
    ...made,
    reading: { readRunbook: async (_waiting, ...args) => readRunbook(...args) },
    catalog: catalogServiceMock({ entities }),
    access: { selecting: () => async refs => new Set(refs) },
    logger: mockServices.logger.mock(),
  });
  return { ...made, library };
}

describe('the runbooks of an entity', () => {
  it('shows why a place may not be read, and the documents of the others', async () => {
    const card = cardFrom(`url:${OWN}/catalog-info.yaml`, {
      [REF]: `url:${OPS}/runbooks/,dir:./runbooks`,
    });
    const { library, reader } = bench([card]);
    reader.put(OWN, '1', [['runbooks/deploy.md', RUNBOOK]]);
    reader.put(OPS, '1', [['runbooks/secret.md', '# Secret']]);
    const shelf = await library.shelfOf(card, credentials);
    expect(shelf.documents.map(({ path }) => path)).toEqual([
      'runbooks/deploy.md',
    ]);
    expect(shelf.problems).toEqual([
      {
        ref: `url:${OPS}/runbooks/`,
        entityRef: 'component:default/shop',
        message: expect.stringContaining(
          "An operator can allow it: runbooks.sources.allow: [{ location: 'https://gitlab.example.com/ops/books/' }]",
        ),
      },
    ]);
  });

  it('judges an inherited runbook for the entity that carries the annotation', async () => {
    const group = cardFrom(
      `url:${OPS}/groups.yaml`,
      { [REF]: `url:${OPS}/runbooks/` },
      { kind: 'Group', name: 'ops' },
    );
    const card = cardFrom(
      `url:${OWN}/catalog-info.yaml`,
      {},
      { relations: [{ type: 'ownedBy', targetRef: 'group:default/ops' }] },
    );
    const { library, reader } = bench([group, card]);
    reader.put(OPS, '1', [['runbooks/a.md', RUNBOOK]]);
    const shelf = await library.shelfOf(card, credentials);
    expect(shelf.problems).toEqual([]);
    expect(shelf.documents).toMatchObject([
      { path: 'runbooks/a.md', inheritedFrom: 'group:default/ops' },
    ]);

    const greedy = {
      ...group,
      metadata: {
        ...group.metadata,
        annotations: {
          ...group.metadata.annotations,
          [REF]: `url:${OWN}/runbooks/`,
        },
      },
    };
    const other = bench([greedy, card]);
    other.reader.put(OWN, '1', [['runbooks/a.md', RUNBOOK]]);
    const found = await other.library.shelfOf(card, credentials);
    expect(found.documents).toEqual([]);
    expect(found.problems[0].message).toContain(
      'may not be read for group:default/ops',
    );
    expect(other.reader.asked).toEqual([]);
  });

  it('tells documents of one path in two repositories apart', async () => {
    const card = cardFrom(`url:${OWN}/catalog-info.yaml`, {
      [REF]: `dir:./runbooks,url:${OPS}/runbooks/`,
    });
    const { library, reader } = bench([card], {
      allow: [{ location: 'https://gitlab.example.com/ops/*' }],
    });
    reader.put(OWN, '1', [['runbooks/a.md', '# Own']]);
    reader.put(OPS, '1', [['runbooks/a.md', '# Shared']]);
    const { documents } = await library.shelfOf(card, credentials);
    expect(documents.map(({ runbook }) => runbook.title)).toEqual([
      'Own',
      'Shared',
    ]);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(2);
  });

  it('reads no more places than a person would name, and says so', async () => {
    const card = cardFrom(`url:${OWN}/catalog-info.yaml`, {
      [REF]: Array.from({ length: 500 }, (_, at) => `file:./${at}.md`).join(),
    });
    const { library, reader } = bench([card]);
    const { problems } = await library.shelfOf(card, credentials);
    expect(reader.asked).toHaveLength(50);
    expect(problems[0].message).toContain('500 places; the first 50 are read');
  });

  it('works with the folder that the entity names, and with what the steps name where it names none', async () => {
    const files: Array<[string, string]> = [
      ['runbooks/deploy.md', RUNBOOK],
      ['scripts/x.sh', '#!/bin/bash\n'],
      ['ops/any.yaml', 'a'],
    ];
    const taken = async (annotations: Record<string, string>) => {
      const card = cardFrom(`url:${OWN}/catalog-info.yaml`, {
        [REF]: 'dir:./runbooks',
        ...annotations,
      });
      const { library, reader } = bench([card]);
      reader.put(OWN, '1', files);
      reader.put(OPS, '1', [['ops/secret.yaml', 'x']]);
      const [document] = (await library.shelfOf(card, credentials)).documents;
      const [procedure] = document.runbook.procedures;
      const snapshot = await library.snapshotOf(document, procedure, []);
      return snapshot.files.map(({ path }) => path);
    };
    expect(await taken({})).toEqual(['runbooks/deploy.md', 'scripts/x.sh']);
    const workspace = 'backstage-runbooks.io/workspace-ref';
    expect(await taken({ [workspace]: 'dir:./ops' })).toEqual(['ops/any.yaml']);
    await expect(taken({ [workspace]: `url:${OPS}/ops/` })).rejects.toThrow(
      'may not be read for component:default/shop',
    );
    await expect(taken({ [workspace]: 'file:./a.yaml' })).rejects.toThrow(
      "expected a folder such as 'dir:./ops'",
    );
  });
});
