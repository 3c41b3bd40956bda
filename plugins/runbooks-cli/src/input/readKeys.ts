import { createPublicKey } from 'node:crypto';
import {
  trustedKeys,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CommandLine } from '../CommandLine';
import { UsageError } from '../UsageError';

const HEX_KEY = /^[0-9a-fA-F]{64}$/;
/** What stands before the 32 bytes of an ed25519 key in its DER form. */
const DER_PREFIX_BYTES = 12;

/**
 * The trusted keys of `--key`: each is 64 hexadecimal digits, or a file that holds them or a PEM public key.
 *
 * @throws UsageError that names the key and what is expected.
 */
export function readKeys(
  given: readonly string[],
  commandLine: CommandLine,
): TrustedKeys {
  return trustedKeys(given.map(key => readKey(key, commandLine)));
}

function readKey(key: string, commandLine: CommandLine): string {
  if (HEX_KEY.test(key)) return key;
  const text = textOf(key, commandLine);
  if (HEX_KEY.test(text)) return text;
  try {
    const publicKey = createPublicKey(text);
    if (publicKey.asymmetricKeyType === 'ed25519') {
      return publicKey
        .export({ type: 'spki', format: 'der' })
        .subarray(DER_PREFIX_BYTES)
        .toString('hex');
    }
  } catch {
    // Said below.
  }
  throw new UsageError(
    `--key ${key} holds no public key; expected 64 hexadecimal digits or an ed25519 key in PEM`,
  );
}

function textOf(file: string, commandLine: CommandLine): string {
  try {
    return commandLine.readFile(file).toString('utf8').trim();
  } catch {
    throw new UsageError(
      `--key ${file} is neither 64 hexadecimal digits nor a file that can be read`,
    );
  }
}
