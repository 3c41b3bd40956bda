import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LedgerHead } from '@backstage-runbooks/plugin-runbooks-common';
import type { SecretBox } from '../workspaces/SecretBox';

/** Why nothing is done with a run: its head is none that this portal wrote. */
export interface HeadFault {
  /** `other-key`: not told apart from a key that was exchanged. */
  kind: 'altered' | 'other-key';
  /** A clause about the run, for people. */
  because: string;
}

/** What is said of every history that this portal did not write. */
export const ALTERED =
  'its history was changed by something that is not this portal';
const OTHER_KEY = `its history was written with another runbooks.encryptionKey than this backend has, or changed by something that is not this portal`;

const KEY_ID_DIGITS = 16;

/**
 * Vouches for the heads of ledgers: a keyed digest of a run's id, the number of its events and the hash of the last one,
 * with a key that is derived from the portal's encryption key. Since each event holds the hash of the one before, whoever
 * has the database and not the key can add, change or take away no event of a run so that its head is believed.
 *
 * Not told: that a head is the newest one. Whoever puts an older state of a run back, whole, puts back its digest too;
 * only what was sealed since is missed then.
 */
export class HeadMac {
  /** Names the key, so that a wrong digest and one of another key are told apart. */
  readonly keyId: string;
  readonly #key: Buffer;

  constructor(box: Pick<SecretBox, 'derivedKey'>) {
    this.#key = box.derivedKey('heads of ledgers');
    this.keyId = this.#digestOf('key id').slice(0, KEY_ID_DIGITS);
  }

  /** The digest of a head, behind the name of the key. */
  of(runId: string, { eventCount, hash }: LedgerHead): string {
    const text = JSON.stringify([runId, eventCount, hash]);
    return `${this.keyId}:${this.#digestOf(text)}`;
  }

  /** Why a head is not believed; undefined where it is this portal's. */
  faultOf(
    runId: string,
    head: LedgerHead,
    mac: string | null,
  ): HeadFault | undefined {
    const expected = Buffer.from(this.of(runId, head));
    // Of bytes: letters of other alphabets take several, and buffers of different lengths are not compared.
    const found = Buffer.from(mac ?? '');
    const isOurs =
      found.length === expected.length && timingSafeEqual(found, expected);
    if (isOurs) return undefined;
    return mac === null || mac.startsWith(`${this.keyId}:`)
      ? { kind: 'altered', because: ALTERED }
      : { kind: 'other-key', because: OTHER_KEY };
  }

  #digestOf(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}
