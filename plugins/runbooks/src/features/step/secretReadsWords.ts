import type { SecretReads } from '@backstage-runbooks/plugin-runbooks-common';
import { secretTypesWords } from '../scope/scopeView';

/** What reading of Secrets means for the person who runs or approves a step. */
export function secretReadsWords(
  secrets: Exclude<SecretReads, { kind: 'none' }>,
): string {
  return secrets.kind === 'any'
    ? 'Reads Secret data: what it prints is redacted, and it needs an approval although it only reads.'
    : `Reads ${secretTypesWords(
        secrets.types,
      )}, which are Secrets: no other Secret data can be read by it.`;
}
