import { addressText } from './addressText';
import { readAllowedLocation, type AllowedLocation } from './allowedLocation';
import { decideSource } from './decideSource';
import {
  readRepositoryAddress,
  type RepositoryAddress,
  type SourceHost,
} from './repositoryAddress';
import { readSourceReference } from './sourceReference';

const GITHUB: SourceHost = { type: 'github', basePath: '' };
const HOSTS: Record<string, SourceHost> = {
  'github.com': GITHUB,
  'gitlab.example.com': { type: 'gitlab', basePath: '/git' },
  'bitbucket.org': { type: 'bitbucketCloud', basePath: '' },
  'bitbucket.example.com': { type: 'bitbucketServer', basePath: '' },
  'dev.azure.com': { type: 'azure', basePath: '' },
  'gitea.example.com': { type: 'gitea', basePath: '' },
};

const OWN = 'https://github.com/acme/shop/blob/main/catalog-info.yaml';

function address(url: string): RepositoryAddress | undefined {
  const host = HOSTS[new URL(url).host] ?? GITHUB;
  const read = readRepositoryAddress(url, host);
  return 'address' in read ? read.address : undefined;
}

function allow(...locations: string[]): AllowedLocation[] {
  return locations.map(location => {
    const read = readAllowedLocation(
      location,
      HOSTS[new URL(location).host] ?? GITHUB,
    );
    if ('problem' in read) throw new Error(read.problem);
    return read.allowed;
  });
}

/** 'unreadable' where the address itself is refused. */
function decided(
  asked: string,
  allowed: AllowedLocation[] = [],
  own = OWN,
): string {
  const at = address(asked);
  if (!at) return 'unreadable';
  return decideSource({ asked: at, own: address(own), allowed }).kind;
}

describe('what a document may be read from', () => {
  it.each([
    'https://github.com/acme/shop/blob/main/runbooks/x.md',
    'https://github.com/acme/shop/tree/main/runbooks',
    'https://GITHUB.com/acme/shop/tree/main/runbooks/',
    'https://github.com/acme/shop/blob/main/my%20runbooks/x.md#L10',
  ])('is the repository and branch that the entity came from: %s', asked => {
    expect(decided(asked)).toBe('own');
  });

  it.each([
    ['another repository', 'https://github.com/acme/vault/blob/main/x.md'],
    [
      'a name that begins alike',
      'https://github.com/acme/shop-private/blob/main/x.md',
    ],
    [
      'an owner that begins alike',
      'https://github.com/acme-corp/shop/blob/main/x.md',
    ],
    ['another branch', 'https://github.com/acme/shop/blob/main2/x.md'],
    ['the default branch', 'https://github.com/acme/shop'],
    [
      'a commit, which may be a fork’s',
      'https://github.com/acme/shop/blob/0123456789abcdef0123456789abcdef01234567/x.md',
    ],
    ['another case of the name', 'https://github.com/ACME/shop/blob/main/x.md'],
    [
      'another case of the branch',
      'https://github.com/acme/shop/blob/Main/x.md',
    ],
    [
      'another host',
      'https://github.com.evil.example/acme/shop/blob/main/x.md',
    ],
    ['another port', 'https://github.com:8443/acme/shop/blob/main/x.md'],
    ['another scheme', 'http://github.com/acme/shop/blob/main/x.md'],
  ])('is not %s', (_, asked) => {
    expect(decided(asked)).toBe('refused');
  });

  it.each([
    'https://github.com/acme/shop/blob/main/../../../vault/blob/main/x.md',
    'https://github.com/acme/shop/blob/main/%2e%2e/%2E%2E/x.md',
    'https://github.com/acme/shop/blob/main/..%2f..%2fx.md',
    'https://github.com/acme/shop/blob/main/%252e%252e/x.md',
    'https://github.com/acme%2fvault/x/blob/main/x.md',
    'https://github.com/acme/shop/blob/main/a%00b.md',
    'https://github.com/acme/shop/blob/main//x.md',
    'https://github.com\\@evil.example/acme/shop/blob/main/x.md',
    'https://github.com@evil.example/acme/shop/blob/main/x.md',
    'https://token:x@github.com/acme/shop/blob/main/x.md',
    'https://@github.com/acme/shop/blob/main/x.md',
    'https://github.com/acme/shop/blob/ma\tin/x.md',
    'https://github.com/acme/shop/pull/1/files',
    'file:///etc/passwd',
  ])('is never an address that could mean another: %s', asked => {
    expect(decided(asked)).toBe('unreadable');
  });

  it('is nothing without a repository of its own and an allowed one', () => {
    expect(
      decided(
        'https://github.com/acme/shop/blob/main/x.md',
        [],
        'https://github.com/orgs/acme/teams/shop',
      ),
    ).toBe('refused');
  });

  it.each<[string, string, string]>([
    [
      'https://github.com/acme/runbooks/',
      'https://github.com/acme/runbooks/tree/main/shop',
      'allowed',
    ],
    [
      'https://github.com/acme/runbooks/',
      'https://github.com/acme/runbooks/tree/other/shop',
      'allowed',
    ],
    [
      'https://github.com/acme/runbooks/',
      'https://github.com/acme/runbooks/tree/0123456789ab/shop',
      'refused',
    ],
    [
      'https://github.com/acme/runbooks/',
      'https://github.com/acme/runbooks-private/tree/main/shop',
      'refused',
    ],
    [
      'https://github.com/acme/runbooks/tree/main/shared',
      'https://github.com/acme/runbooks/blob/main/shared/x.md',
      'allowed',
    ],
    [
      'https://github.com/acme/runbooks/tree/main/shared',
      'https://github.com/acme/runbooks/blob/main/shared2/x.md',
      'refused',
    ],
    [
      'https://github.com/acme/runbooks/tree/main/shared',
      'https://github.com/acme/runbooks/blob/dev/shared/x.md',
      'refused',
    ],
    [
      'https://github.com/acme/*',
      'https://github.com/acme/anything/blob/main/x.md',
      'allowed',
    ],
    [
      'https://github.com/acme/*',
      'https://github.com/acme2/anything/blob/main/x.md',
      'refused',
    ],
    [
      'https://gitlab.example.com/git/acme/*',
      'https://gitlab.example.com/git/acme/ops/books/-/blob/main/x.md',
      'allowed',
    ],
    [
      'https://gitlab.example.com/git/acme/ops',
      'https://gitlab.example.com/git/acme/ops/books/-/blob/main/x.md',
      'refused',
    ],
  ])('where %s is allowed, %s is %s', (location, asked, expected) => {
    expect(decided(asked, allow(location))).toBe(expected);
  });

  it('says what is asked for, what is allowed and which setting allows it', () => {
    expect(
      decideSource({
        asked: address('https://github.com/acme/vault/blob/main/x.md')!,
        own: address(OWN),
        allowed: allow('https://github.com/acme/runbooks/'),
      }),
    ).toEqual({
      kind: 'refused',
      because:
        "It asks for https://github.com/acme/vault/ (main). The entity comes from https://github.com/acme/shop/ (main), and besides that only https://github.com/acme/runbooks/ is allowed for it. An operator can allow it: runbooks.sources.allow: [{ location: 'https://github.com/acme/vault/' }]",
    });
  });
});

