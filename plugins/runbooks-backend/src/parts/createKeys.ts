import { toError } from '@backstage/errors';
import type { Permitted } from '@backstage-runbooks/plugin-runbooks-common';
import { HeadMac } from '../ledger/HeadMac';
import { LedgerKeys } from '../ledger/LedgerKeys';
import { mayStartRuns } from '../ledger/mayStartRuns';
import { SigningKey } from '../ledger/SigningKey';
import type { Closed } from '../runs/RunsClosedError';
import { SecretBox } from '../workspaces/SecretBox';
import type { Services } from './services';

/** The keys that hide values and seal histories. */
export interface Keys {
  box: SecretBox;
  /** Vouches for the heads of ledgers. */
  macs: HeadMac;
  signer: SigningKey | undefined;
  ledgerKeys: LedgerKeys;
  /** Whether runs may start with them. */
  mayStart: Permitted;
}

/** Why there are no keys, and which one is to blame. */
export interface KeyProblem extends Closed {
  key: 'encryptionKey' | 'ledger.signingKey' | 'ledger.formerKeys';
}

/** The keys of the configuration; where one is missing or wrong, which, and what is expected. */
export function createKeys(
  { config, logger }: Pick<Services, 'config' | 'logger'>,
  dataDirectory: string,
): Keys | KeyProblem {
  const options = { config, dataDirectory, logger };
  let key: KeyProblem['key'] = 'ledger.signingKey';
  try {
    const signer = SigningKey.fromConfig(options);
    key = 'encryptionKey';
    const box = SecretBox.fromConfig(options);
    key = 'ledger.formerKeys';
    const ledgerKeys = LedgerKeys.fromConfig(config, signer);
    const macs = new HeadMac(box);
    return { box, macs, signer, ledgerKeys, mayStart: mayStartRuns(signer) };
  } catch (error) {
    return { key, because: toError(error).message };
  }
}
