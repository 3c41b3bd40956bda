import {
  plainAddress,
  readRepositoryAddress,
  type RepositoryAddress,
  type SourceHost,
} from './repositoryAddress';

/**
 * What an operator lets documents be read from: one repository or a part of it, or all repositories of an owner.
 *
 * @public
 */
export type AllowedLocation =
  | { kind: 'place'; location: string; address: RepositoryAddress }
  | { kind: 'owner'; location: string; origin: string; segments: string[] };

/**
 * Reads a location of `runbooks.sources.allow`: `https://github.com/acme/runbooks/`, a folder of one branch such as
 * `https://github.com/acme/runbooks/tree/main/shared`, or `https://github.com/acme/*` for all repositories of an owner.
 *
 * @public
 */
export function readAllowedLocation(
  location: string,
  host: SourceHost,
): { allowed: AllowedLocation } | { problem: string } {
  if (!location.endsWith('/*')) {
    const read = readRepositoryAddress(location, host);
    return 'problem' in read
      ? read
      : { allowed: { kind: 'place', location, address: read.address } };
  }
  const parts = plainAddress(location.slice(0, -2));
  const base = host.basePath.split('/').filter(one => one !== '');
  const segments = parts?.segments.slice(base.length) ?? [];
  if (
    !parts ||
    segments.length === 0 ||
    base.some((one, index) => parts.segments[index] !== one)
  ) {
    return {
      problem: `'${location}' names no owner of repositories; expected one like 'https://github.com/acme/*'`,
    };
  }
  return {
    allowed: { kind: 'owner', location, origin: parts.origin, segments },
  };
}
