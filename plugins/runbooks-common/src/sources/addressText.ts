import type { RepositoryAddress } from './repositoryAddress';

/** What the host calls the newest commit of the default branch. */
const DEFAULT_REF = 'HEAD';

/**
 * The address of a file or folder as its host and the portal's reader understand it, made anew from its parts: what
 * was judged is what is asked for.
 *
 * @public
 */
export function addressText(
  address: RepositoryAddress,
  path: string = address.path,
): string {
  const { host, repository, ref } = address;
  const below = path === '' ? [] : path.split('/');
  switch (host.type) {
    case 'gitlab':
      return join(address, [
        ...repository,
        '-',
        'blob',
        ref ?? DEFAULT_REF,
        ...below,
      ]);
    case 'bitbucketCloud':
      return join(address, [
        ...repository,
        'src',
        ref ?? DEFAULT_REF,
        ...below,
      ]);
    case 'gitea':
      return join(address, [
        ...repository,
        'src',
        ...(ref ?? `branch/${DEFAULT_REF}`).split('/'),
        ...below,
      ]);
    case 'bitbucketServer':
      return withQuery(join(address, [...repository, 'browse', ...below]), {
        at: ref,
      });
    case 'azure':
      return withQuery(join(address, repository), {
        path: `/${path}`,
        version: ref,
      });
    default:
      return join(address, [
        ...repository,
        'blob',
        ref ?? DEFAULT_REF,
        ...below,
      ]);
  }
}

/**
 * The repository alone, for people and for the setting that allows it.
 *
 * @public
 */
export function repositoryText(address: RepositoryAddress): string {
  return `${join(address, address.repository)}/`;
}

function join({ origin, host }: RepositoryAddress, segments: string[]): string {
  const base = host.basePath.split('/').filter(one => one !== '');
  return [origin, ...[...base, ...segments].map(encodeURIComponent)].join('/');
}

function withQuery(
  url: string,
  query: Record<string, string | undefined>,
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? url : `${url}?${given.join('&')}`;
}
