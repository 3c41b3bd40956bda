/** Where the bracket begins with which a text ends: at `(b` of "a (b)"; undefined where it ends otherwise. */
export function bracketAtEnd(text: string): number | undefined {
  const bare = text.trimEnd();
  if (!bare.endsWith(')')) return undefined;
  const before = bare.lastIndexOf(')', bare.length - 2);
  const open = bare.indexOf('(', before + 1);
  return open === -1 ? undefined : open;
}

/** "Validate" of "Validate (staging)"; a text without a bracket at its end stays as it is. */
export function withoutBracketAtEnd(text: string): string {
  const open = bracketAtEnd(text);
  return open === undefined ? text : text.slice(0, open).trimEnd();
}
