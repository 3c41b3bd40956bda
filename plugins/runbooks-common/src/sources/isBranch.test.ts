import { isBranch } from './isBranch';

function branch(ref: string | undefined, type = 'github'): boolean {
  return isBranch({
    host: { type, basePath: '' },
    origin: 'https://git.example.com',
    repository: ['acme', 'shop'],
    path: '',
    ...(ref === undefined ? {} : { ref }),
  });
}

describe('a branch of a repository', () => {
  it.each<[string | undefined, string]>([
    [undefined, 'github'],
    ['main', 'github'],
    ['release-1.2', 'github'],
    ['feature/new_thing', 'github'],
    ['branch/main', 'gitea'],
    ['GBmain', 'azure'],
    ['main', 'bitbucketServer'],
  ])('is meant by %s of %s', (ref, type) => {
    expect(branch(ref, type)).toBe(true);
  });

  it.each<[string, string]>([
    ['0123456789abcdef0123456789abcdef01234567', 'github'],
    ['0123456', 'github'],
    ['abcd', 'github'],
    ['v1.2-3-g0123456', 'github'],
    ['refs/pull/1/head', 'github'],
    ['refs/heads/main', 'github'],
    ['pull/1/head', 'github'],
    ['Pull/1/merge', 'github'],
    ['merge-requests/1/head', 'gitlab'],
    ['refs/pull-requests/1/from', 'bitbucketServer'],
    ['commit/0123456789', 'gitea'],
    ['tag/v1', 'gitea'],
    ['main', 'gitea'],
    ['branch/0123456789', 'gitea'],
    ['GTv1', 'azure'],
    ['GBrefs/pull/1/merge', 'azure'],
    ['HEAD', 'github'],
    ['FETCH_HEAD', 'github'],
    ['main~1', 'github'],
    ['main^2', 'github'],
    ['main@{1}', 'github'],
    ['@', 'github'],
    [':/fix', 'github'],
    ['a..b', 'github'],
    ['-main', 'github'],
    ['', 'github'],
    ['main/', 'github'],
  ])('is not believed of %s of %s', (ref, type) => {
    expect(branch(ref, type)).toBe(false);
  });
});
