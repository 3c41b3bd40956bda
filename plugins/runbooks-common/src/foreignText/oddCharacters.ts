import type { Finding } from './model';

/**
 * Characters that show as nothing, as a blank, out of order or differently everywhere: controls, format characters
 * (bidirectional ones, zero-width ones, tags), variation selectors, blanks other than the space, line separators,
 * fillers, private use, halves of pairs and noncharacters. Tab and line end are not odd.
 */
const ODD =
  /(?![\t\n\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\ufdd0-\ufdef\ufffe\uffff]/u;
const ODD_RUN = new RegExp(`(?:${ODD.source})+`, 'gu');
/** Signs that look like one that a shell knows. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '\u037e': 'Greek question mark, which looks like ;',
  '\u01c0': 'click letter, which looks like |',
  '\u2011': 'non-breaking hyphen, which looks like -',
  '\u2024': 'one dot leader, which looks like .',
  '\u2044': 'fraction slash, which looks like /',
  '\u2215': 'division slash, which looks like /',
  '\u2223': 'divides, which looks like |',
  '\u2236': 'ratio, which looks like :',
  '\ua789': 'letter colon, which looks like :',
};
const LOOKALIKE_SIGN = new RegExp(
  `[${Object.keys(LOOKS_LIKE).join('')}]`,
  'gu',
);

const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}0-9#*\ufe0f]$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
/** Scripts that need joiners to be spelled. */
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}';
const JOINING_END = new RegExp(`[${JOINING}]$`, 'u');
const JOINING_START = new RegExp(`^[${JOINING}]`, 'u');

/** More of one character are counted. */
const MAX_SPELLED = 3;

const NAMES: Readonly<Record<number, string>> = {
  0x00: 'null character',
  0x08: 'backspace',
  0x0d: 'carriage return',
  0x1b: 'escape',
  0x7f: 'delete character',
  0xa0: 'non-breaking space',
  0xad: 'soft hyphen',
  0x61c: 'Arabic letter mark',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of a change of direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x202f: 'narrow non-breaking space',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'end of an isolate',
  0x2800: 'empty Braille pattern',
  0x3000: 'ideographic space',
  0xfeff: 'zero-width no-break space',
};

/**
 * Finds characters that are not what they show, each with its name. Joiners and variation selectors are left alone
 * where a script or an emoji is spelled with them.
 */
export function oddCharacters(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(ODD_RUN)) {
    pushRun(found, text, match.index, match.index + match[0].length);
  }
  for (const { 0: sign, index } of text.matchAll(LOOKALIKE_SIGN)) {
    found.push({
      kind: 'marked',
      text: visible(sign),
      says: `${LOOKS_LIKE[sign]} (${codeOf(sign)})`,
      start: index,
      end: index + sign.length,
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A character in a spelling that shows: `\r`, `\u{202E}`. */
export function visible(character: string): string {
  if (character === '\r') return '\\r';
  if (character === '\b') return '\\b';
  return `\\u{${hexOf(character)}}`;
}

/** What a character is called, with its code. */
export function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `${NAMES[code] ?? kindOf(character, code)} (${codeOf(character)})`;
}

function pushRun(found: Finding[], text: string, start: number, end: number) {
  let at = start;
  while (at < end) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    let next = at + character.length;
    let count = 1;
    while (next < end && text.startsWith(character, next)) {
      next += character.length;
      count += 1;
    }
    const isAlone = count === 1 && isInPlace(text, character, at, next);
    if (!isAlone) found.push(findingOf(character, count, at, next));
    at = next;
  }
}

function findingOf(
  character: string,
  count: number,
  start: number,
  end: number,
): Finding {
  const spelled = visible(character);
  return {
    kind: 'marked',
    text: count > MAX_SPELLED ? `${spelled}×${count}` : spelled.repeat(count),
    says: count > 1 ? `${count} × ${nameOf(character)}` : nameOf(character),
    start,
    end,
  };
}

function isInPlace(
  text: string,
  character: string,
  start: number,
  end: number,
) {
  // The line end of Windows hides nothing.
  if (character === '\r') return text[end] === '\n';
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  if (character === '\ufe0f' || character === '\ufe0e') {
    return EMOJI_END.test(before);
  }
  if (character !== '\u200d' && character !== '\u200c') return false;
  if (character === '\u200d' && EMOJI_END.test(before)) {
    return EMOJI_START.test(after);
  }
  return JOINING_END.test(before) && JOINING_START.test(after);
}

function kindOf(character: string, code: number): string {
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag character';
  if (/\p{Variation_Selector}/u.test(character)) return 'variation selector';
  if (/\p{Cc}/u.test(character)) return 'control character';
  if (/\p{Cs}/u.test(character)) return 'half of a character';
  if (/\p{Co}/u.test(character)) return 'private use character';
  if (/\p{Z}/u.test(character)) return 'blank other than the space';
  return 'invisible character';
}

function codeOf(character: string): string {
  return `U+${hexOf(character).padStart(4, '0')}`;
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}
