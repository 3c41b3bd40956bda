import type { Tree } from '../gateway/trees';
import { sha256Hex } from '../ledger/digest';
import { Comparison, type ComparedHow } from './Comparison';
import type { ComparingLimits } from './ComparingLimits';
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

/**
 * Compares an object with what would become of it; either may be missing. Linear in both.
 *
 * @throws TooMuchToCompare
 */
export function objectDifference(
  before: Tree | undefined,
  after: Tree | undefined,
  how: Omit<ComparedHow, 'hide' | 'visit'>,
  limits: ComparingLimits,
): ObjectDifference {
  const compare = (hide: ComparedHow['hide']) => {
    const visit = () => limits.visit();
    const comparison = new Comparison({ ...how, hide, visit });
    const record = comparison.compare(before, after, how.creates?.sent, OBJECT);
    return { comparison, record };
  };
  // First it is found what would be asked, so that it can be asked at once.
  const texts = new Set<string>();
  const first = compare(text => {
    texts.add(text);
    return text;
  });
  const { comparison, record } =
    first.record === '' ? first : compare(limits.hiding(texts));
  const { fields, count, facts } = comparison;
  return { fields, count, facts, digest: record && sha256Hex(record) };
}
