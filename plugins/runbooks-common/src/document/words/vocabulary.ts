import { trimmedEnd } from '../../text/trimmed';

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
const MARKS = '[^\\p{L}\\p{N}]*';
const CLOSING = /[\s:：.?!*]/;

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

class Patterns implements Vocabulary {
  readonly isEmpty: boolean;
  readonly #written: readonly string[];
  readonly #normal: (text: string) => string;
  #anywhere?: RegExp;
  #opening?: RegExp;
  #whole?: RegExp;

  constructor(written: readonly string[], normal: (text: string) => string) {
    this.isEmpty = written.length === 0;
    this.#written = written;
    this.#normal = normal;
  }

  isIn(text: string): boolean {
    this.#anywhere ??= new RegExp(this.#within(), 'u');
    return this.#anywhere.test(this.#normal(text.slice(0, LONGEST_TEXT)));
  }

  opens(text: string): boolean {
    this.#opening ??= new RegExp(`^${MARKS}${this.#within()}`, 'u');
    return this.#opening.test(this.#normal(text.slice(0, LONGEST_TEXT)));
  }

  is(text: string): boolean {
    if (text.length > LONGEST_TEXT) return false;
    this.#whole ??= new RegExp(
      `^${MARKS}${eitherOf([
        grouped(this.#phrases(isWhole), '', ''),
        grouped(this.#phrases(isStem), '', '[\\p{L}\\p{N}]*'),
      ])}$`,
      'u',
    );
    return this.#whole.test(trimmedEnd(this.#normal(text), CLOSING));
  }

  #within(): string {
    const isSpaced = (phrase: string) => IS_SPACED.test(phrase);
    const before = `(?<!${LETTER})`;
    return eitherOf([
      grouped(
        this.#phrases(phrase => isSpaced(phrase) && isWhole(phrase)),
        before,
        `(?!${LETTER})`,
      ),
      grouped(
        this.#phrases(phrase => isSpaced(phrase) && isStem(phrase)),
        before,
        '',
      ),
      grouped(
        this.#phrases(phrase => !isSpaced(phrase)),
        '',
        '',
      ),
    ]);
  }

  #phrases(counts: (phrase: string) => boolean): string[] {
    return this.#written.map(this.#normal).filter(counts);
  }
}

/**
 * Makes a vocabulary of one or more lists of words. Languages that write without blanks are found anywhere in a
 * text, the others as whole words. Each question takes time in proportion to the length of the text; what it needs
 * is made when it is first asked.
 */
export function vocabulary(...lists: Words[]): Vocabulary {
  const entries = lists.flatMap(list => Object.entries(list));
  const patterns = [
    new Patterns(
      phrasesOf(entries, language => !ACCENTS_COUNT.has(language)),
      fold,
    ),
    new Patterns(
      phrasesOf(entries, language => ACCENTS_COUNT.has(language)),
      lower,
    ),
  ].filter(({ isEmpty }) => !isEmpty);
  return {
    isIn: text => patterns.some(pattern => pattern.isIn(text)),
    opens: text => patterns.some(pattern => pattern.opens(text)),
    is: text => patterns.some(pattern => pattern.is(text)),
  };
}

function isStem(phrase: string): boolean {
  return phrase.endsWith('*');
}

function isWhole(phrase: string): boolean {
  return !isStem(phrase);
}

/** A text in lower case and without accents, as vocabularies compare it. */
export function fold(text: string): string {
  if (!/[^ -~]/.test(text)) return text.toLowerCase();
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

function grouped(
  phrases: readonly string[],
  before: string,
  after: string,
): string {
  return phrases.length === 0
    ? ''
    : `${before}(?:${phrases.map(patternOf).join('|')})${after}`;
}

function eitherOf(patterns: readonly string[]): string {
  return `(?:${patterns.filter(pattern => pattern !== '').join('|')})`;
}

function patternOf(phrase: string): string {
  return trimmedEnd(phrase, /\*/)
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/\\\*/g, '[\\p{L}\\p{N}]*')
    .replace(/\s+/g, '[\\s_-]*');
}
