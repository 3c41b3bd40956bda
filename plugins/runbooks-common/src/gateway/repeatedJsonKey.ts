/**
 * The first key that an object of a JSON text holds twice, undefined for none.
 *
 * JavaScript takes the last one, Go merges both objects: a body with such a key could say one name to us and another
 * one to the API server.
 *
 * @param text - JSON that `JSON.parse` has accepted.
 */
export function repeatedJsonKey(text: string): string | undefined {
  const keysOfOpenObjects: Array<Set<string> | undefined> = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{') keysOfOpenObjects.push(new Set());
    else if (char === '[') keysOfOpenObjects.push(undefined);
    else if (char === '}' || char === ']') keysOfOpenObjects.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      if (isKey(text, end)) {
        const key: string = JSON.parse(text.slice(at, end));
        const keys = keysOfOpenObjects.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** The offset behind a string's closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** A string is a key when a colon follows it. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  return text[at] === ':';
}
