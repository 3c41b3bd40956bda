import { createPublicKey } from 'node:crypto';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { trustedKeys } from '@backstage-runbooks/plugin-runbooks-common';

const KEY = 'runbooks.ledger.formerKeys';
/** What stands before the 32 bytes of a public ed25519 key in its DER form. */
const DER_PREFIX_BYTES = 12;

/** The public keys of the installation: the one that signs now, and those that did before. */
export class LedgerKeys {
  /** In hex, the current one first. */
  readonly publicKeys: readonly string[];
  readonly #current: string | undefined;

  /**
   * @param signer - The key that signs now; undefined where there is none.
   *
   * @throws where a former key is neither 64 hexadecimal digits nor a public ed25519 key in PEM.
   */
  static fromConfig(
    config: RootConfigService,
    signer: { publicKeyHex: string } | undefined,
  ): LedgerKeys {
    const former = config.getOptionalStringArray(KEY) ?? [];
    return new LedgerKeys(
      signer?.publicKeyHex,
      former.map((key, index) => hexOf(key, `${KEY}[${index}]`)),
    );
  }

  private constructor(current: string | undefined, former: string[]) {
    this.#current = current;
    this.publicKeys = [
      ...new Set([...(current === undefined ? [] : [current]), ...former]),
    ];
  }

  /** All of them with their ids, and which one signs now. */
  list(): Array<{ keyId: string; publicKey: string; isCurrent: boolean }> {
    return [...trustedKeys(this.publicKeys)].map(([keyId, publicKey]) => ({
      keyId,
      publicKey,
      isCurrent: publicKey === this.#current,
    }));
  }
}

function hexOf(key: string, place: string): string {
  if (/^[0-9a-f]{64}$/i.test(key)) return key.toLowerCase();
  try {
    const publicKey = createPublicKey(key);
    if (publicKey.asymmetricKeyType === 'ed25519') {
      return publicKey
        .export({ type: 'spki', format: 'der' })
        .subarray(DER_PREFIX_BYTES)
        .toString('hex');
    }
  } catch {
    // No PEM.
  }
  throw new Error(
    `${place} is no public key; expected 64 hexadecimal digits, or a public ed25519 key in PEM`,
  );
}
