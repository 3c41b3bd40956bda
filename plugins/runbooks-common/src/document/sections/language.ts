const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  'the and to of for with is are be this that if from by not you your then when'.split(
    ' ',
  ),
);

const FEWEST_WORDS = 30;
/** Letters of scripts that English is not written in. */
const OTHER_SCRIPT = /[^\P{L}\p{Script=Latin}]{6}/u;

/**
 * True where prose is English as far as can be told, so that the verbs of `imperative.ts` can be trusted. Where they
 * cannot, form has to do: a numbered list is one of steps. Too few words to tell count as English.
 */
export function isEnglish(prose: string): boolean {
  const words = prose.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < FEWEST_WORDS && !OTHER_SCRIPT.test(prose)) return true;
  const known = words.filter(word => FUNCTION_WORDS.has(word)).length;
  return known / words.length >= 0.04;
}
