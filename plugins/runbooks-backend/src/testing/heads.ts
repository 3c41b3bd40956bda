import { HeadMac } from '../ledger/HeadMac';
import { SecretBox } from '../workspaces/SecretBox';

/** What vouches for heads in tests. Not exported from the package. */
export const HEADS = headsWithKey(7);

/** Of a portal with another key, told by a number. */
export function headsWithKey(byte: number): HeadMac {
  return new HeadMac(new SecretBox(Buffer.alloc(32, byte)));
}
