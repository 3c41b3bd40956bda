import {
  filesNamedBy,
  readRunbook,
} from '@backstage-runbooks/plugin-runbooks-common';
import { snapshotOf, snapshotOfProcedure } from './snapshotOf';
import { cardFrom, sourcesBench } from './__testUtils__/sources';

const ROOT = 'https://gitlab.example.com/shop/web/-/blob/main';
const CARD = cardFrom(`url:${ROOT}/catalog-info.yaml`);

type Entries = Array<[path: string, content: string]>;

async function open(entries: Entries) {
  const bench = sourcesBench();
  bench.reader.put(ROOT, 'first', entries);
  const { repository } = await bench.repositories.resolve(CARD, 'dir:.');
  return { ...bench, repository };
}

const DEPLOY = `# Deploy

## Steps

\`\`\`bash
./scripts/deploy.sh prod
kubectl apply -f manifests/
\`\`\`
`;

function procedure(markdown = DEPLOY) {
  return readRunbook(markdown, 'runbooks/deploy.md').procedures[0];
}

const planOf = (markdown?: string) => ({
  procedure: procedure(markdown),
  documentPath: 'runbooks/deploy.md',
  values: [],
});

describe('reading documents of a repository behind an address', () => {
  it('asks once for a hundred viewers at once', async () => {
    const { reader, repositories } = await open([['runbooks/a.md', '# A']]);
    const views = Array.from({ length: 100 }, async () => {
      const place = await repositories.resolve(CARD, 'dir:./runbooks');
      return place.repository.readDocuments(place.path);
    });
    expect(
      new Set((await Promise.all(views)).map(one => one.documents[0].text)),
    ).toEqual(new Set(['# A']));
    expect(reader.asked).toHaveLength(1);
  });

  it('asks again after a minute, by the etag, and reads anew only what changed', async () => {
    const { reader, repository, clock } = await open([
      ['runbooks/a.md', '# A'],
    ]);
    const read = async () =>
      (await repository.readDocuments('runbooks')).documents[0].text;
    await read();
    clock.now = 59_000;
    await read();
    expect(reader.asked).toHaveLength(1);
    clock.now = 61_000;
    expect(await read()).toBe('# A');
    expect(reader.asked).toMatchObject([
      { notModified: false },
      { notModified: true },
    ]);
    expect(reader.handedOut).toEqual(['runbooks/a.md']);
    reader.put(ROOT, 'second', [['runbooks/a.md', '# B']]);
    clock.now = 122_000;
    expect(await read()).toBe('# B');
  });

  it('reads one named document by itself, by the etag too', async () => {
    const { reader, repository, clock } = await open([
      ['a.md', '# A'],
      ['big.bin', 'x'],
    ]);
    expect(await repository.readText('a.md')).toBe('# A');
    clock.now = 61_000;
    expect(await repository.readText('a.md')).toBe('# A');
    expect(reader.asked).toMatchObject([
      { call: 'readUrl', url: `${ROOT}/a.md`, notModified: false },
      { call: 'readUrl', notModified: true },
    ]);
  });

  it('does not ask a broken host at every view, and asks again after a minute', async () => {
    const { reader, repository, clock } = await open([['a.md', '# A']]);
    reader.failure = new Error('502 Bad Gateway');
    for (let view = 0; view < 5; view++) {
      await expect(repository.readText('a.md')).rejects.toThrow('502');
    }
    expect(reader.asked).toHaveLength(1);
    reader.failure = undefined;
    clock.now = 61_000;
    expect(await repository.readText('a.md')).toBe('# A');
  });

  it('reads nothing but Markdown below the folder', async () => {
    const { reader, repository } = await open([
      ['runbooks/a.md', '# A'],
      ['runbooks/README.md', '# R'],
      ['runbooks/dump.bin', 'x'.repeat(30 * 1024 * 1024)],
      ['other/b.md', '# B'],
    ]);
    expect((await repository.readDocuments('runbooks')).documents).toHaveLength(
      1,
    );
    expect(reader.handedOut).toEqual(['runbooks/a.md']);
  });

  it('says which document is too large, without reading it, and shows the others', async () => {
    const { reader, repository } = await open([
      ['runbooks/a.md', '# A'],
      ['runbooks/huge.md', 'x'.repeat(1024 * 1024 + 1)],
    ]);
    const found = await repository.readDocuments('runbooks');
    expect(found.documents.map(({ path }) => path)).toEqual(['runbooks/a.md']);
    expect(found.problems).toEqual([
      {
        path: 'runbooks/huge.md',
        message: expect.stringContaining('at most 1048576'),
      },
    ]);
    expect(reader.handedOut).toEqual(['runbooks/a.md']);
  });

  it('shows neither of two documents of one name, and says so', async () => {
    const { repository } = await open([
      ['runbooks/a.md', '# Approved'],
      ['runbooks/b.md', '# B'],
      ['runbooks/a.md', '# Swapped'],
    ]);
    const found = await repository.readDocuments('runbooks');
    expect(found.documents.map(({ path }) => path)).toEqual(['runbooks/b.md']);
    expect(found.problems).toEqual([
      { message: "'runbooks/a.md' is there twice" },
    ]);
  });

  it('stops at a thousand documents', async () => {
    const { repository } = await open(
      Array.from({ length: 1001 }, (_, index) => [`runbooks/${index}.md`, '#']),
    );
    await expect(repository.readDocuments('runbooks')).rejects.toThrow(
      'more than 1000 documents',
    );
  });
});

