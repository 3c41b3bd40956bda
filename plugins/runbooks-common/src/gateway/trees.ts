/** A section of an object of Kubernetes. */
export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a count that is set and is none; what is removed gets its default, which is more. */
export function isNone(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !(Number.isSafeInteger(value) && (value as number) > 0)
  );
}
