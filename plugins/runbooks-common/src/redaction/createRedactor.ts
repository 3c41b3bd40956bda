import { REDACTED } from './redacted';
import { joinedBase64, readings, type Projection } from './projections';
import { SecretForms } from './SecretForms';
import {
  privateKeyEnd,
  privateKeyRanges,
  suspiciousRanges,
  type SecretRange,
} from './secretPatterns';

/** Without a line end, at most this much is held back. */
const MAX_HELD_LENGTH = 64 * 1024;
/** Of a line that is longer, this much stays back, so that a secret at the cut is seen whole. */
const OVERLAP_LENGTH = 16 * 1024;
/** The line that ends a private key is shorter. */
const KEY_END_LENGTH = 80;
/** A chunk is taken in pieces, so that each look is at a bounded text. */
const PIECE_LENGTH = 64 * 1024;

/** Hides secrets in a text that comes in chunks. @public */
export interface Redactor {
  /** Hides one more secret from now on. */
  add(secret: string): void;
  /** Takes the next chunk and returns what may be shown by now. */
  push(chunk: string): string;
  /** The rest, at the end. */
  flush(): string;
}

/**
 * Makes a redactor for one stream of text.
 *
 * Hidden are the given values, in the spellings that docs/redaction.md lists, also where codes, backspaces or HTML tags
 * stand in them or base64 is broken into lines, and what looks secret: authorization headers, tokens of known kinds, private keys,
 * passwords in URLs and assignments. Text is held back to
 * the end of its line, and longer where a known value may have begun or a private key is open, so a secret that is
 * cut between chunks is found. At most 64 KiB and the longest known value are held; of an endless line the rest is
 * shown. Not found is a secret that the step has changed in any other way.
 *
 * @public
 */
export function createRedactor(options: {
  /** Forms that are given can be shared: what one redactor adds, all of them hide. */
  secrets: Iterable<string> | SecretForms;
}): Redactor {
  const { secrets } = options;
  const forms =
    secrets instanceof SecretForms ? secrets : new SecretForms(secrets);
  let held = '';
  /** A private key longer than what may be held goes on: everything is dropped up to its end. */
  let isInKey = false;
  /** A secret longer than what may be held goes on: its characters are dropped. */
  let isInToken = false;

  const dropRests = () => {
    if (isInKey) {
      const end = privateKeyEnd(held);
      held = end === undefined ? held.slice(-KEY_END_LENGTH) : held.slice(end);
      isInKey = end === undefined;
    }
    if (isInToken) {
      const end = held.search(/[\s"'`,;]/);
      held = end < 0 ? '' : held.slice(end);
      isInToken = end < 0;
    }
  };

  const release = (isEnd: boolean): string => {
    dropRests();
    if (isInKey && !isEnd) return '';
    if (isInKey) held = '';
    const read = readings(held);
    const [seen] = read;
    const joinedUp = joinedBase64(seen);
    const keys = privateKeyRanges(seen.text).map(seen.back);
    const ranges = merged([
      ...read.flatMap(one => forms.rangesIn(one.text).map(one.back)),
      ...(joinedUp ? forms.rangesIn(joinedUp.text).map(joinedUp.back) : []),
      ...suspiciousRanges(seen.text).map(seen.back),
      ...keys,
    ]);
    let cut = isEnd ? held.length : cutOf(held);
    if (!isEnd) {
      cut = Math.min(cut, ...read.map(one => beginningAtEnd(forms, one)));
      if (joinedUp) {
        // Its line stays whole: by its length the next look knows that it goes on.
        const begin = beginningAtEnd(forms, joinedUp);
        const line = held.lastIndexOf('\n', begin - 1) + 1;
        if (begin < cut) cut = Math.min(begin, line);
      }
      const open = keys.find(key => key.open);
      if (open) cut = Math.min(cut, open.begin);
      cut = beforeRange(ranges, cut);
      if (cut === 0 && held.length > MAX_HELD_LENGTH) {
        // One secret fills all that may be held.
        cut = held.length;
        isInKey = open !== undefined;
        isInToken = !isInKey && ranges.at(-1)?.end === held.length;
      }
    }
    const shown = withoutRanges(held, ranges, cut);
    held = held.slice(cut);
    return shown;
  };

  return {
    add: secret => forms.add(secret),
    push: chunk => {
      let shown = '';
      for (let at = 0; at < chunk.length; at += PIECE_LENGTH) {
        const piece = chunk.slice(at, at + PIECE_LENGTH);
        held += piece;
        const isWorthwhile =
          /[\r\n]/.test(piece) || held.length > MAX_HELD_LENGTH;
        if (isWorthwhile) shown += release(false);
      }
      return shown;
    },
    flush: () => release(true),
  };
}

/** Behind the last line end, or, in a line that is too long, some way before its end. */
function cutOf(text: string): number {
  const lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  return text.length - lineEnd > MAX_HELD_LENGTH
    ? text.length - OVERLAP_LENGTH
    : lineEnd;
}

/** Where a value may have begun whose rest is still to come, in the text as it came. */
function beginningAtEnd(forms: SecretForms, seen: Projection): number {
  const at = forms.beginningAtEnd(seen.text);
  return at < seen.text.length ? seen.offsetOf(at) : Infinity;
}

/** In front of every secret that the cut would divide, what makes it known as one included. */
function beforeRange(ranges: readonly SecretRange[], cut: number): number {
  let at = cut;
  for (let moved = true; moved; ) {
    moved = false;
    for (let index = ranges.length - 1; index >= 0; index -= 1) {
      const { begin, end } = ranges[index];
      if (begin < at && at < end) {
        at = begin;
        moved = true;
      }
    }
  }
  return at;
}

function merged(ranges: readonly SecretRange[]): SecretRange[] {
  const ordered = ranges
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  const result: SecretRange[] = [];
  for (const range of ordered) {
    const last = result.at(-1);
    if (last && range.start <= last.end) {
      last.begin = Math.min(last.begin, range.begin);
      last.end = Math.max(last.end, range.end);
    } else {
      result.push({ ...range });
    }
  }
  return result;
}

function withoutRanges(
  text: string,
  ranges: readonly SecretRange[],
  cut: number,
): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of ranges) {
    if (start >= cut) break;
    shown += text.slice(at, start) + REDACTED;
    at = Math.min(end, cut);
  }
  return shown + text.slice(at, cut);
}
