import { REDACTED } from '../redaction/redacted';
import { tokenRanges } from '../redaction/secretPatterns';
import { bounded, TOO_MANY_MARKS } from './bounded';
import { mixedScripts } from './mixedScripts';
import type { Finding, PlacedSegment } from './model';
import { oddCharacters } from './oddCharacters';
import { emptyLines, longBlanks, stackedMarks } from './stretches';

/** A text of these characters has nothing to mark but stretches and secrets. */
const USUAL = /^[\t\n\x20-\x7e]*$/;

const REDACTED_TEXT = /\[redacted\]/g;

/** Looks of which each goes over what the ones before it left plain. */
const LOOKS: ReadonlyArray<{
  find: (text: string) => Finding[];
  always?: boolean;
}> = [
  { find: secrets, always: true },
  { find: longBlanks, always: true },
  { find: emptyLines, always: true },
  { find: stackedMarks },
  { find: oddCharacters },
  { find: mixedScripts },
];

/**
 * Divides a text that somebody else wrote into what is shown as it is and what is not what it shows.
 *
 * Every text that does not come from this product goes through here before a person sees it: commands, names, titles,
 * reasons, values, output, differences of files, messages of other systems. Linear in the text's length; behind 10,000
 * pieces the rest is one.
 *
 * Not told is a word in letters of one other script alone, and what looks alike within one script (`l` and `1`).
 *
 * @public
 */
export function foreignSegments(text: string): PlacedSegment[] {
  const isUsual = USUAL.test(text);
  let segments: PlacedSegment[] =
    text === '' ? [] : [{ kind: 'plain', text, start: 0, end: text.length }];
  for (const { find, always } of LOOKS) {
    if (always || !isUsual) {
      segments = segments.flatMap(segment =>
        segment.kind === 'plain' ? divided(segment, find) : [segment],
      );
    }
  }
  return withBoundedMarks(segments);
}

/** A text that somebody else wrote as page, copy and export show it. @public */
export function visibleText(text: string): string {
  return foreignSegments(text)
    .map(segment => segment.text)
    .join('');
}

/**
 * The pieces of one part of a text. A plain piece is cut to the part; another one is shown whole where it begins.
 *
 * @public
 */
export function segmentsBetween(
  segments: readonly PlacedSegment[],
  start: number,
  end: number,
): PlacedSegment[] {
  const inside: PlacedSegment[] = [];
  for (let at = firstEndingBehind(segments, start); at < segments.length; ) {
    const segment = segments[at];
    if (segment.start >= end) break;
    if (segment.kind === 'plain') inside.push(cutTo(segment, start, end));
    else if (segment.start >= start) inside.push(segment);
    at += 1;
  }
  return inside;
}

function cutTo(
  segment: PlacedSegment,
  start: number,
  end: number,
): PlacedSegment {
  const from = Math.max(segment.start, start);
  const to = Math.min(segment.end, end);
  const text = segment.text.slice(from - segment.start, to - segment.start);
  return { kind: 'plain', text, start: from, end: to };
}

/** Segments are in order: the first one that ends behind an offset is found by halves. */
function firstEndingBehind(
  segments: readonly PlacedSegment[],
  offset: number,
): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (segments[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A plain piece with what was found in it. */
function divided(
  plain: PlacedSegment,
  find: (text: string) => Finding[],
): PlacedSegment[] {
  const found = find(plain.text);
  if (found.length === 0) return [plain];
  const pieces: PlacedSegment[] = [];
  let at = 0;
  const pushPlain = (end: number) => {
    if (end > at) {
      const text = plain.text.slice(at, end);
      const start = plain.start + at;
      pieces.push({ kind: 'plain', text, start, end: plain.start + end });
    }
  };
  for (const finding of found) {
    if (finding.start < at) continue;
    pushPlain(finding.start);
    pieces.push({
      ...finding,
      start: plain.start + finding.start,
      end: plain.start + finding.end,
    });
    at = finding.end;
  }
  pushPlain(plain.text.length);
  return pieces;
}

function secrets(text: string): Finding[] {
  const shown = [...text.matchAll(REDACTED_TEXT)].map(({ index }) => ({
    start: index,
    end: index + REDACTED.length,
    says: 'a secret value was here',
  }));
  const alike = tokenRanges(text).map(({ start, end }) => ({
    start,
    end,
    says: `looks like a credential of ${end - start} characters`,
  }));
  return [...shown, ...alike]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(range => ({ kind: 'masked' as const, text: REDACTED, ...range }));
}

function withBoundedMarks(segments: PlacedSegment[]): PlacedSegment[] {
  const { first, rest } = bounded(segments);
  if (!rest) return segments;
  const start = rest.pieces[0].start;
  const end = rest.pieces[rest.pieces.length - 1].end;
  return [
    ...first,
    { kind: 'marked', text: rest.text, says: TOO_MANY_MARKS, start, end },
  ];
}
