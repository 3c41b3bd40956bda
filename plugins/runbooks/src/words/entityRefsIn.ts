import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { trimmedEnd } from '@backstage-runbooks/plugin-runbooks-common';

/** A piece of a sentence: words, or the reference of something in the catalog. */
export type SentencePiece = { text: string } | { entityRef: EntityRef };

/**
 * What somebody wrote, which our sentences quote, and behind it a reference that stands by itself. Of kinds that the
 * backend names; what else has a colon and a slash stays as it is written.
 */
const QUOTED_OR_REF =
  /"[^"]*"|(?<![^\s(,;])(?:user|group|component|system|domain|resource|api):[a-z0-9-]{1,63}\/[a-z0-9._-]{1,253}(?![^\s),;:.'])/gi;

/**
 * Parts a sentence of the backend where it names something in the catalog by its full reference, so that people read
 * its name. A full stop that ends the sentence is no part of a reference. What is quoted are the words of somebody else
 * and stays as they wrote it, in a record above all.
 */
export function entityRefsIn(sentence: string): SentencePiece[] {
  const pieces: SentencePiece[] = [];
  let end = 0;
  for (const { 0: found, index } of sentence.matchAll(QUOTED_OR_REF)) {
    if (found.startsWith('"')) continue;
    const entityRef = trimmedEnd(found, /[._-]/);
    if (index > end) pieces.push({ text: sentence.slice(end, index) });
    pieces.push({ entityRef });
    end = index + entityRef.length;
  }
  if (end < sentence.length) pieces.push({ text: sentence.slice(end) });
  return pieces;
}
