import type { Tree } from '../gateway/trees';
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
  /** All that differs, in an order that does not depend on that of keys; '' where nothing does. */
  record: string;
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
  return { fields, count, facts, record };
}
