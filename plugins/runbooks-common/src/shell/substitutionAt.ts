/** The `$(...)` or backquoted text that an expression begins with. */
export function substitutionAt(text: string): string | undefined {
  if (text.startsWith('`')) {
    const end = text.indexOf('`', 1);
    return end === -1 ? text : text.slice(0, end + 1);
  }
  if (!text.startsWith('$(')) return undefined;
  let depth = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(0, at + 1);
  }
  return text;
}
