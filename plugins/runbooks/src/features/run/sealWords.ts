import type { RunLedger } from '@backstage-runbooks/plugin-runbooks-common';

/** Whether events of an intact history still wait for a checkpoint. */
export function isToBeSealed({ verification, events }: RunLedger): boolean {
  return (
    verification.intact &&
    (verification.sealed?.eventCount ?? 0) < events.length
  );
}

/** How much of an intact history is sealed, in a sentence; undefined where it is broken. */
export function sealWords(ledger: RunLedger): string | undefined {
  const { verification, events } = ledger;
  if (!verification.intact) return undefined;
  if (!verification.sealed) {
    return 'Not sealed yet: a checkpoint seals new events about once a minute.';
  }
  const { eventCount, checkpoint } = verification.sealed;
  return eventCount === events.length
    ? `${
        eventCount === 1 ? 'Its one event is' : `All ${eventCount} events are`
      } sealed in checkpoint ${checkpoint}.`
    : `Sealed up to event ${eventCount} of ${events.length} in checkpoint ${checkpoint}; the newest follow about once a minute.`;
}
