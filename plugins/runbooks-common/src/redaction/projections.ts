import type { TextRange } from './secretPatterns';

/** A text without what stands between its characters, and the way back to the text as it came. */
export interface Projection {
  text: string;
  /** Where a character stood. */
  offsetOf(at: number): number;
  /** The same range of the text as it came; what was left out inside it belongs to it. */
  back<R extends TextRange & { begin: number }>(range: R): R;
}

/**
 * Codes for a terminal, and characters that show nothing: a program that colours a match puts them into a secret.
 * Whatever the page leaves out of a text (see `terminalPieces`) is here too. Every alternative is bounded or stops at
 * what begins another one, so the search is linear.
 */
const BETWEEN =
  // eslint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090-\u009f\n]{0,4096}(?:\u0007|\u001b\\|\u009c)|\u001b(?:[#%]|[()*+\-./][!"%&]?)[0-~]|\u001b[0-~]|(?![\t\n\r\u0008])[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const BACKSPACE = /[\b]/g;
/** On one line: a longer one would be cut from its end. */
const TAG = /<[/!?]?[A-Za-z][^<>\r\n]{0,4096}>/g;
/** The end of a line of base64, and how the next one is indented. */
const BASE64_LINE_END =
  /\r?\n(?<=[A-Za-z0-9+/]{32}\r?\n)[ \t]{0,16}(?=[A-Za-z0-9+/=]|$)/g;

/**
 * The text in each way in which a person may put it together who sees it on the page: without codes; where something
 * was written over by backspaces, all of it in a row, and as a terminal leaves it; each of these without HTML tags.
 */
export function readings(text: string): Projection[] {
  const seen = withoutEscapes(text);
  return [
    seen,
    behind(seen, without(seen.text, BACKSPACE)),
    behind(seen, asATerminalLeavesIt(seen.text)),
  ].flatMap(reading =>
    reading === undefined
      ? []
      : [reading, ...some(behind(reading, without(reading.text, TAG)))],
  );
}

/** The text with base64 that was broken into lines in one piece; undefined where there is none. */
export function joinedBase64(seen: Projection): Projection | undefined {
  return behind(seen, without(seen.text, BASE64_LINE_END));
}

/** The text without codes for a terminal and without characters that show nothing. */
function withoutEscapes(text: string): Projection {
  return without(text, BETWEEN) ?? asItIs(text);
}

/** A projection of the text of another one, with the way back through both. */
function behind(
  first: Projection,
  second: Projection | undefined,
): Projection | undefined {
  return (
    second && {
      text: second.text,
      offsetOf: at => first.offsetOf(second.offsetOf(at)),
      back: range => first.back(second.back(range)),
    }
  );
}

function some<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

/** A backspace goes back by one place of its line, and what comes then stands where something stood. */
function asATerminalLeavesIt(text: string): Projection | undefined {
  if (!text.includes('\b')) return undefined;
  /** Where in the text that stands which is at a place in the end. */
  const places: number[] = [];
  let lineStart = 0;
  let cursor = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\b') {
      cursor = Math.max(lineStart, cursor - 1);
    } else if (character === '\n' || character === '\r') {
      places.push(at);
      lineStart = places.length;
      cursor = lineStart;
    } else {
      places[cursor] = at;
      cursor += 1;
    }
  }
  const offsetOf = (place: number) => firstOf(places, place, places.length);
  return {
    text: places.map(at => text[at]).join(''),
    offsetOf,
    back: range => ({
      ...range,
      begin: firstOf(places, range.begin, range.end),
      start: firstOf(places, range.start, range.end),
      end: lastOf(places, range.start, range.end) + 1,
    }),
  };
}

function firstOf(places: number[], from: number, to: number): number {
  let first = Infinity;
  for (let at = from; at < to; at += 1) first = Math.min(first, places[at]);
  return first;
}

function lastOf(places: number[], from: number, to: number): number {
  let last = -1;
  for (let at = from; at < to; at += 1) last = Math.max(last, places[at]);
  return last;
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
