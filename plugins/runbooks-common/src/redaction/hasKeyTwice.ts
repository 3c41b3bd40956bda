import { isScalar, visit, type Document } from 'yaml';

/** Whether a key stands twice in one map of a document: readers differ in which of the two counts. Linear. */
export function hasKeyTwice(document: Document | Document.Parsed): boolean {
  let isTwice = false;
  visit(document, {
    Map: (_, { items }) => {
      const keys = items.flatMap(({ key }) =>
        isScalar(key) ? [String(key.value)] : [],
      );
      isTwice ||= new Set(keys).size < keys.length;
      return isTwice ? visit.BREAK : undefined;
    },
  });
  return isTwice;
}
