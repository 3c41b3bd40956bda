/** Strings and the marks that open, close and separate; everything else stands for itself. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]/gs;

/**
 * A key that an object of a JSON text has twice, by its place (`plan.parameters.NAME`); undefined where there is none.
 * Of two values readers take the first or the last: what one checked is not what the other does.
 *
 * @param text - JSON that parses. Linear in its length.
 * @public
 */
export function duplicateKey(text: string): string | undefined {
  const open: Array<{ keys: Set<string> | undefined; at: string }> = [];
  let pending: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    const inner = open.at(-1);
    switch (token) {
      case '{':
      case '[':
        open.push({
          keys: token === '{' ? new Set() : undefined,
          at: pending ?? '',
        });
        pending = undefined;
        break;
      case '}':
      case ']':
        open.pop();
        pending = undefined;
        break;
      case ',':
        pending = undefined;
        break;
      case ':': {
        if (!inner?.keys || pending === undefined) break;
        if (inner.keys.has(pending)) {
          return [...open.map(({ at }) => at), pending]
            .filter(part => part !== '')
            .join('.');
        }
        inner.keys.add(pending);
        break;
      }
      default:
        // Of a value: forgotten at the next comma.
        pending = JSON.parse(token);
    }
  }
  return undefined;
}
