import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { RepositoryRefReader } from './RepositoryRefReader';
import { SourceRules } from './SourceRules';
import { cardFrom, sourcesBench } from './__testUtils__/sources';

const OWN =
  'url:https://gitlab.example.com/shop/web/-/blob/main/catalog-info.yaml';
const OWN_ROOT = 'https://gitlab.example.com/shop/web/-/blob/main';
const VAULT = 'https://gitlab.example.com/security/vault/-/blob/main';

/** The message with which a reference is refused; it must have been refused before anything was fetched. */
async function refusal(
  ref: string,
  options: { annotations?: Record<string, string>; location?: string } = {},
): Promise<string> {
  const { reader, repositories } = sourcesBench();
  reader.put(VAULT, '1', [['runbooks/secret.md', 'the other team’s secret']]);
  reader.put(OWN_ROOT, '1', [['runbooks/own.md', 'own']]);
  const card = cardFrom(options.location ?? OWN, options.annotations);
  try {
    const place = await repositories.resolve(card, ref);
    await place.repository.readDocuments(place.path);
  } catch (error) {
    expect(reader.asked).toEqual([]);
    return (error as Error).message;
  }
  throw new Error(`'${ref}' was read: ${JSON.stringify(reader.handedOut)}`);
}

describe('a card that asks for what is not its own', () => {
  it.each([
    ['another team’s repository by its address', `url:${VAULT}/runbooks/`],
    ['one file of it', `url:${VAULT}/runbooks/secret.md`],
    [
      'another repository by leading up',
      'dir:../../../../../security/vault/-/blob/main/runbooks',
    ],
    [
      'the same, encoded',
      'dir:%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/security/vault/-/blob/main/runbooks',
    ],
    [
      'the same with encoded slashes',
      'dir:..%2f..%2f..%2f..%2f..%2fsecurity%2fvault/-/blob/main/runbooks',
    ],
    ['an address behind dir:', `dir:${VAULT}/runbooks`],
    [
      'an address without a scheme',
      'dir://gitlab.example.com/security/vault/-/blob/main/runbooks',
    ],
    [
      'a repository whose name begins alike',
      'url:https://gitlab.example.com/shop/web-private/-/blob/main/runbooks/',
    ],
    [
      'a group whose name begins alike',
      'url:https://gitlab.example.com/shop/web/inner/-/blob/main/runbooks/',
    ],
    [
      'another branch of its own repository',
      'url:https://gitlab.example.com/shop/web/-/blob/next/runbooks/',
    ],
    [
      'its own repository in capitals',
      'url:https://gitlab.example.com/Shop/Web/-/blob/main/runbooks/',
    ],
    [
      'a host hidden behind a user name',
      'url:https://gitlab.example.com@evil.example/shop/web/-/blob/main/runbooks/',
    ],
    [
      'a user name of its own',
      'url:https://me:token@gitlab.example.com/shop/web/-/blob/main/runbooks/',
    ],
    [
      'a host that is no source host',
      'url:http://169.254.169.254/latest/meta-data/',
    ],
    ['a file of the backend', 'url:file:///etc/passwd'],
  ])('gets nothing: %s', async (_, ref) => {
    expect(await refusal(ref)).not.toBe('');
  });

  it.each([
    'backstage.io/source-location',
    'backstage.io/managed-by-origin-location',
    'backstage.io/view-url',
  ])('gets nothing by writing %s into itself', async annotation => {
    expect(
      await refusal(`url:${VAULT}/runbooks/`, {
        annotations: { [annotation]: `url:${VAULT}/catalog-info.yaml` },
      }),
    ).toContain('may not be read for component:default/shop');
  });

  it('gets nothing where it comes from no repository', async () => {
    expect(
      await refusal(`url:${VAULT}/runbooks/`, {
        location: 'url:https://gitlab.example.com/groups/shop',
      }),
    ).toContain('The entity comes from no repository');
  });

  it('is told what it asks for, what it may read and which setting allows more', async () => {
    expect(await refusal(`url:${VAULT}/runbooks/`)).toBe(
      "This may not be read for component:default/shop. It asks for https://gitlab.example.com/security/vault/ (main). The entity comes from https://gitlab.example.com/shop/web/ (main), and no other place is allowed for it. An operator can allow it: runbooks.sources.allow: [{ location: 'https://gitlab.example.com/security/vault/' }]",
    );
  });

  it('gets no on-call file either', async () => {
    const { reader, repositories } = sourcesBench();
    reader.put(VAULT, '1', [['on-call.yaml', 'secret']]);
    const refs = new RepositoryRefReader({ repositories });
    await expect(
      refs.readRef(cardFrom(OWN), `url:${VAULT}/on-call.yaml`),
    ).rejects.toThrow('may not be read for');
    expect(reader.asked).toEqual([]);
  });

  it('gets what lies in its own repository, also above its own folder', async () => {
    const { reader, repositories } = sourcesBench();
    reader.put(OWN_ROOT, '1', [
      ['docs/runbooks/a.md', '# A'],
      ['on-call.yaml', 'version: 1'],
    ]);
    const card = cardFrom(
      'url:https://gitlab.example.com/shop/web/-/blob/main/services/web/catalog-info.yaml',
    );
    const place = await repositories.resolve(card, 'dir:../../docs/runbooks');
    expect(await place.repository.readDocuments(place.path)).toEqual({
      documents: [{ path: 'docs/runbooks/a.md', text: '# A' }],
      problems: [],
    });
    const refs = new RepositoryRefReader({ repositories });
    expect(await refs.readRef(card, `url:${OWN_ROOT}/on-call.yaml`)).toEqual({
      path: 'on-call.yaml',
      text: 'version: 1',
    });
  });
});

