import { repositoryText } from './addressText';
import type { AllowedLocation } from './allowedLocation';
import { isBranch } from './isBranch';
import type { RepositoryAddress } from './repositoryAddress';

/**
 * Whether something may be read for an entity with the portal's rights, and why.
 *
 * @public
 */
export type SourceDecision =
  | { kind: 'own' }
  | { kind: 'allowed'; location: string }
  | { kind: 'refused'; because: string };

/**
 * Decides whether an address may be read for an entity: it lies in the repository and on the branch that the entity
 * itself came from, or a location that the operator allowed for this entity covers it. Parts are compared with parts,
 * never a text with the beginning of another.
 *
 * @param own - Where the catalog read the entity; undefined where that is no repository.
 * @param allowed - Only those locations whose filter matches the entity.
 * @public
 */
export function decideSource(options: {
  asked: RepositoryAddress;
  own: RepositoryAddress | undefined;
  allowed: AllowedLocation[];
}): SourceDecision {
  const { asked, own, allowed } = options;
  if (own && isSameRepository(own, asked) && own.ref === asked.ref) {
    return { kind: 'own' };
  }
  const found = allowed.find(one => covers(one, asked));
  if (found) return { kind: 'allowed', location: found.location };
  return {
    kind: 'refused',
    because: `It asks for ${words(asked)}. ${
      own
        ? `The entity comes from ${words(own)}`
        : 'The entity comes from no repository'
    }, and ${
      allowed.length === 0
        ? 'no other place is allowed for it'
        : `besides that only ${allowed
            .map(({ location }) => location)
            .join(', ')} is allowed for it`
    }. An operator can allow it: runbooks.sources.allow: [{ location: '${repositoryText(
      asked,
    )}' }]`,
  };
}

function covers(allowed: AllowedLocation, asked: RepositoryAddress): boolean {
  if (allowed.kind === 'owner') {
    return (
      allowed.origin === asked.origin &&
      allowed.segments.length < asked.repository.length &&
      startsWith(asked.repository, allowed.segments) &&
      isBranch(asked)
    );
  }
  const { address } = allowed;
  if (!isSameRepository(address, asked)) return false;
  if (address.ref === undefined) return isBranch(asked);
  return (
    address.ref === asked.ref &&
    startsWith(segmentsOf(asked.path), segmentsOf(address.path))
  );
}

function isSameRepository(
  one: RepositoryAddress,
  other: RepositoryAddress,
): boolean {
  return (
    one.origin === other.origin &&
    one.host.type === other.host.type &&
    one.repository.length === other.repository.length &&
    startsWith(one.repository, other.repository)
  );
}

function startsWith(segments: string[], beginning: string[]): boolean {
  return (
    beginning.length <= segments.length &&
    beginning.every((one, index) => segments[index] === one)
  );
}

function segmentsOf(path: string): string[] {
  return path === '' ? [] : path.split('/');
}

function words(address: RepositoryAddress): string {
  return address.ref === undefined
    ? repositoryText(address)
    : `${repositoryText(address)} (${address.ref})`;
}
