/**
 * A text without what stands at both of its ends, in time that grows with its length.
 *
 * A pattern such as `/[,;]+$/` looks at a long row of commas again from each of them; this does not.
 *
 * @param outer - matches one character that is taken off, as `/[,;]/` does; without the flags `g` and `y`
 *
 * @public
 */
export function trimmed(text: string, outer: RegExp): string {
  return trimmedStart(trimmedEnd(text, outer), outer);
}

/** As {@link trimmed}, at the beginning only. @public */
export function trimmedStart(text: string, outer: RegExp): string {
  let start = 0;
  while (start < text.length && outer.test(text[start])) start += 1;
  return text.slice(start);
}

/** As {@link trimmed}, at the end only. @public */
export function trimmedEnd(text: string, outer: RegExp): string {
  let end = text.length;
  while (end > 0 && outer.test(text[end - 1])) end -= 1;
  return text.slice(0, end);
}
