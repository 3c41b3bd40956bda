import type { RepositoryAddress } from './repositoryAddress';

/** How hosts mark a branch where they tell it from tags and commits. */
const MARKS: Readonly<Record<string, string>> = {
  gitea: 'branch/',
  azure: 'GB',
};

const PART = /^[A-Za-z0-9_][\w.+-]*$/;

/** Where hosts and git keep what is no branch of the repository itself: requests from forks, other remotes. */
const NO_BRANCH =
  /^(?:refs|heads|tags|remotes|pull|pulls|pull-requests|pullrequests|merge-requests|merge_requests|keep-around|environments|changes|for|commit)$/i;

/** Any part of a commit's id, as git shortens it, alone or as `git describe` writes it. */
const COMMIT = /^(?:.*-g)?[0-9a-f]{4,64}$/i;

/**
 * Whether an address means a branch of its repository, or its default one: a name that git can take for nothing else.
 *
 * Hosts serve commits of forks, and requests to merge them, under the name of the repository; who allowed a repository
 * did not mean its forks. A branch with another name than this must be allowed by name.
 */
export function isBranch({ host, ref }: RepositoryAddress): boolean {
  if (ref === undefined) return true;
  const mark = MARKS[host.type] ?? '';
  if (!ref.startsWith(mark)) return false;
  const name = ref.slice(mark.length);
  const parts = name.split('/');
  return (
    parts.every(part => PART.test(part) && !/\.lock$|\.\.|\.$/.test(part)) &&
    !NO_BRANCH.test(parts[0]) &&
    !COMMIT.test(name) &&
    !/(?:^|_)HEAD$/.test(name)
  );
}
