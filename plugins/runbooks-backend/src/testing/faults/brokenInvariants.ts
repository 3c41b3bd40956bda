import {
  verifyLedger,
  type LedgerEntry,
} from '@backstage-runbooks/plugin-runbooks-common';
import { journalLine } from './plant';

/** What is left of one run at the end of a trial. */
export interface RunRemains {
  runId: string;
  ledger: LedgerEntry[];
  /** Rows that must be gone. */
  left: { locks: number; leases: number; secrets: number; outbox: number };
}

/**
 * What must not be, in words; nothing where all holds: no run is lost, no attempt is made twice, attempts are numbered
 * from 1, each further one follows an interruption that is recorded (and of a change a person's decision), ledgers
 * verify, nothing is held, everybody was told.
 */
export function brokenInvariants(
  { runId, ledger, left }: RunRemains,
  journal: readonly string[],
): string[] {
  const events = ledger.map(({ event }) => event);
  const broken: string[] = [];
  const check = (holds: boolean, otherwise: string) => {
    if (!holds) broken.push(`run ${runId}: ${otherwise}`);
  };
  check(
    events.some(
      event => event.kind === 'run-finished' && event.outcome === 'succeeded',
    ),
    `it did not come to its end; its last event is ${JSON.stringify(
      events[events.length - 1],
    ).slice(0, 300)}`,
  );
  check(verifyLedger(ledger).intact, 'its ledger does not verify');
  for (const because of wrongTimes(ledger)) check(false, because);
  for (const [what, rows] of Object.entries(left)) {
    check(rows === 0, `${rows} ${what} are left`);
  }
  const steps = new Set(
    events.flatMap(event => (event.kind === 'step-queued' ? event.stepId : [])),
  );
  for (const stepId of steps) {
    for (const because of brokenStep(runId, stepId, ledger, journal)) {
      check(false, because);
    }
  }
  return broken;
}

/** All times of a ledger are of the database's clock, so that they go forward and agree with each other. */
function wrongTimes(ledger: LedgerEntry[]): string[] {
  const wrong: string[] = [];
  let last = '';
  let stepBegan = '';
  for (const { at, event } of ledger) {
    if (at < last) {
      wrong.push(`${event.kind} of ${at} comes after an event of ${last}`);
    }
    last = at;
    if (event.kind === 'step-started') stepBegan = at;
    if (event.kind !== 'step-finished') continue;
    const { startedAt } = event.result;
    if (startedAt < stepBegan || startedAt > at) {
      wrong.push(
        `${event.stepId} began at ${startedAt}, which is not between ${stepBegan} and ${at}`,
      );
    }
  }
  return wrong;
}

function brokenStep(
  runId: string,
  stepId: string,
  ledger: LedgerEntry[],
  journal: readonly string[],
): string[] {
  const broken: string[] = [];
  const events = ledger
    .map(({ event }) => event)
    .filter(event => 'stepId' in event && event.stepId === stepId);
  const numbers = events.flatMap(event =>
    event.kind === 'step-queued' ? [event.attempt] : [],
  );
  if (numbers.some((number, index) => number !== index + 1)) {
    broken.push(`the attempts of ${stepId} are ${numbers.join(', ')}`);
  }
  for (const number of new Set(numbers)) {
    const of = (...kinds: string[]) =>
      events.filter(
        event =>
          kinds.includes(event.kind) &&
          'attempt' in event &&
          event.attempt === number,
      ).length;
    if (of('step-started') > 1) {
      broken.push(`attempt ${number} of ${stepId} was started twice`);
    }
    if (of('step-finished', 'step-interrupted') > 1) {
      broken.push(`attempt ${number} of ${stepId} ended twice`);
    }
    const line = journalLine('begin', runId, stepId, number);
    const begun = journal.filter(one => one === line).length;
    if (begun > 1) {
      broken.push(`attempt ${number} of ${stepId} ran ${begun} times`);
    }
    if (begun > 0 && of('step-started') === 0) {
      broken.push(`attempt ${number} of ${stepId} ran and was not recorded`);
    }
    if (number > 1 && !followsFromInterruption(events, number)) {
      broken.push(`attempt ${number} of ${stepId} follows from nothing`);
    }
  }
  const asked = events.some(({ kind }) => kind === 'approval-requested');
  if (asked) {
    const told = journalLine('told', runId, stepId, 0);
    if (!journal.includes(told)) broken.push(`${stepId}: nobody was told`);
    for (const number of numbers.slice(1)) {
      if (!isDecidedByPerson(events, number)) {
        broken.push(`the change ${stepId} ran again without a person's word`);
      }
    }
  }
  return broken;
}

type StepEvents = ReadonlyArray<LedgerEntry['event']>;

function before(events: StepEvents, number: number): StepEvents {
  const queuedAt = events.findIndex(
    event => event.kind === 'step-queued' && event.attempt === number,
  );
  return events.slice(0, queuedAt);
}

function followsFromInterruption(events: StepEvents, number: number): boolean {
  return before(events, number).some(
    event =>
      event.kind === 'approval-voided' ||
      (event.kind === 'step-interrupted' && event.attempt === number - 1),
  );
}

function isDecidedByPerson(events: StepEvents, number: number): boolean {
  const settled = before(events, number).filter(
    ({ kind }) => kind === 'interruption-settled' || kind === 'approval-voided',
  );
  return settled.length >= number - 1;
}
