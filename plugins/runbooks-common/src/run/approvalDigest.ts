import { digestOf } from '../ledger/digest';
import type { BoundStep } from './model';

/**
 * What an approval binds to: the step as it would run, and what the approver saw that it would change.
 *
 * @public
 */
export function approvalDigest({ binding, preview }: BoundStep): string {
  return preview === undefined
    ? binding.digest
    : digestOf({ binding: binding.digest, preview });
}
