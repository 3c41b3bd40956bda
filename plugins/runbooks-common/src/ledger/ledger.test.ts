import { REQUESTER, STARTED } from '../testing/plans';
import type { RunEvent } from '../run/model';
import { canonicalText, sha256Hex } from './digest';
import {
  chainEvents,
  EMPTY_LEDGER,
  GENESIS_HASH,
  headOf,
  verifyLedger,
  type LedgerEntry,
} from './ledger';

const AT = '2026-11-29T02:00:00.000Z';
const EVENTS: RunEvent[] = [
  STARTED,
  { kind: 'step-queued', stepId: 'scale/1.1', by: REQUESTER, attempt: 1 },
  { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
];

describe('the ledger of a run', () => {
  it('numbers events from 0 and links each to the one before, the first to nothing', () => {
    const entries = ledger();
    expect(entries.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(entries.map(({ previousHash }) => previousHash)).toEqual([
      '0'.repeat(64),
      entries[0].hash,
      entries[1].hash,
    ]);
    expect(entries[1]).toMatchObject({
      runId: 'a',
      at: AT,
      event: EVENTS[1],
      hash: sha256Hex(entries[1].text),
    });
  });

  it('goes on from any head as if it had been written at once', () => {
    const [first, ...rest] = ledger();
    expect(chainEvents('a', headOf([first]), EVENTS.slice(1), AT)).toEqual(
      rest,
    );
  });

  it('has a head that tells its length and its last hash', () => {
    expect(headOf([])).toEqual({ eventCount: 0, hash: GENESIS_HASH });
    expect(headOf(ledger())).toEqual({
      eventCount: 3,
      hash: ledger()[2].hash,
    });
  });

  it('is intact as it was written, with and without a head that is known from elsewhere', () => {
    const entries = ledger();
    const intact = { intact: true, head: entries[2].hash };
    expect(verifyLedger(entries)).toEqual(intact);
    expect(verifyLedger(entries, headOf(entries))).toEqual(intact);
    expect(verifyLedger([], EMPTY_LEDGER)).toEqual({
      intact: true,
      head: GENESIS_HASH,
    });
  });

  it.each<[string, (entries: LedgerEntry[]) => void, number, string]>([
    [
      'an event is missing',
      entries => entries.splice(1, 1),
      1,
      'event 1 is missing: found number 2 in its place',
    ],
    [
      'the first event is missing',
      entries => entries.shift(),
      0,
      'event 0 is missing: found number 1 in its place',
    ],
    [
      'an event was exchanged together with its hash',
      entries => {
        entries[0] = chainEvents('a', EMPTY_LEDGER, [EVENTS[1]], AT)[0];
      },
      1,
      'event 1 does not follow the one before: its link is another hash',
    ],
    [
      'a text was changed',
      entries => {
        entries[2].text = entries[2].text.replace('succeeded', 'cancelled');
      },
      2,
      'event 2 was changed: its text does not have its hash',
    ],
    ...(['runId', 'seq', 'at', 'previousHash'] as const).map(
      (key): [string, (entries: LedgerEntry[]) => void, number, string] => [
        `a text tells another ${key} than its entry`,
        entries => {
          const said = JSON.parse(entries[2].text);
          entries[2].text = canonicalText({ ...said, [key]: 'other' });
          entries[2].hash = sha256Hex(entries[2].text);
        },
        2,
        'event 2 was changed: its text tells another place in the ledger',
      ],
    ),
    ...['null', 'no JSON', '5'].map(
      (text): [string, (entries: LedgerEntry[]) => void, number, string] => [
        `a text is ${text}, with its hash`,
        entries => {
          entries[2].text = text;
          entries[2].hash = sha256Hex(text);
        },
        2,
        'event 2 was changed: its text tells another place in the ledger',
      ],
    ),
  ])('is broken where %s', (_, alter, brokenAt, message) => {
    const entries = ledger();
    alter(entries);
    expect(verifyLedger(entries)).toEqual({ intact: false, brokenAt, message });
  });

  it('is broken where its newest events were cut off, or it has more than were known', () => {
    const entries = ledger();
    expect(verifyLedger(entries.slice(0, 2), headOf(entries))).toEqual({
      intact: false,
      brokenAt: 2,
      message: 'the ledger has 2 events, expected 3',
    });
    expect(verifyLedger(entries, headOf(entries.slice(0, 1)))).toEqual({
      intact: false,
      brokenAt: 1,
      message: 'the ledger has 3 events, expected 1',
    });
  });

  it('is broken where it was written anew from the start, as long as the last hash is known', () => {
    const other = chainEvents('b', EMPTY_LEDGER, EVENTS, AT);
    expect(verifyLedger(other, headOf(ledger()))).toEqual({
      intact: false,
      brokenAt: 2,
      message: 'the last hash is not the one that was known before',
    });
    expect(
      verifyLedger([], { eventCount: 0, hash: ledger()[0].hash }),
    ).toMatchObject({ intact: false, brokenAt: 0 });
  });
});

describe('a canonical text', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalText({ b: 1, a: [true] })).toBe('{"a":[true],"b":1}');
  });

  it('does not exist for what has no JSON form', () => {
    expect(() => canonicalText(undefined)).toThrow(
      'A value without a JSON form has no canonical text',
    );
  });
});

function ledger(): LedgerEntry[] {
  return chainEvents('a', EMPTY_LEDGER, EVENTS, AT);
}
