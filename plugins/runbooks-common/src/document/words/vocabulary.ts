/**
 * Words of one meaning, one line per language: `{ en: 'roll back*, undo', de: 'zurückroll*' }`.
 *
 * Commas part them, `*` stands for any ending, and a blank also for a hyphen, an underscore or nothing: "roll back"
 * is "rollback" and "roll-back" too. Case does not count, nor do accents, but for Vietnamese.
 */
export type Words = Readonly<Record<string, string>>;

/** Finds words of one meaning in titles, keys and headings of columns, whatever language they are in. */
export interface Vocabulary {
  /** One of the words stands in the text. */
  isIn(text: string): boolean;
  /** The text begins with one of the words. */
  opens(text: string): boolean;
  /** The text is one of the words and nothing besides. */
  is(text: string): boolean;
}

/** Without its accents every second word of Vietnamese is a word of another language. */
const ACCENTS_COUNT: ReadonlySet<string> = new Set(['vi']);

const PLAIN: Record<string, string> = {
  đ: 'd',
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** Letters of scripts that part words with blanks; Korean does too, but puts endings to its words. */
const LETTER = '[\\p{sc=Latin}\\p{sc=Cyrillic}\\p{sc=Greek}\\p{N}]';
const IS_SPACED = /^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}#]/u;
/** Titles, keys and headings are shorter; of a longer text only the beginning counts. */
const LONGEST_TEXT = 300;
const CLOSING = /[\s:：.?!*]+$/;

/**
 * Makes a vocabulary of one or more lists of words. Languages that write without blanks are found anywhere in a
 * text, the others as whole words. Each question takes time in proportion to the length of the text.
 */
export function vocabulary(...lists: Words[]): Vocabulary {
  const entries = lists.flatMap(list => Object.entries(list));
  const finders = [
    finder(
      phrasesOf(entries, language => !ACCENTS_COUNT.has(language)),
      fold,
    ),
    finder(
      phrasesOf(entries, language => ACCENTS_COUNT.has(language)),
      lower,
    ),
  ].filter(found => found !== undefined);
  const any = (ask: keyof Vocabulary) => (text: string) =>
    finders.some(found => found[ask](text));
  return { isIn: any('isIn'), opens: any('opens'), is: any('is') };
}

function phrasesOf(
  entries: ReadonlyArray<[language: string, words: string]>,
  counts: (language: string) => boolean,
): string[] {
  return entries
    .filter(([language]) => counts(language))
    .flatMap(([, words]) => words.split(','))
    .map(phrase => phrase.replace(/\s+/g, ' ').trim())
    .filter(phrase => phrase !== '');
}

function finder(
  written: readonly string[],
  normal: (text: string) => string,
): Vocabulary | undefined {
  if (written.length === 0) return undefined;
  const phrases = written.map(normal);
  const spaced = phrases.filter(phrase => IS_SPACED.test(phrase));
  const unspaced = phrases.filter(phrase => !IS_SPACED.test(phrase));
  const anywhere = `(?:${[
    ...wrapped(spaced, `(?<!${LETTER})(?:`, `)(?!${LETTER})`),
    ...wrapped(unspaced, '(?:', ')'),
  ].join('|')})`;
  const found = new RegExp(anywhere, 'u');
  const opening = new RegExp(`^[^\\p{L}\\p{N}]*${anywhere}`, 'u');
  const whole = new RegExp(
    `^[^\\p{L}\\p{N}]*(?:${phrases.map(patternOf).join('|')})$`,
    'u',
  );
  return {
    isIn: text => found.test(normal(text.slice(0, LONGEST_TEXT))),
    opens: text => opening.test(normal(text.slice(0, LONGEST_TEXT))),
    is: text =>
      text.length <= LONGEST_TEXT &&
      whole.test(normal(text).replace(CLOSING, '')),
  };
}

/** A text in lower case and without accents, as vocabularies compare it. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[đßłøæœı]/g, letter => PLAIN[letter]);
}

function lower(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function wrapped(phrases: string[], before: string, after: string): string[] {
  return phrases.length === 0
    ? []
    : [`${before}${phrases.map(patternOf).join('|')}${after}`];
}

function patternOf(phrase: string): string {
  return phrase
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/\\\*/g, '[\\p{L}\\p{N}]*')
    .replace(/\s+/g, '[\\s_-]*');
}
