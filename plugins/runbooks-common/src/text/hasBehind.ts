/**
 * Whether a text holds something and, anywhere behind it, something else: what `first.*then` asks, in time that is in
 * proportion to the text. The pattern would look to the end of the text from each place that `first` matches.
 *
 * @param ends - where what is looked for may not go across, such as the end of a line; the whole text without it
 */
export function hasBehind(
  text: string,
  first: RegExp,
  then: RegExp,
  ends?: RegExp,
): boolean {
  const pieces = ends ? text.split(ends) : [text];
  return pieces.some(piece => {
    const found = first.exec(piece);
    return found !== null && then.test(behind(piece, found));
  });
}

function behind(text: string, match: RegExpExecArray): string {
  return text.slice(match.index + match[0].length);
}
