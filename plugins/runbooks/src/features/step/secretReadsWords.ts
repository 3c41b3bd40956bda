import {
  assertNever,
  type SecretReads,
} from '@backstage-runbooks/plugin-runbooks-common';
import { secretNamesWords, secretTypesWords } from '../scope/scopeView';

/** What reading of Secrets means for the person who runs or approves a step. */
export function secretReadsWords(
  secrets: Exclude<SecretReads, { kind: 'none' }>,
): string {
  switch (secrets.kind) {
    case 'any':
      return 'Reads Secret data: what it prints is redacted, and it needs an approval although it only reads.';
    case 'named':
      return `Reads the data of these Secrets and no others: ${secretNamesWords(
        secrets.names,
      )}. What it prints is redacted, and it needs an approval although it only reads.`;
    case 'of-types':
      return `Reads ${secretTypesWords(
        secrets.types,
      )}, which are Secrets: no other Secret data can be read by it.`;
    default:
      return assertNever(secrets);
  }
}
