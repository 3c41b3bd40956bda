import { REDACTED } from './redacted';
import {
  privateKeyRanges,
  suspiciousRanges,
  type TextRange,
} from './secretPatterns';

/** A shorter run of characters says too little. */
const MIN_RANDOM_LENGTH = 20;
/** A piece between slashes may be as short as this. */
const MIN_PIECE_LENGTH = 16;
/** Longer texts are no credential somebody typed; only their tokens of known kinds count. */
const MAX_WORD_LENGTH = 4096;
/** Of neighbours in a random text, six of ten are of different classes; in names and words, few are. */
const MIN_CHANGES = 0.4;

/** A digest in base64, as package managers write it. */
const DIGEST = /^(?:sha(?:1|256|384|512)|md5)[-:]/i;
const WORD = /[A-Za-z0-9+/_=.~-]{20,4096}/g;

/**
 * True where a value looks like a credential: a token of a known kind, a private key, an address with a password, or
 * a random-looking word of letters in both cases and digits.
 *
 * Names of pods, digests, hashes of git, UUIDs, versions, times and addresses do not. Not found are passwords that
 * are words, and keys in hexadecimal digits, which nothing tells from a hash.
 *
 * @public
 */
export function isCredentialLike(value: string): boolean {
  return secretRanges(value).length > 0;
}

/**
 * A text without what looks like a credential: each is `[redacted]`, so that a reason or a note never carries one
 * into the record. Also what is assigned to a password's name goes, whatever it looks like.
 *
 * @public
 */
export function withoutCredentials(text: string): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of secretRanges(text)) {
    if (end <= at) continue;
    if (start >= at) shown += text.slice(at, start) + REDACTED;
    at = end;
  }
  return shown + text.slice(at);
}

function secretRanges(text: string): TextRange[] {
  return [
    ...suspiciousRanges(text),
    ...privateKeyRanges(text),
    ...randomWords(text),
  ]
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

function randomWords(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    // What follows a name or an option is looked at alone: KEY=value.
    const from = word.search(/=[^=]/) + 1;
    const value = word.slice(from);
    if (isRandom(value)) {
      ranges.push({ start: index + from, end: index + word.length });
    }
  }
  return ranges;
}

function isRandom(word: string): boolean {
  if (word.length < MIN_RANDOM_LENGTH || word.length >= MAX_WORD_LENGTH) {
    return false;
  }
  if (DIGEST.test(word)) return false;
  return word
    .split(/[/.]/)
    .some(piece => piece.length >= MIN_PIECE_LENGTH && isMixedUp(piece));
}

function isMixedUp(piece: string): boolean {
  const classes = [...piece.replace(/[^A-Za-z0-9]/g, '')].map(classOf);
  if (classes.length < MIN_PIECE_LENGTH) return false;
  const count = (one: string) => classes.filter(c => c === one).length;
  if (count('digit') < 2 || count('upper') < 2 || count('lower') < 2) {
    return false;
  }
  const changes = classes.filter(
    (one, at) => at > 0 && one !== classes[at - 1],
  );
  return changes.length / (classes.length - 1) >= MIN_CHANGES;
}

function classOf(character: string): string {
  if (character >= '0' && character <= '9') return 'digit';
  return character >= 'A' && character <= 'Z' ? 'upper' : 'lower';
}
