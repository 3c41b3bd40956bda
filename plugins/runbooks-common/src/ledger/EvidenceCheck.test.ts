import { REQUESTER, STARTED } from '../testing/plans';
import { PUBLIC_KEY, signatureOf } from '../testing/signing';
import {
  keyIdOf,
  nextCheckpoint,
  trustedKeys,
  type Checkpoint,
  type RunHead,
  type Tombstone,
} from './checkpoint';
import { canonicalText, sha256Hex } from './digest';
import { EvidenceCheck } from './EvidenceCheck';
import { chainEvents, EMPTY_LEDGER, GENESIS_HASH, headOf } from './ledger';

const AT = '2026-11-29T02:00:00.000Z';
const HEAD_LINE = { kind: 'export', version: 1, runs: 'all' };
const ENTRIES = chainEvents(
  'a',
  EMPTY_LEDGER,
  [STARTED, { kind: 'cancel-requested', by: REQUESTER }],
  AT,
);
const HEAD: RunHead = { runId: 'a', ...headOf(ENTRIES) };
const EVENT_LINES = ENTRIES.map(({ event: _event, ...entry }) => ({
  kind: 'event',
  ...entry,
}));
const RECORD = { runId: 'a', stepId: 'scale/1.1', attempt: 1 };
const NO_EVIDENCE = 'this line is no evidence: it has no known shape';

