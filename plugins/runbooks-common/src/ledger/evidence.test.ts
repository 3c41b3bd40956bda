import fc from 'fast-check';
import { REQUESTER, STARTED, stepResult } from '../testing/plans';
import {
  PUBLIC_KEY,
  publicKeyOf,
  SECRET_KEY,
  signatureOf,
} from '../testing/signing';
import type { ApiCall, RunEvent } from '../run/model';
import { CallsDigest } from './CallsDigest';
import {
  checkpointFault,
  contentOf,
  keyIdOf,
  nextCheckpoint,
  trustedKeys,
  type Checkpoint,
  type RunHead,
  type Tombstone,
} from './checkpoint';
import { sha256Hex } from './digest';
import { EvidenceCheck, type EvidenceLine } from './EvidenceCheck';
import { chainEvents, EMPTY_LEDGER, headOf, type LedgerEntry } from './ledger';

const AT = '2026-11-29T02:00:00.000Z';
const OTHER_SECRET_KEY = '22'.repeat(32);
const KEYS = trustedKeys([PUBLIC_KEY]);
const OUTPUT = '2/2 ready\n';
const CALLS = [callOf('one', 'list'), callOf('two', 'get')];

const EVENTS: RunEvent[] = [
  STARTED,
  { kind: 'step-queued', stepId: 'scale/1.1', by: REQUESTER, attempt: 1 },
  {
    kind: 'step-finished',
    stepId: 'scale/1.1',
    attempt: 1,
    result: stepResult({ outputDigest: sha256Hex(OUTPUT) }),
    record: { calls: digestOfCalls(CALLS), outputDigest: sha256Hex(OUTPUT) },
  },
  { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
];

describe('an export of evidence', () => {
  it('is intact where ledgers, checkpoints and outputs belong together', () => {
    expect(check(evidence())).toEqual({
      intact: true,
      runs: 2,
      events: 8,
      checkpoints: 2,
      removed: 0,
      unsealedEvents: 2,
      attempts: 2,
      calls: 4,
      head: evidence().checkpoints[1].hash,
    });
  });

  it.each<[string, (given: Evidence) => void, string]>([
    [
      'a changed event',
      given => {
        given.runs[0][1].text = given.runs[0][1].text.replace('maya', 'mara');
      },
      'event 1 of run a was changed',
    ],
    [
      'an event with a new hash of its own',
      given => rewrite(given, 1),
      'event 2 of run a does not follow the one before',
    ],
    [
      'a whole ledger chained anew after it was sealed',
      given => {
        given.runs[0] = chained('a', [
          EVENTS[0],
          EVENTS[3],
          ...EVENTS.slice(1),
        ]);
      },
      'event 2 of run a is not the one that was sealed',
    ],
    [
      'a removed event',
      given => given.runs[0].splice(1, 1),
      'event 1 of run a is missing',
    ],
    [
      'a ledger that was cut off',
      given => {
        given.runs[0].splice(2);
      },
      'the ledger of run a ends after 2 events; 4 were sealed',
    ],
    [
      'a run that was taken away',
      given => {
        given.runs.shift();
      },
      'run a is missing: it was sealed with 4 events',
    ],
    [
      'a removed checkpoint',
      given => given.checkpoints.shift(),
      'checkpoint 0 is missing',
    ],
    [
      'a checkpoint signed with a key of somebody else',
      given => {
        given.checkpoints = [seal(undefined, [], OTHER_SECRET_KEY)];
      },
      'which is not among the trusted keys',
    ],
    [
      'a checkpoint that only says that it has the trusted key',
      given => {
        const [first] = given.checkpoints;
        first.signature = seal(undefined, [], OTHER_SECRET_KEY).signature;
      },
      `checkpoint 0 does not have the signature of the key ${keyIdOf(
        PUBLIC_KEY,
      )}`,
    ],
    [
      'a changed output',
      given => {
        given.output = '1/2 ready\n';
      },
      'the output of attempt 1 of step scale/1.1 of run a was changed after it ended',
    ],
    [
      'an output that was taken away',
      given => {
        given.output = undefined;
      },
      'the output of attempt 1 of step scale/1.1 of run a was changed after it ended',
    ],
    [
      'a changed call',
      given => {
        given.calls = [CALLS[0], { ...CALLS[1], verb: 'delete' }];
      },
      'the calls of attempt 1 of step scale/1.1 of run a were changed after it ended',
    ],
    [
      'calls in another order',
      given => given.calls.reverse(),
      'the calls of attempt 1 of step scale/1.1 of run a were changed after it ended',
    ],
    [
      'a call that was taken away',
      given => given.calls.pop(),
      'there are 1, 2 were recorded',
    ],
    [
      'calls that the last run lost',
      given => {
        given.runs.pop();
        given.wanted = ['a'];
        given.calls = [];
      },
      'there are 0, 2 were recorded',
    ],
    [
      'calls of an attempt that never began',
      given => {
        given.stray = { stepId: 'scale/9', attempt: 1 };
      },
      'there are calls of attempt 1 of step scale/9 of run a, which never began',
    ],
    [
      'a run sealed with fewer events than before',
      given => {
        const head = { ...headOfRun(given.runs[0]), eventCount: 1 };
        given.checkpoints.push(
          seal(given.checkpoints[given.checkpoints.length - 1], [head]),
        );
      },
      'seals run a with 1 events, after 4 were sealed before',
    ],
  ])(
    'with %s is broken, and the first broken link is named',
    (_, alter, message) => {
      const given = evidence();
      alter(given);
      expect(check(given)).toMatchObject({
        intact: false,
        message: expect.stringContaining(message),
      });
    },
  );

  it('says in which line it breaks', () => {
    const given = evidence();
    given.runs[0][1].text += ' ';
    expect(check(given)).toMatchObject({ line: 5 });
  });

  it('of one run does not miss the others, but the one that it promises', () => {
    const given = evidence();
    given.wanted = ['b'];
    given.runs = [given.runs[1]];
    expect(check(given)).toMatchObject({ intact: true, runs: 1 });
    given.runs = [];
    expect(check(given)).toMatchObject({ intact: false });
  });

  it('accepts that a run is gone where a signed tombstone says that it was removed', () => {
    const given = evidence();
    const gone: Tombstone = {
      ...headOfRun(given.runs[0]),
      removedAt: AT,
      because: 'older than 400 days',
    };
    given.checkpoints.push(seal(given.checkpoints[1], [], SECRET_KEY, [gone]));
    given.runs.shift();
    expect(check(given)).toMatchObject({
      intact: true,
      runs: 1,
      removed: 1,
    });
    given.checkpoints.pop();
    given.checkpoints.push(
      seal(given.checkpoints[1], [], SECRET_KEY, [{ ...gone, eventCount: 2 }]),
    );
    expect(check(given)).toMatchObject({
      intact: false,
      message: expect.stringContaining('not those that were sealed'),
    });
  });

  it('is broken whatever single character of an event or checkpoint is changed', () => {
    const lines = linesOf(evidence());
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: lines.length - 1 }),
        fc.nat(),
        fc.constantFrom('0', 'x', '"', '}'),
        (line, place, replacement) => {
          const text = lines[line];
          const at = place % text.length;
          fc.pre(text[at] !== replacement);
          const altered = [...lines];
          altered[line] = text.slice(0, at) + replacement + text.slice(at + 1);
          expect(
            checkLines(altered).intact &&
              meaningOf(altered[line]) !== meaningOf(text),
          ).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('without a single line proves nothing', () => {
    expect(checkLines([])).toMatchObject({ intact: false });
    expect(checkLines(['no evidence'])).toMatchObject({
      intact: false,
      line: 1,
    });
  });
});

describe('a chain of checkpoints', () => {
  it('begins at number 0 and links each to the one before', () => {
    const first = seal(undefined, []);
    const second = seal(first, []);
    expect(contentOf(second)).toMatchObject({
      number: 1,
      previousHash: first.hash,
    });
    expect(checkpointFault(first, undefined, KEYS)).toBeUndefined();
    expect(checkpointFault(second, first, KEYS)).toBeUndefined();
    expect(checkpointFault(second, undefined, KEYS)).toContain('is missing');
  });

  it('goes on with another key, as long as both are trusted', () => {
    const first = seal(undefined, []);
    const second = seal(first, [], OTHER_SECRET_KEY);
    const both = trustedKeys([PUBLIC_KEY, publicKeyOf(OTHER_SECRET_KEY)]);
    expect(checkpointFault(second, first, both)).toBeUndefined();
    expect(checkpointFault(second, first, KEYS)).toContain('not among');
  });
});

interface Evidence {
  wanted: 'all' | string[];
  checkpoints: Checkpoint[];
  runs: LedgerEntry[][];
  /** Of both runs. */
  output: string | undefined;
  calls: ApiCall[];
  /** An attempt of run a that has calls besides. */
  stray?: { stepId: string; attempt: number };
}

/** Two runs: one sealed to its end, one with two newer events. */
function evidence(): Evidence {
  const runs = [chained('a', EVENTS), chained('b', EVENTS)];
  const first = seal(undefined, [
    headOfRun(runs[0].slice(0, 3)),
    headOfRun(runs[1].slice(0, 2)),
  ]);
  const second = seal(first, [headOfRun(runs[0])]);
  return {
    wanted: 'all',
    checkpoints: [first, second],
    runs,
    output: OUTPUT,
    calls: [...CALLS],
  };
}

function chained(runId: string, events: RunEvent[]): LedgerEntry[] {
  return chainEvents(runId, EMPTY_LEDGER, events, AT);
}

function headOfRun(entries: LedgerEntry[]): RunHead {
  return { runId: entries[0].runId, ...headOf(entries) };
}

function rewrite(given: Evidence, index: number): void {
  const entry = given.runs[0][index];
  entry.text = entry.text.replace('maya', 'mara');
  entry.hash = sha256Hex(entry.text);
}

function seal(
  previous: Checkpoint | undefined,
  heads: RunHead[],
  secretKey = SECRET_KEY,
  removed: Tombstone[] = [],
): Checkpoint {
  const keyId = keyIdOf(publicKeyOf(secretKey));
  const next = nextCheckpoint(previous, { at: AT, heads, removed, keyId });
  const signature = signatureOf(next.text, secretKey);
  return { text: next.text, hash: next.hash, signature };
}

function linesOf(given: Evidence): string[] {
  const lines: EvidenceLine[] = [
    { kind: 'export', version: 1, runs: given.wanted },
    ...given.checkpoints.map(one => ({ kind: 'checkpoint' as const, ...one })),
    ...given.runs.flatMap(entries => linesOfRun(entries, given)),
  ];
  return lines.map(line => JSON.stringify(line));
}

function linesOfRun(entries: LedgerEntry[], given: Evidence): EvidenceLine[] {
  const [{ runId }] = entries;
  const attempt = { runId, stepId: 'scale/1.1', attempt: 1 };
  const hasEnded = entries.some(({ event }) => event.kind === 'step-finished');
  const lines: EvidenceLine[] = entries.map(({ event: _event, ...entry }) => ({
    kind: 'event',
    ...entry,
  }));
  if (!hasEnded) return lines;
  for (const call of given.calls) {
    lines.push({ kind: 'calls', ...attempt, calls: [call] });
  }
  if (given.stray) {
    lines.push({ kind: 'calls', ...attempt, ...given.stray, calls: [] });
  }
  for (const text of given.output?.split(/(?<= )/) ?? []) {
    lines.push({ kind: 'output', ...attempt, text });
  }
  return lines;
}

function callOf(id: string, verb: string): ApiCall {
  return {
    id,
    at: AT,
    verb,
    group: 'apps',
    resource: 'deployments',
    subresource: '',
    namespace: 'fintech-services',
    name: '',
    decision: 'passed',
    dryRun: false,
  };
}

function digestOfCalls(calls: ApiCall[]) {
  const digest = new CallsDigest();
  for (const call of calls) digest.add(call);
  return digest.end();
}

function check(given: Evidence) {
  return checkLines(linesOf(given));
}

function checkLines(lines: string[]) {
  const evidenceCheck = new EvidenceCheck(KEYS);
  lines.every(line => evidenceCheck.take(line));
  return evidenceCheck.end();
}

/** What a line says, however it is written. */
function meaningOf(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
