import type * as Common from '@backstage-runbooks/plugin-runbooks-common';
import {
  decideSource,
  findNameProblems,
} from '@backstage-runbooks/plugin-runbooks-common';
import { snapshotOf } from './snapshotOf';
import { RepositoryRefReader } from './RepositoryRefReader';
import { cardFrom, sourcesBench } from './__testUtils__/sources';
import { unguardedRead } from './__testUtils__/unguardedRead';

jest.mock('@backstage-runbooks/plugin-runbooks-common', () => {
  const actual: typeof Common = jest.requireActual(
    '@backstage-runbooks/plugin-runbooks-common',
  );
  return {
    ...actual,
    decideSource: jest.fn(actual.decideSource),
    findNameProblems: jest.fn(actual.findNameProblems),
  };
});

const actual: typeof Common = jest.requireActual(
  '@backstage-runbooks/plugin-runbooks-common',
);

const OWN_ROOT = 'https://gitlab.example.com/shop/web/-/blob/main';
const VAULT = 'https://gitlab.example.com/security/vault/-/blob/main';
const ALIKE = 'https://gitlab.example.com/shop/web-private/-/blob/main';
const NEXT = 'https://gitlab.example.com/shop/web/-/blob/next';
const SECRET = 'what only the other team may read';

function bench() {
  const made = sourcesBench();
  for (const root of [VAULT, ALIKE, NEXT]) {
    made.reader.put(root, '1', [
      ['runbooks/secret.md', SECRET],
      ['on-call.yaml', SECRET],
    ]);
  }
  return made;
}

/** What a card gets to read by a reference. */
async function read(
  { repositories }: ReturnType<typeof bench>,
  ref: string,
  annotations: Record<string, string> = {},
): Promise<string[]> {
  const card = cardFrom(`url:${OWN_ROOT}/catalog-info.yaml`, annotations);
  const place = await repositories.resolve(card, ref);
  const found = await place.repository.readDocuments(place.path);
  return found.documents.map(({ text }) => text);
}

afterEach(() => {
  jest.mocked(decideSource).mockImplementation(actual.decideSource);
  jest.mocked(findNameProblems).mockImplementation(actual.findNameProblems);
});

describe('reading with the portal’s rights what the author of a card may not read', () => {
  it.each([
    ['another repository by its address', `url:${VAULT}/runbooks/`],
    ['a repository whose name begins alike', `url:${ALIKE}/runbooks/`],
    ['another branch', `url:${NEXT}/runbooks/`],
  ])('succeeds without the decision and fails with it: %s', async (_, ref) => {
    jest.mocked(decideSource).mockReturnValue({ kind: 'own' });
    expect(await read(bench(), ref)).toEqual([SECRET]);
    jest.mocked(decideSource).mockImplementation(actual.decideSource);
    const guarded = bench();
    await expect(read(guarded, ref)).rejects.toThrow('may not be read');
    expect(guarded.reader.asked).toEqual([]);
  });

  it('succeeds where the author’s own annotation is believed and fails where it is not: source-location', async () => {
    const annotations = {
      'backstage.io/source-location': `url:${VAULT}/`,
    };
    jest.mocked(decideSource).mockImplementation(options =>
      actual.decideSource({
        ...options,
        own: { ...options.asked, repository: ['security', 'vault'] },
      }),
    );
    expect(await read(bench(), `url:${VAULT}/runbooks/`, annotations)).toEqual([
      SECRET,
    ]);
    jest.mocked(decideSource).mockImplementation(actual.decideSource);
    await expect(
      read(bench(), `url:${VAULT}/runbooks/`, annotations),
    ).rejects.toThrow('may not be read');
  });

  it('succeeds without the decision and fails with it: an on-call file', async () => {
    const readOnCall = (made: ReturnType<typeof bench>) =>
      new RepositoryRefReader(made).readRef(
        cardFrom(`url:${OWN_ROOT}/org.yaml`, {}, { kind: 'Group' }),
        `url:${VAULT}/on-call.yaml`,
      );
    jest.mocked(decideSource).mockReturnValue({ kind: 'own' });
    expect((await readOnCall(bench())).text).toBe(SECRET);
    jest.mocked(decideSource).mockImplementation(actual.decideSource);
    await expect(readOnCall(bench())).rejects.toThrow('may not be read');
  });

  it.each([
    ['leading up', 'dir:../../../../../security/vault/-/blob/main/runbooks'],
    [
      'leading up, encoded',
      'dir:%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/security/vault/-/blob/main/runbooks',
    ],
    ['an address behind dir:', `dir:${VAULT}/runbooks`],
    [
      'back slashes',
      'dir:\\\\gitlab.example.com\\security\\vault\\-\\blob\\main\\runbooks',
    ],
    [
      'an address that leads up',
      `url:${OWN_ROOT}/../../../../../security/vault/-/blob/main/runbooks`,
    ],
  ])(
    'succeeds where references are resolved as addresses and fails where they are read as plain paths: %s',
    async (_, ref) => {
      const open = bench();
      expect(
        await unguardedRead(open.reader, `${OWN_ROOT}/catalog-info.yaml`, ref),
      ).toContain(SECRET);
      const guarded = bench();
      await expect(read(guarded, ref)).rejects.toThrow();
      expect(guarded.reader.asked).toEqual([]);
    },
  );
});

describe('running another file than the one that was approved', () => {
  it.each([
    ['two entries of one name', 'ops/x.sh', 'ops/x.sh'],
    ['names that differ by case', 'ops/X.sh', 'ops/x.sh'],
    ['names that differ by Unicode form', 'ops/\u00e9.sh', 'ops/e\u0301.sh'],
  ])(
    'reaches the plan where names are not judged and is refused where they are: %s',
    async (_, first, second) => {
      const made = bench();
      made.reader.put(OWN_ROOT, '1', [
        [first, '#!/bin/bash\necho approved'],
        [second, '#!/bin/bash\necho swapped'],
      ]);
      const { repository } = await made.repositories.resolve(
        cardFrom(`url:${OWN_ROOT}/catalog-info.yaml`),
        'dir:.',
      );
      const take = () => snapshotOf(repository, { files: { folder: 'ops' } });
      await expect(take()).rejects.toThrow('cannot be taken as it is');
      jest.mocked(findNameProblems).mockReturnValue([]);
      made.clock.now = 61_000;
      expect((await take()).files).toHaveLength(2);
    },
  );
});