describe('the lines of an export of evidence', () => {
  it('are intact without a seal, and then nothing of them is sealed', () => {
    expect(verdictOf(HEAD_LINE, ...EVENT_LINES)).toMatchObject({
      intact: true,
      events: 2,
      unsealedEvents: 2,
      head: GENESIS_HASH,
    });
  });

  it('are sealed up to where the newest checkpoint says', () => {
    const first = seal([{ runId: 'a', ...headOf(ENTRIES.slice(0, 1)) }]);
    expect(verdictOf(HEAD_LINE, lineOf(first), ...EVENT_LINES)).toMatchObject({
      intact: true,
      unsealedEvents: 1,
      head: first.hash,
    });
  });

  it('begin with a head of version 1 that says which runs there are', () => {
    const none = 'the first line is not the head of an export of version 1';
    expect(verdictOf({ ...HEAD_LINE, version: 2 })).toEqual(broken(1, none));
    expect(verdictOf(EVENT_LINES[0])).toEqual(broken(1, none));
    expect(verdictOf({ ...HEAD_LINE, runs: 'some' })).toEqual(
      broken(1, 'the first line does not say which runs it holds'),
    );
  });

  it('are of runs that the head names, and it names at least one', () => {
    expect(verdictOf({ ...HEAD_LINE, runs: [] })).toEqual(
      broken(1, 'the first line names no run'),
    );
    expect(verdictOf({ ...HEAD_LINE, runs: ['b'] }, ...EVENT_LINES)).toEqual(
      broken(
        2,
        'event 0 of run a is of a run that the first line does not name',
      ),
    );
  });

  it('hold nothing that is not looked at, and nothing twice', () => {
    expect(
      verdictOf(HEAD_LINE, { ...EVENT_LINES[0], event: { kind: 'fake' } }),
    ).toEqual(broken(2, NO_EVIDENCE));
    const check = new EvidenceCheck(trustedKeys([PUBLIC_KEY]));
    check.take(JSON.stringify(HEAD_LINE));
    const forged = JSON.stringify(EVENT_LINES[0]).replace(
      '"text":',
      '"text":"forged","text":',
    );
    expect(check.take(forged)).toBe(false);
    expect(check.end()).toEqual(broken(2, NO_EVIDENCE));
  });

  it('have one head only, and no checkpoint behind an event', () => {
    expect(verdictOf(HEAD_LINE, HEAD_LINE)).toEqual(
      broken(2, 'a second head of an export'),
    );
    expect(verdictOf(HEAD_LINE, ...EVENT_LINES, lineOf(seal([])))).toEqual(
      broken(4, 'a checkpoint stands behind events'),
    );
  });

  it('are looked at up to the first that is broken', () => {
    const check = new EvidenceCheck(trustedKeys([PUBLIC_KEY]));
    expect(check.take(JSON.stringify(HEAD_LINE))).toBe(true);
    expect(check.take('broken')).toBe(false);
    expect(check.take(JSON.stringify(EVENT_LINES[0]))).toBe(false);
    expect(check.end()).toEqual(broken(2, NO_EVIDENCE));
  });

  it('hold calls and output only of the run whose events come before them', () => {
    const calls = { kind: 'calls', ...RECORD, calls: [] };
    const output = { kind: 'output', ...RECORD, text: '' };
    expect(verdictOf(HEAD_LINE, calls)).toEqual(
      broken(2, 'calls of run a stand apart from its events'),
    );
    expect(
      verdictOf(HEAD_LINE, ...EVENT_LINES, { ...output, runId: 'b' }),
    ).toEqual(broken(4, 'output of run b stand apart from its events'));
    expect(verdictOf(HEAD_LINE, ...EVENT_LINES, output)).toEqual(
      broken(
        4,
        'there are output of attempt 1 of step scale/1.1 of run a, which never began',
      ),
    );
  });

  it('hold every run that they promise, or a tombstone of it', () => {
    const named = { ...HEAD_LINE, runs: ['a', 'b'] };
    expect(verdictOf(named, ...EVENT_LINES)).toEqual(
      broken(0, 'run b is missing'),
    );
    expect(verdictOf({ ...HEAD_LINE, runs: ['a'] }, ...EVENT_LINES)).toEqual(
      expect.objectContaining({ intact: true }),
    );
    const sealed = seal([HEAD]);
    const removed = seal([], [tombstone()], sealed);
    expect(
      verdictOf({ ...HEAD_LINE, runs: ['a'] }, lineOf(sealed), lineOf(removed)),
    ).toMatchObject({ intact: true, removed: 1 });
  });

  it('are more than none', () => {
    expect(verdictOf()).toEqual(broken(0, 'the export is empty'));
  });

  it('seal no run twice at the same place', () => {
    const first = seal([HEAD]);
    expect(
      verdictOf(HEAD_LINE, lineOf(first), lineOf(seal([HEAD], [], first))),
    ).toEqual(
      broken(
        3,
        'checkpoint 1 seals run a with 2 events, after 2 were sealed before',
      ),
    );
  });

  it.each([
    ['fewer events', { eventCount: 1 }, 1],
    ['another last event', { hash: 'f'.repeat(64) }, 2],
  ])(
    'remove no run by a tombstone that tells %s than were sealed',
    (_, over, count) => {
      const first = seal([HEAD]);
      const second = seal([], [tombstone(over)], first);
      expect(verdictOf(HEAD_LINE, lineOf(first), lineOf(second))).toEqual(
        broken(
          3,
          `checkpoint 1 removes run a with ${count} events, which are not those that were sealed`,
        ),
      );
    },
  );

  it.each(['runId', 'seq', 'at', 'event'])(
    'hold no event whose text tells another %s, though it has its hash',
    key => {
      const text = canonicalText({
        ...JSON.parse(EVENT_LINES[0].text),
        [key]: null,
      });
      expect(
        verdictOf(HEAD_LINE, {
          ...EVENT_LINES[0],
          text,
          hash: sha256Hex(text),
        }),
      ).toEqual(
        broken(
          2,
          'event 0 of run a was changed: its text tells another place in the ledger',
        ),
      );
    },
  );

  it('hold no event whose text is no JSON, though it has its hash', () => {
    const line = { ...EVENT_LINES[0], text: '-', hash: sha256Hex('-') };
    expect(verdictOf(HEAD_LINE, line)).toMatchObject({
      intact: false,
      line: 2,
    });
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [HEAD_LINE]],
    ['a number', 5],
    ['no kind', { ...EVENT_LINES[0], kind: undefined }],
    ['a kind that is no text', { ...EVENT_LINES[0], kind: ['event'] }],
    ['a kind that every object has', { kind: 'toString' }],
    ['a number for a text', { ...EVENT_LINES[0], runId: 5 }],
    ['a text for a number', { ...EVENT_LINES[0], seq: '0' }],
    ['no calls', { kind: 'calls', ...RECORD }],
    ['calls that are no list', { kind: 'calls', ...RECORD, calls: {} }],
    ['a call that is a text', { kind: 'calls', ...RECORD, calls: ['x'] }],
    ['a call that is nothing', { kind: 'calls', ...RECORD, calls: [null] }],
    ['output that is no text', { kind: 'output', ...RECORD, text: 5 }],
    ['a checkpoint without a signature', { ...lineOf(seal([])), signature: 1 }],
  ])('are no evidence where one is %s', (_, line) => {
    expect(verdictOf(HEAD_LINE, line)).toEqual(broken(2, NO_EVIDENCE));
  });
});

function verdictOf(...lines: unknown[]) {
  const check = new EvidenceCheck(trustedKeys([PUBLIC_KEY]));
  lines.every(line => check.take(JSON.stringify(line)));
  return check.end();
}

function broken(line: number, message: string) {
  return { intact: false, line, message };
}

function lineOf(checkpoint: Checkpoint) {
  return { kind: 'checkpoint', ...checkpoint };
}

function tombstone(over: Partial<RunHead> = {}): Tombstone {
  return { ...HEAD, removedAt: AT, because: 'older than 400 days', ...over };
}

function seal(
  heads: RunHead[],
  removed: Tombstone[] = [],
  previous?: Checkpoint,
): Checkpoint {
  const keyId = keyIdOf(PUBLIC_KEY);
  const content = { at: AT, heads, removed, keyId };
  const { text, hash } = nextCheckpoint(previous, content);
  return { text, hash, signature: signatureOf(text) };
}