describe('taking files for a run', () => {
  const shop: Entries = [
    ['runbooks/deploy.md', DEPLOY],
    ['scripts/deploy.sh', '#!/bin/bash\nsource "$(dirname "$0")/lib.sh"\n'],
    ['scripts/lib.sh', 'kubectl apply -k "$here/../overlays/prod"\n'],
    ['scripts/unused.sh', '#!/bin/bash\n'],
    ['manifests/web.yaml', 'kind: Deployment'],
    ['overlays/prod/kustomization.yaml', 'resources: [../base]'],
    ['overlays/base/web.yaml', 'kind: Service'],
  ];

  it('takes what the procedure names and what that names, and nothing else of a repository of any size', async () => {
    const { reader, repository } = await open([
      ...shop,
      ...Array.from({ length: 12_000 }, (_, index): [string, string] => [
        `src/${index}.ts`,
        'x',
      ]),
      ['assets/video.mp4', 'x'.repeat(30 * 1024 * 1024)],
    ]);
    const { files } = await snapshotOfProcedure(repository, planOf());
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'runbooks/deploy.md',
        'scripts/deploy.sh',
        'scripts/lib.sh',
        'manifests/web.yaml',
        'overlays/prod/kustomization.yaml',
      ]),
    );
    expect(paths).not.toContain('scripts/unused.sh');
    expect(reader.handedOut).not.toContain('assets/video.mp4');
    expect(reader.handedOut.filter(path => path.startsWith('src/'))).toEqual(
      [],
    );
  });

  it('has a revision that follows what is taken, and no other file', async () => {
    const revisionOf = async (entries: Entries) =>
      (await snapshotOfProcedure((await open(entries)).repository, planOf()))
        .revision;
    const first = await revisionOf(shop);
    expect(await revisionOf([...shop, ['src/x.ts', 'x']])).toBe(first);
    expect(
      await revisionOf(
        shop.map(([path, content]) => [
          path,
          path === 'scripts/lib.sh' ? `${content}# changed\n` : content,
        ]),
      ),
    ).not.toBe(first);
  });

  it('takes a folder that is named', async () => {
    const { repository, reader } = await open(shop);
    const snapshot = await snapshotOf(repository, {
      files: { folder: 'scripts' },
    });
    expect(snapshot.files.map(({ path }) => path)).toEqual([
      'scripts/deploy.sh',
      'scripts/lib.sh',
      'scripts/unused.sh',
    ]);
    expect(reader.asked).toMatchObject([
      { url: `${ROOT}/scripts` },
      { url: `${ROOT}/.gitmodules` },
    ]);
  });

  const withSubmodule = (folder: string): Entries => [
    ...shop.filter(([name]) => !name.startsWith(`${folder}/`)),
    [
      '.gitmodules',
      `[submodule "x"]\n\tpath = ${folder}\n\turl = https://x/y\n`,
    ],
  ];

  it('says with its place that what a step names lies in a submodule, whose files are missing', async () => {
    const { repository } = await open(withSubmodule('scripts'));
    const said = expect.stringContaining(
      "'scripts' is a submodule of git (.gitmodules:2), and its files are not read",
    );
    const taken = await snapshotOfProcedure(repository, planOf());
    expect(taken.notes).toContainEqual(said);
    expect(taken.files.map(({ path }) => path)).not.toContain('.gitmodules');
    const part = await snapshotOf(repository, { files: { folder: 'scripts' } });
    expect(part.notes).toEqual([said]);
  });

  it('follows a script into a submodule to say that it is one', async () => {
    const { repository } = await open(withSubmodule('overlays/prod'));
    const { notes } = await snapshotOfProcedure(repository, planOf());
    expect(notes).toEqual([
      expect.stringContaining("'overlays/prod' is a submodule of git"),
    ]);
  });

  it('says nothing of a submodule that nothing asks for', async () => {
    const { repository } = await open(withSubmodule('vendor/lib'));
    expect((await snapshotOfProcedure(repository, planOf())).notes).toEqual([]);
  });

  it('takes what is beside the document where a command does not say what it needs, unless it is too much', async () => {
    const loop = '# Apply\n\n```bash\nkubectl apply -f "$FILE"\n```\n';
    const few = await open([
      ['runbooks/deploy.md', loop],
      ['runbooks/files/a.yaml', 'a'],
    ]);
    const taken = await snapshotOfProcedure(few.repository, planOf(loop));
    expect(taken.files.map(({ path }) => path)).toContain(
      'runbooks/files/a.yaml',
    );
    const many = await open([
      ['runbooks/deploy.md', loop],
      ['runbooks/files/a.yaml', 'a'.repeat(6 * 1024 * 1024)],
    ]);
    const left = await snapshotOfProcedure(many.repository, planOf(loop));
    expect(left.files.map(({ path }) => path)).toEqual(['runbooks/deploy.md']);
    expect(left.notes).toEqual([expect.stringContaining('are not at hand')]);
  });

  it('says which script is missing and takes the rest', async () => {
    const { repository } = await open(
      shop.filter(([path]) => path !== 'scripts/deploy.sh'),
    );
    const { files, notes } = await snapshotOfProcedure(repository, planOf());
    expect(files.map(({ path }) => path)).toContain('manifests/web.yaml');
    expect(notes).toEqual([
      "'scripts/deploy.sh' is named by a step and is not in the repository",
    ]);
  });

  it.each<[string, Entries, string]>([
    [
      'holds two entries of one name',
      [
        ['manifests/web.yaml', 'approved'],
        ['manifests/web.yaml', 'swapped'],
      ],
      "'manifests/web.yaml' is there twice",
    ],
    [
      'holds names that differ by case only',
      [
        ['manifests/Web.yaml', 'approved'],
        ['manifests/web.yaml', 'swapped'],
      ],
      "'manifests/Web.yaml' and 'manifests/web.yaml' differ only by upper and lower case",
    ],
    [
      'holds names that differ by Unicode form only',
      [
        ['manifests/caf\u00e9.yaml', 'approved'],
        ['manifests/cafe\u0301.yaml', 'swapped'],
      ],
      "'manifests/caf\\u{e9}.yaml' and 'manifests/cafe\\u{301}.yaml' differ only by the Unicode form",
    ],
    [
      'leads out, wherever it does',
      [['elsewhere/../../../root/.bashrc', 'x']],
      "'elsewhere/../../../root/.bashrc' leads out of the repository",
    ],
    [
      'leads out with back slashes',
      [['elsewhere\\..\\..\\x', 'x']],
      'back slashes in its name',
    ],
    [
      'holds an absolute name',
      [['/etc/cron.d/x', 'x']],
      "'/etc/cron.d/x' is an absolute name",
    ],
    [
      'holds control characters in a name',
      [['manifests/\u001b[2Kx.yaml', 'x']],
      "'manifests/\\u{1b}[2Kx.yaml' has control characters",
    ],
    [
      'holds a file that is a folder too',
      [
        ['manifests', 'x'],
        ['manifests/web.yaml', 'x'],
      ],
      "'manifests' is a file, and 'manifests/web.yaml' would need it to be a folder",
    ],
  ])('refuses an archive that %s', async (_, entries, message) => {
    const { repository } = await open([
      ['runbooks/deploy.md', DEPLOY],
      ...entries,
    ]);
    await expect(snapshotOfProcedure(repository, planOf())).rejects.toThrow(
      message,
    );
  });

  it('refuses a huge file that is asked for, without reading it', async () => {
    const { repository, reader } = await open([
      ['runbooks/deploy.md', DEPLOY],
      ['manifests/huge.yaml', 'x'.repeat(21 * 1024 * 1024)],
    ]);
    await expect(snapshotOfProcedure(repository, planOf())).rejects.toThrow(
      'more than 10000 files or 20971520 bytes',
    );
    expect(reader.handedOut).not.toContain('manifests/huge.yaml');
  });

  it('refuses more files than may be taken', async () => {
    const { repository } = await open(
      Array.from({ length: 10_001 }, (_, index) => [
        `manifests/${index}.yaml`,
        '',
      ]),
    );
    await expect(snapshotOfProcedure(repository, planOf())).rejects.toThrow(
      'more than 10000 files',
    );
  });

  it('takes all files of one revision, also where the repository changes while it is read', async () => {
    const { repository, reader } = await open(shop);
    let reads = 0;
    reader.beforeTree = () => {
      reads++;
      if (reads !== 2) return;
      reader.put(ROOT, 'second', [
        ...shop.filter(([path]) => path !== 'scripts/lib.sh'),
        ['scripts/lib.sh', '# second\n'],
        ['scripts/only-second', 'x'],
      ]);
    };
    const { files } = await snapshotOfProcedure(repository, planOf());
    expect(
      files.find(({ path }) => path === 'scripts/lib.sh')?.content.toString(),
    ).toBe('# second\n');
    expect(reads).toBeGreaterThan(2);
  });

  it('gives up where the repository changes at every reading', async () => {
    const { repository, reader } = await open(shop);
    let reads = 0;
    reader.beforeTree = () => reader.put(ROOT, `${reads++}`, shop);
    await expect(snapshotOfProcedure(repository, planOf())).rejects.toThrow(
      'changed while it was read',
    );
  });

  it('names at least one file for the procedure of these tests', () => {
    expect(filesNamedBy(procedure()).selection.trees).toContain(
      'scripts/deploy.sh',
    );
  });
});
