const KEY_BYTES = 16;

/**
 * A key that nobody else has chosen, for telling two presses from one that was sent twice. Made without what browsers
 * offer to pages of https only.
 */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
