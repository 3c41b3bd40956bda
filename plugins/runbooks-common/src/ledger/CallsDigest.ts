import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ApiCall } from '../run/model';
import { canonicalText } from './digest';

/**
 * The digest of the Kubernetes calls of one attempt, taken one after the other: the SHA-256 of their canonical texts
 * (RFC 8785), each with a line feed behind it, ordered by time and then by id.
 *
 * @public
 */
export class CallsDigest {
  readonly #hash = sha256.create();
  #count = 0;

  add(call: ApiCall): void {
    this.#hash.update(utf8ToBytes(`${canonicalText(call)}\n`));
    this.#count += 1;
  }

  /** Number and hex digest of what was added; nothing can be added after it. */
  end(): { count: number; digest: string } {
    return { count: this.#count, digest: bytesToHex(this.#hash.digest()) };
  }
}
