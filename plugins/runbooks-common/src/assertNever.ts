/** Marks the end of a `switch` over a union; the compiler refuses it when a case is missing. @public */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
