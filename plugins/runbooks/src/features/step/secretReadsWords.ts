import {
  assertNever,
  type Effect,
  type SecretReads,
} from '@backstage-runbooks/plugin-runbooks-common';
import { isReading } from '../../words/effectWords';
import { secretNamesWords, secretTypesWords } from '../scope/scopeView';

/** What reading of Secrets means for the person who runs or approves a step with this effect. */
export function secretReadsWords(
  secrets: Exclude<SecretReads, { kind: 'none' }>,
  effect: Effect,
): string {
  // What changes something needs an approval for that already.
  const approval = isReading(effect)
    ? ', and it needs an approval although it only reads'
    : '';
  switch (secrets.kind) {
    case 'any':
      return `Reads Secret data: what it prints is redacted${approval}.`;
    case 'named':
      return `Reads the data of these Secrets and no others: ${secretNamesWords(
        secrets.names,
      )}. What it prints is redacted${approval}.`;
    case 'of-types':
      return `Reads ${secretTypesWords(
        secrets.types,
      )}, which are Secrets: no other Secret data can be read by it.`;
    default:
      return assertNever(secrets);
  }
}