describe('what an operator allows', () => {
  it('may be read for the entities that the filter names, and for no others', async () => {
    const { reader, repositories } = sourcesBench({
      allow: [
        {
          location: 'https://gitlab.example.com/security/vault/',
          entities: { kind: 'Group' },
        },
      ],
    });
    reader.put(VAULT, '1', [['runbooks/secret.md', '# Shared']]);
    const place = await repositories.resolve(
      cardFrom(OWN, {}, { kind: 'Group' }),
      `url:${VAULT}/runbooks/`,
    );
    expect(
      (await place.repository.readDocuments(place.path)).documents,
    ).toHaveLength(1);
    await expect(
      repositories.resolve(cardFrom(OWN), `url:${VAULT}/runbooks/`),
    ).rejects.toThrow('may not be read for');
  });

  it.each<[object, string]>([
    [
      { location: 'https://nowhere.example/x/y/' },
      "The configuration has 'https://nowhere.example/x/y/' as 'runbooks.sources.allow[0].location'; expected an address on a host that 'integrations' names, or 'file:' and a folder",
    ],
    [
      { location: 'https://github.com/acme/../vault/' },
      "The configuration has 'https://github.com/acme/../vault/' as 'runbooks.sources.allow[0].location'",
    ],
    [
      { location: 'https://github.com/acme/vault/', entity: { kind: 'Group' } },
      "The configuration has 'entity' in 'runbooks.sources.allow[0]'; expected 'location' and 'entities'",
    ],
    [
      { location: 'https://github.com/acme/vault/', entities: { $some: 1 } },
      `The configuration has {"$some":1} as 'runbooks.sources.allow[0].entities'; expected a filter`,
    ],
  ])('is refused at the start where it is wrong: %j', (rule, message) => {
    expect(() =>
      SourceRules.fromConfig(
        mockServices.rootConfig({
          data: { runbooks: { sources: { allow: [rule] } } } as never,
        }),
        ScmIntegrations.fromConfig(new ConfigReader({})),
      ),
    ).toThrow(message);
  });
});

describe('a card that lies on the backend’s disk', () => {
  const disk = createMockDirectory();

  beforeEach(() => {
    disk.setContent({
      'a/catalog-info.yaml': '',
      'a/runbooks/own.md': '# Own',
      'b/catalog-info.yaml': '',
      'b/runbooks/other.md': '# Other',
      'ab/runbooks/alike.md': '# Alike',
    });
  });

  const card = () => cardFrom(`file:${disk.resolve('a/catalog-info.yaml')}`);

  it('may read its own folder', async () => {
    const { repositories } = sourcesBench({ localRoots: [disk.path] });
    const place = await repositories.resolve(card(), 'dir:./runbooks');
    expect(
      (await place.repository.readDocuments(place.path)).documents,
    ).toEqual([{ path: 'runbooks/own.md', text: '# Own' }]);
  });

  it.each([
    'dir:../b/runbooks',
    'dir:./../ab/runbooks',
    'file:../b/runbooks/other.md',
  ])('may not read the folder beside its own: %s', async ref => {
    const { repositories } = sourcesBench({ localRoots: [disk.path] });
    const problem = await repositories.resolve(card(), ref).catch(String);
    expect(problem).toContain(
      "leads out of the folder where its catalog file lies. An operator can allow that folder: runbooks.sources.allow: [{ location: 'file:FOLDER' }]",
    );
    expect(problem).not.toContain(disk.path);
  });

  it('may not read an absolute path', async () => {
    const { repositories } = sourcesBench({ localRoots: [disk.path] });
    await expect(
      repositories.resolve(card(), `dir:${disk.resolve('b/runbooks')}`),
    ).rejects.toThrow('leads out of');
    await expect(
      repositories.resolve(card(), 'file:/etc/passwd'),
    ).rejects.toThrow('leads out of');
  });

  it('may read a folder beside its own that the operator allowed, and only below the roots', async () => {
    const allow = [{ location: `file:${disk.resolve('b')}` }];
    const { repositories } = sourcesBench({ allow, localRoots: [disk.path] });
    const place = await repositories.resolve(card(), 'dir:../b/runbooks');
    expect(
      (await place.repository.readDocuments(place.path)).documents,
    ).toEqual([{ path: 'runbooks/other.md', text: '# Other' }]);
    await expect(
      repositories.resolve(card(), 'dir:../ab/runbooks'),
    ).rejects.toThrow('leads out of');
    const elsewhere = sourcesBench({ allow, localRoots: [disk.resolve('a')] });
    await expect(
      elsewhere.repositories.resolve(card(), 'dir:../b/runbooks'),
    ).rejects.toThrow('is not below one of runbooks.sources.localRoots');
  });
});
