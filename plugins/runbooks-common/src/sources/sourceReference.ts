import { plainSegments } from './plainPath';

/**
 * What an annotation such as `dir:./runbooks` says, before anybody asked whether it may be read.
 *
 * @public
 */
export type SourceReference =
  | {
      kind: 'beside';
      what: 'dir' | 'file';
      /** From the root of the repository, not from the catalog file. */
      fromRoot: boolean;
      /** May hold `..`. */
      segments: string[];
    }
  | { kind: 'address'; url: string };

/**
 * Reads a reference. `dir:` and `file:` take paths only: an address there would name another repository than the one
 * that the reader of the annotation thinks of.
 *
 * @public
 */
export function readSourceReference(
  text: string,
): { reference: SourceReference } | { problem: string } {
  const match = /^(dir|file|url):(.+)$/.exec(text.trim());
  if (!match) {
    return {
      problem: `'${text}' is not a reference; expected 'dir:./runbooks', 'file:./runbooks/service.md' or 'url:https://...'`,
    };
  }
  const [, scheme, target] = match;
  if (scheme === 'url') return { reference: { kind: 'address', url: target } };
  const fromRoot = target.startsWith('/');
  const written = fromRoot ? target.slice(1) : target;
  const segments = written === '' ? [] : plainSegments(written);
  if (!segments) {
    return {
      problem: `'${text}' is not a plain path; expected one like '${scheme}:./runbooks', without addresses, back slashes and encoded slashes or dots`,
    };
  }
  return {
    reference: {
      kind: 'beside',
      what: scheme as 'dir' | 'file',
      fromRoot,
      segments,
    },
  };
}
