import { ed25519 } from '@noble/curves/ed25519.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Instant } from '../time';
import { canonicalText, sha256Hex } from './digest';
import { GENESIS_HASH } from './ledger';

/**
 * Checkpoints seal what the ledgers of runs said at a moment.
 *
 * A ledger alone does not tell that its newest events were cut off, or that a whole run was taken away. A checkpoint
 * holds the heads of all runs that changed since the one before, is chained to it by its hash, and is signed. Whoever
 * keeps one checkpoint outside the database can later prove that nothing sealed up to it was altered.
 *
 * Not proven: events that were written after the newest checkpoint; and whoever has both the database and the signing
 * key can seal another story, up to the newest checkpoint that somebody else has kept.
 */

/** Where the ledger of one run stood. @public */
export interface RunHead {
  runId: string;
  eventCount: number;
  /** Hash of its last event. */
  hash: string;
}

/** A run that retention removed, with what it said last. @public */
export interface Tombstone extends RunHead {
  removedAt: Instant;
  because: string;
}

/** What a checkpoint says; its canonical text is what is hashed and signed. @public */
export interface CheckpointContent {
  /** From 0, without holes. */
  number: number;
  at: Instant;
  /** Hash of the checkpoint before; 64 zeros for the first. */
  previousHash: string;
  /** Heads that changed since the one before, by run. */
  heads: RunHead[];
  removed: Tombstone[];
  /** Names the key that signs it; see `keyIdOf`. */
  keyId: string;
}

/** A sealed checkpoint. @public */
export interface Checkpoint {
  /** RFC 8785 text of its content. */
  text: string;
  /** Hex SHA-256 of the text. */
  hash: string;
  /** Hex ed25519 signature of the text. */
  signature: string;
}

/** Public keys (32 bytes, hex) by their key ids: those that somebody trusts, never those of an export. @public */
export type TrustedKeys = ReadonlyMap<string, string>;

/** The short name of a public key: the first 16 hex digits of its SHA-256. @public */
export function keyIdOf(publicKeyHex: string): string {
  return sha256Hex(publicKeyHex.toLowerCase()).slice(0, 16);
}

/** The keys by their ids. @public */
export function trustedKeys(publicKeysHex: Iterable<string>): TrustedKeys {
  return new Map(
    [...publicKeysHex].map(key => [keyIdOf(key), key.toLowerCase()]),
  );
}

/**
 * The text of the next checkpoint, ready to be signed.
 *
 * @param previous - The checkpoint before; undefined for the first.
 *
 * @public
 */
export function nextCheckpoint(
  previous: Checkpoint | undefined,
  content: Pick<CheckpointContent, 'heads' | 'removed' | 'keyId' | 'at'>,
): { text: string; hash: string; number: number } {
  const number = previous ? contentOf(previous).number + 1 : 0;
  const text = canonicalText({
    number,
    at: content.at,
    previousHash: previous?.hash ?? GENESIS_HASH,
    heads: [...content.heads].sort(byRun),
    removed: [...content.removed].sort(byRun),
    keyId: content.keyId,
  } satisfies CheckpointContent);
  return { text, hash: sha256Hex(text), number };
}

/** What a checkpoint says. @throws where its text is no content of a checkpoint. @public */
export function contentOf(
  checkpoint: Pick<Checkpoint, 'text'>,
): CheckpointContent {
  const content: CheckpointContent | null = JSON.parse(checkpoint.text);
  if (
    !content ||
    !Number.isInteger(content.number) ||
    typeof content.previousHash !== 'string' ||
    !isHeads(content.heads) ||
    !isHeads(content.removed)
  ) {
    throw new Error('The text is no checkpoint');
  }
  return content;
}

/**
 * Why a checkpoint does not follow the one before, or was not signed by a trusted key; undefined where all is well.
 *
 * @public
 */
export function checkpointFault(
  checkpoint: Checkpoint,
  previous: Checkpoint | undefined,
  keys: TrustedKeys,
): string | undefined {
  const content = readContent(checkpoint);
  const number = previous ? contentOf(previous).number + 1 : 0;
  if (!content) return `checkpoint ${number} cannot be read`;
  if (content.number !== number) {
    return `checkpoint ${number} is missing: found number ${content.number} in its place`;
  }
  if (content.previousHash !== (previous?.hash ?? GENESIS_HASH)) {
    return `checkpoint ${number} does not follow the one before: its link is another hash`;
  }
  if (sha256Hex(checkpoint.text) !== checkpoint.hash) {
    return `checkpoint ${number} was changed: its text does not have its hash`;
  }
  const key = keys.get(content.keyId);
  if (!key) {
    return `checkpoint ${number} is signed with the key ${content.keyId}, which is not among the trusted keys`;
  }
  return isSigned(checkpoint, key)
    ? undefined
    : `checkpoint ${number} does not have the signature of the key ${content.keyId}`;
}

function isHeads(heads: unknown): boolean {
  return (
    Array.isArray(heads) &&
    heads.every(
      head =>
        typeof head?.runId === 'string' &&
        typeof head.hash === 'string' &&
        Number.isInteger(head.eventCount),
    )
  );
}

function readContent(checkpoint: Checkpoint): CheckpointContent | undefined {
  try {
    return contentOf(checkpoint);
  } catch {
    return undefined;
  }
}

function isSigned({ text, signature }: Checkpoint, keyHex: string): boolean {
  try {
    return ed25519.verify(
      hexToBytes(signature),
      utf8ToBytes(text),
      hexToBytes(keyHex),
    );
  } catch {
    // Not hexadecimal, or of another length.
    return false;
  }
}

function byRun(one: RunHead, other: RunHead): number {
  if (one.runId === other.runId) return 0;
  return one.runId < other.runId ? -1 : 1;
}
