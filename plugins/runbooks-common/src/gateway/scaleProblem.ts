import { segmentsOf } from './changedTree';
import type { JsonPatchOperation, RequestBody } from './requestBody';
import { isTree, type Tree } from './trees';

const TO_ZERO = 'it scales to zero';

/**
 * Why a write of a `scale` stops pods, or may; undefined where it surely leaves some. A Scale without replicas is one
 * with none: what takes them away, or puts something without them in their place, stops as well.
 */
export function scaleProblem(body: RequestBody): string | undefined {
  switch (body.kind) {
    case 'object':
      return body.content
        ? problemOf(body.content, true)
        : 'its body is not understood';
    case 'change':
      return problemOf(body.content, body.form === 'whole');
    case 'json-patch':
      return body.operations
        .map(operationProblem)
        .find(problem => problem !== undefined);
    case 'none':
      return 'it has no body';
    default:
      return 'its body is not understood';
  }
}

function operationProblem({
  op,
  path,
  value,
}: JsonPatchOperation): string | undefined {
  const [first, second, ...more] = segmentsOf(path);
  switch (op) {
    case 'test':
      return undefined;
    case 'remove':
      return first === 'metadata' ? undefined : TO_ZERO;
    case 'add':
    case 'replace':
      if (first === undefined) return wholeProblem(value);
      if (first !== 'spec') return undefined;
      if (second === undefined) return countProblem(replicasOf(value));
      return second === 'replicas' && more.length === 0
        ? countProblem(value)
        : 'its body is not understood';
    default:
      return `what the patch operation '${op}' does is not understood`;
  }
}

function wholeProblem(value: unknown): string | undefined {
  return isTree(value) ? problemOf(value, true) : TO_ZERO;
}

function problemOf(tree: Tree, isWhole: boolean): string | undefined {
  const { spec } = tree;
  const directive = [...Object.keys(tree), ...keysOf(spec)].find(key =>
    key.startsWith('$'),
  );
  if (directive !== undefined)
    return `what the directive '${directive}' does is not understood`;
  const isSaid =
    isWhole ||
    (Object.hasOwn(tree, 'spec') &&
      (!isTree(spec) || Object.hasOwn(spec, 'replicas')));
  return isSaid ? countProblem(replicasOf(spec)) : undefined;
}

function keysOf(value: unknown): string[] {
  return isTree(value) ? Object.keys(value) : [];
}

function replicasOf(spec: unknown): unknown {
  return isTree(spec) ? spec.replicas : undefined;
}

function countProblem(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0
    ? undefined
    : TO_ZERO;
}
