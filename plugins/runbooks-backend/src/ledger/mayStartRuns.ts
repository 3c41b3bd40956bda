import type { Permitted } from '@backstage-runbooks/plugin-runbooks-common';
import { HOW_TO_MAKE_A_KEY } from './SigningKey';

/** Whether runs may start at all: what they do must be sealed, and without a key nothing is. */
export function mayStartRuns(signer: object | undefined): Permitted {
  return signer
    ? { allowed: true }
    : {
        allowed: false,
        because: `No run starts here: this portal has no key that seals histories. Whoever operates it: ${HOW_TO_MAKE_A_KEY}`,
      };
}
