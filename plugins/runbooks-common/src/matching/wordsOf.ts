/**
 * The words of a text in a form in which "Pods Crash Looping", "PodCrashLooping" and "pod crash loop" are the same:
 * compound names divided, lower case, common endings taken off.
 */
export function wordsOf(text: string): string[] {
  const divided = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/(?<=[A-Z])(?=[A-Z][a-z])/g, ' ');
  return (divided.toLocaleLowerCase('en-US').match(/[a-z0-9]+/g) ?? []).map(
    stem,
  );
}

/** Whether every word of the phrase is among the words. */
export function holdsPhrase(words: Set<string>, phrase: string): boolean {
  return wordsOf(phrase).every(word => words.has(word));
}

const SAME: Record<string, string> = {
  failure: 'fail',
  failing: 'fail',
  failed: 'fail',
  autoscaling: 'autoscal',
  autoscaler: 'autoscal',
  scale: 'scal',
  scaling: 'scal',
  responding: 'respond',
  cannot: 'not',
  oomkilled: 'oom',
};

function stem(word: string): string {
  if (Object.hasOwn(SAME, word)) return SAME[word];
  if (word.length <= 4) return word.replace(/([^s])s$/, '$1');
  return word
    .replace(/(ing|ed)$/, '')
    .replace(/(ch|sh|ss|x)es$/, '$1')
    .replace(/([^s])s$/, '$1')
    .replace(/e$/, '');
}
