import {
  checkpointFault,
  contentOf,
  keyIdOf,
  nextCheckpoint,
  trustedKeys,
  type Checkpoint,
  type CheckpointContent,
  type RunHead,
} from './checkpoint';
import { PUBLIC_KEY, signatureOf } from '../testing/signing';
import { canonicalText, sha256Hex } from './digest';
import { GENESIS_HASH } from './ledger';

const AT = '2026-11-29T02:00:00.000Z';
const KEYS = trustedKeys([PUBLIC_KEY]);

describe('a checkpoint', () => {
  it('tells heads and tombstones by run, whatever the order they came in', () => {
    const heads = [headOf('c'), headOf('a'), headOf('b')];
    const removed = heads.map(head => ({
      ...head,
      removedAt: AT,
      because: 'older than 400 days',
    }));
    const content = contentOf(sealed({ heads, removed }));
    expect(content.heads.map(({ runId }) => runId)).toEqual(['a', 'b', 'c']);
    expect(content.removed.map(({ runId }) => runId)).toEqual(['a', 'b', 'c']);
    expect(heads.map(({ runId }) => runId)).toEqual(['c', 'a', 'b']);
  });

  it('keeps the order of two heads of one run', () => {
    const heads = [headOf('a', 1), headOf('a', 2), headOf('a', 3)];
    const counts = contentOf(sealed({ heads })).heads.map(
      ({ eventCount }) => eventCount,
    );
    expect(counts).toEqual([1, 2, 3]);
  });

  it('names its key by the first 16 digits of its hash, however the key is spelled', () => {
    expect(keyIdOf(PUBLIC_KEY)).toBe(sha256Hex(PUBLIC_KEY).slice(0, 16));
    expect(keyIdOf(PUBLIC_KEY.toUpperCase())).toBe(keyIdOf(PUBLIC_KEY));
    expect([...trustedKeys([PUBLIC_KEY.toUpperCase()])]).toEqual([
      [keyIdOf(PUBLIC_KEY), PUBLIC_KEY],
    ]);
  });

  it('is not what lacks a part of one', () => {
    const whole = JSON.parse(sealed({ heads: [headOf('a')] }).text);
    const head = whole.heads[0];
    expect(contentOf({ text: JSON.stringify(whole) })).toEqual(whole);
    for (const other of [
      null,
      5,
      { ...whole, number: 0.5 },
      { ...whole, previousHash: 1 },
      { ...whole, heads: undefined },
      { ...whole, heads: 'a' },
      { ...whole, removed: {} },
      { ...whole, heads: [null] },
      { ...whole, heads: [{ ...head, runId: 1 }] },
      { ...whole, heads: [{ ...head, hash: null }] },
      { ...whole, heads: [{ ...head, eventCount: '3' }] },
      { ...whole, removed: [head, { ...head, eventCount: 0.5 }] },
    ]) {
      expect(() => contentOf({ text: JSON.stringify(other) })).toThrow(
        'The text is no checkpoint',
      );
    }
  });

  it('without a fault follows from the one before', () => {
    const first = sealed({});
    expect(checkpointFault(first, undefined, KEYS)).toBeUndefined();
    expect(checkpointFault(sealed({}, first), first, KEYS)).toBeUndefined();
  });

  it.each<
    [string, (second: Checkpoint, first: Checkpoint) => Checkpoint, string]
  >([
    [
      'cannot be read',
      second => ({ ...second, text: 'no JSON' }),
      'checkpoint 1 cannot be read',
    ],
    [
      'has another number',
      second => resealed(second, { number: 2 }),
      'checkpoint 1 is missing: found number 2 in its place',
    ],
    [
      'is linked to another one',
      second => resealed(second, { previousHash: GENESIS_HASH }),
      'checkpoint 1 does not follow the one before: its link is another hash',
    ],
    [
      'does not have its hash',
      (second, first) => ({ ...second, hash: first.hash }),
      'checkpoint 1 was changed: its text does not have its hash',
    ],
    [
      'has a signature of another text',
      (second, first) => ({ ...second, signature: first.signature }),
      `checkpoint 1 does not have the signature of the key ${keyIdOf(
        PUBLIC_KEY,
      )}`,
    ],
    [
      'has a signature that is none',
      second => ({ ...second, signature: 'not hexadecimal' }),
      `checkpoint 1 does not have the signature of the key ${keyIdOf(
        PUBLIC_KEY,
      )}`,
    ],
    [
      'names a key that nobody trusts',
      second => resealed(second, { keyId: 'f'.repeat(16) }),
      `checkpoint 1 is signed with the key ${'f'.repeat(
        16,
      )}, which is not among the trusted keys`,
    ],
  ])('that %s is no part of the chain', (_, alter, fault) => {
    const first = sealed({});
    const second = alter(sealed({}, first), first);
    expect(checkpointFault(second, first, KEYS)).toBe(fault);
  });
});

function headOf(runId: string, eventCount = 3): RunHead {
  return { runId, eventCount, hash: 'a'.repeat(64) };
}

function sealed(
  content: Partial<CheckpointContent>,
  previous?: Checkpoint,
): Checkpoint {
  const keyId = keyIdOf(PUBLIC_KEY);
  const { text, hash } = nextCheckpoint(previous, {
    at: AT,
    heads: [],
    removed: [],
    keyId,
    ...content,
  });
  return { text, hash, signature: signatureOf(text) };
}

/** With something else in it, hash and signature to match. */
function resealed(
  checkpoint: Checkpoint,
  over: Partial<CheckpointContent>,
): Checkpoint {
  const text = canonicalText({ ...contentOf(checkpoint), ...over });
  return { text, hash: sha256Hex(text), signature: signatureOf(text) };
}
