import type { TextRange } from './secretPatterns';

/** A text without what stands between its characters, and the way back to the text as it came. */
export interface Projection {
  text: string;
  /** Where a character stood. */
  offsetOf(at: number): number;
  /** The same range of the text as it came; what was left out inside it belongs to it. */
  back<R extends TextRange & { begin: number }>(range: R): R;
}

/** Codes for a terminal, and characters that show nothing: a program that colours a match puts them into a secret. */
const BETWEEN =
  // eslint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]|\u001b\][^\u0007\u001b\n]{0,4096}(?:\u0007|\u001b\\)|\u001b[()][0-~]|[\u0000\u0007\u000e\u000f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/g;
/** The end of a line of base64, and how the next one is indented. */
const BASE64_LINE_END =
  /\r?\n(?<=[A-Za-z0-9+/]{32}\r?\n)[ \t]{0,16}(?=[A-Za-z0-9+/=]|$)/g;

/** The text as a person would see it, without codes for a terminal. */
export function withoutEscapes(text: string): Projection {
  return without(text, BETWEEN) ?? asItIs(text);
}

/** The text with base64 that was broken into lines in one piece; undefined where there is none. */
export function joinedBase64(seen: Projection): Projection | undefined {
  const joined = without(seen.text, BASE64_LINE_END);
  return (
    joined && {
      text: joined.text,
      offsetOf: at => seen.offsetOf(joined.offsetOf(at)),
      back: range => seen.back(joined.back(range)),
    }
  );
}

function asItIs(text: string): Projection {
  return { text, offsetOf: at => at, back: range => range };
}

function without(text: string, pattern: RegExp): Projection | undefined {
  const gaps = [...text.matchAll(pattern)];
  if (gaps.length === 0) return undefined;
  const parts: string[] = [];
  /** For each part: where it begins without the gaps, and how much was left out before. */
  const begins: number[] = [];
  const dropped: number[] = [];
  let at = 0;
  let left = 0;
  for (const { 0: gap, index } of gaps) {
    begins.push(at - left);
    dropped.push(left);
    parts.push(text.slice(at, index));
    at = index + gap.length;
    left += gap.length;
  }
  begins.push(at - left);
  dropped.push(left);
  parts.push(text.slice(at));
  const offsetOf = (place: number) =>
    place + dropped[lastAtOrBefore(begins, place)];
  return {
    text: parts.join(''),
    offsetOf,
    back: range => ({
      ...range,
      begin: offsetOf(range.begin),
      start: offsetOf(range.start),
      end: range.end === 0 ? 0 : offsetOf(range.end - 1) + 1,
    }),
  };
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
