import type { Finding } from './model';

/** Letters of Cyrillic, Greek and other scripts that look like a Latin one. */
const LOOKALIKES =
  'аеорсухіјѕһԁԛԝѵґӏАВЕКМНОРСТХІЈЅҮԌԚԜοανρυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡⅼⅰⅴⅹⅽⅾⅿᴏᴜᴠᴡᴢ';
const LOOKALIKE = new RegExp(`[${LOOKALIKES}]`, 'u');
/** A shorter part is an ending of a word, as in languages that put theirs behind a hyphen. */
const ONLY_LOOKALIKES = new RegExp(`^[${LOOKALIKES}]{3,}$`, 'u');
const LATIN = /[A-Za-z]/;

/** Parts of a name, and between them what joins names. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_.][\p{L}\p{N}\p{M}]+)*/gu;

/**
 * Finds words that mix Latin letters with ones of another script that look like Latin ones, and parts of names that
 * consist of such letters only, beside a Latin part: `pаyments` with a Cyrillic а, `сосо-api`.
 */
export function mixedScripts(text: string): Finding[] {
  if (!LOOKALIKE.test(text)) return [];
  const found: Finding[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const foreign = LOOKALIKE.test(word) ? foreignLetters(word) : [];
    if (foreign.length > 0) {
      found.push({
        kind: 'mixed',
        text: word,
        says: `mixes scripts: ${foreign.join(', ')}`,
        start: index,
        end: index + word.length,
      });
    }
  }
  return found;
}

/** At most this many letters are named. */
const MAX_NAMED = 5;

function foreignLetters(word: string): string[] {
  if (!LATIN.test(word)) return [];
  const letters = new Set<string>();
  for (const part of word.split(/[-_.]/)) {
    if (!LOOKALIKE.test(part)) continue;
    if (!LATIN.test(part) && !ONLY_LOOKALIKES.test(part)) continue;
    for (const letter of part) {
      if (letters.size < MAX_NAMED && LOOKALIKE.test(letter)) {
        letters.add(letter);
      }
    }
  }
  return [...letters].map(letter => {
    const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `${letter} is U+${code.padStart(4, '0')}`;
  });
}
