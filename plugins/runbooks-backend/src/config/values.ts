/* Values of the configuration, by the full key that they stand at. */

/** @throws where it is no object, or has a key that is not known. */
export function objectAt(
  key: string,
  value: unknown,
  known: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(key, value, `an object with ${known.join(', ')}`);
  }
  const odd = Object.keys(value).find(name => !known.includes(name));
  if (odd !== undefined) {
    throw wrong(
      `${key}.${odd}`,
      (value as Record<string, unknown>)[odd],
      `nothing: of ${key} only ${known.join(', ')} are known`,
    );
  }
  return value as Record<string, unknown>;
}

/** @throws */
export function listAt(key: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(key, value, 'a list');
}

/** @throws */
export function textsAt(key: string, value: unknown): string[] {
  return listAt(key, value).map(one => textAt(key, one));
}

/** @throws */
export function textAt(
  key: string,
  value: unknown,
  mayBeEmpty = false,
): string {
  if (typeof value === 'string' && (mayBeEmpty || value !== '')) return value;
  throw wrong(key, value, 'a text');
}

/** What people are told whose configuration is not as it has to be: key, value and expectation. */
export function wrong(key: string, value: unknown, expected: string): Error {
  return new Error(
    `The configuration has ${JSON.stringify(
      value,
    )} as '${key}'; expected ${expected}`,
  );
}
