import type { JsonPatchOperation } from './requestBody';

/**
 * The part of an object that one operation of a JSON patch sets, as a tree from the object's root:
 * `/spec/template/spec/containers/0/image` becomes `{ spec: { template: { spec: { containers: [{ image }] } } } }`.
 *
 * The API server's reader drops whatever stands before the first slash, and so does this one.
 */
export function changedTree(operation: JsonPatchOperation): unknown {
  return segmentsOf(operation.path).reduceRight<unknown>(
    (value, segment) =>
      /^(-|\d+)$/.test(segment)
        ? [value]
        : Object.fromEntries([[segment, value]]),
    operation.value,
  );
}

/** The segments of a JSON pointer; none for the whole object. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
