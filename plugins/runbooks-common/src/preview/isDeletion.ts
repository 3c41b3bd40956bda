import type { DryRunWrite } from './DryRunWrite';

/** True for a write that deletes its object. */
export function isDeletion({
  verb,
  subresource,
}: Pick<DryRunWrite, 'verb' | 'subresource'>): boolean {
  return verb === 'delete' || subresource === 'eviction';
}
