import { toError } from '@backstage/errors';
import type { Permitted } from '@backstage-runbooks/plugin-runbooks-common';
import { LedgerKeys } from '../ledger/LedgerKeys';
import { mayStartRuns } from '../ledger/mayStartRuns';
import { SigningKey } from '../ledger/SigningKey';
import type { Closed } from '../runs/RunsClosedError';
import { SecretBox } from '../workspaces/SecretBox';
import type { Services } from './services';

/** The keys that hide values and seal histories. */
export interface Keys {
  box: SecretBox;
  signer: SigningKey | undefined;
  ledgerKeys: LedgerKeys;
  /** Whether runs may start with them. */
  mayStart: Permitted;
}

/** The keys of the configuration; where one is missing or wrong, its name and what is expected. */
export function createKeys(
  { config, logger }: Pick<Services, 'config' | 'logger'>,
  dataDirectory: string,
): Keys | Closed {
  const options = { config, dataDirectory, logger };
  try {
    const signer = SigningKey.fromConfig(options);
    return {
      box: SecretBox.fromConfig(options),
      signer,
      ledgerKeys: LedgerKeys.fromConfig(config, signer),
      mayStart: mayStartRuns(signer),
    };
  } catch (error) {
    return { because: toError(error).message };
  }
}