describe('the address of a repository', () => {
  it.each([
    [
      'https://github.com/acme/shop/tree/main/a%20b/x.md',
      'https://github.com/acme/shop/blob/main/a%20b/x.md',
    ],
    ['https://github.com/acme/shop', 'https://github.com/acme/shop/blob/HEAD'],
    [
      'https://gitlab.example.com/git/a/b/c/-/tree/main/x',
      'https://gitlab.example.com/git/a/b/c/-/blob/main/x',
    ],
    [
      'https://gitlab.example.com/git/a/b/blob/main/x',
      'https://gitlab.example.com/git/a/b/-/blob/main/x',
    ],
    [
      'https://bitbucket.org/acme/shop/src/main/x',
      'https://bitbucket.org/acme/shop/src/main/x',
    ],
    [
      'https://bitbucket.example.com/projects/OPS/repos/shop/browse/x?at=refs/heads/main',
      'https://bitbucket.example.com/projects/OPS/repos/shop/browse/x?at=main',
    ],
    [
      'https://dev.azure.com/acme/ops/_git/shop?path=/a/x.md&version=GBmain',
      'https://dev.azure.com/acme/ops/_git/shop?path=%2Fa%2Fx.md&version=GBmain',
    ],
    [
      'https://gitea.example.com/acme/shop/src/branch/main/x',
      'https://gitea.example.com/acme/shop/src/branch/main/x',
    ],
  ])('%s is asked for as %s', (written, asked) => {
    expect(addressText(address(written)!)).toBe(asked);
  });

  it.each([
    'https://dev.azure.com/acme/ops/_git/shop?path=/../x.md&version=GBmain',
    'https://dev.azure.com/acme/ops/_git/shop?path=/a.md&path=/b.md',
    'https://dev.azure.com/acme/ops/_git/shop?path=/a.md&version=GC0123',
    'https://bitbucket.example.com/projects/OPS/repos/shop/browse/x?at=a&at=b',
    'https://gitlab.example.com/other/a/b/-/tree/main/x',
  ])('%s is refused', written => {
    expect(address(written)).toBeUndefined();
  });
});

describe('a reference beside the catalog file', () => {
  it.each([
    'dir:https://github.com/acme/vault/tree/main',
    'file:file:///etc/passwd',
    'dir:..%2f..%2fvault',
    'dir:%2e%2e/vault',
    'dir:..\\vault',
    'dir://evil.example/x',
    'dir:a//b',
    'file:a%2500.md',
    'file:x.md?at=other',
    'git:x',
    'dir:',
  ])('is a plain path; %s is not', text => {
    expect(readSourceReference(text)).toEqual({ problem: expect.any(String) });
  });

  it('may lead up and may start from the root', () => {
    expect(readSourceReference('dir:../docs/runbooks/')).toEqual({
      reference: {
        kind: 'beside',
        what: 'dir',
        fromRoot: false,
        segments: ['..', 'docs', 'runbooks'],
      },
    });
    expect(readSourceReference('file:/docs/my%20x.md')).toMatchObject({
      reference: { fromRoot: true, segments: ['docs', 'my x.md'] },
    });
  });
});
