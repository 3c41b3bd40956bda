import type { Tree } from '../gateway/trees';
import { sha256Hex } from '../ledger/digest';
import { Comparison, type ComparedHow } from './Comparison';
import type { HeadlineFacts } from './HeadlineFacts';
import type { FieldPreview } from './model';
import { OBJECT } from './place';

/** What differs between an object and what would become of it. */
export interface ObjectDifference {
  /** The first of them, in the order of the object. */
  fields: FieldPreview[];
  /** All of them. */
  count: number;
  facts: HeadlineFacts;
  /** Of all that differs, in whatever order the keys of the object stand; '' where nothing does. */
  digest: string;
}

/** Compares an object with what would become of it; either may be missing. Linear in both. */
export function objectDifference(
  before: Tree | undefined,
  after: Tree | undefined,
  how: ComparedHow,
): ObjectDifference {
  const comparison = new Comparison(how);
  const record = comparison.compare(before, after, how.creates?.sent, OBJECT);
  const { fields, count, facts } = comparison;
  return { fields, count, facts, digest: record && sha256Hex(record) };
}
