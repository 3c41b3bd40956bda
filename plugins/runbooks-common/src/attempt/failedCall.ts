import { isAnswer } from './answers';
import type { ClusterCall } from './clusterCalls';

/**
 * The call of a text whose failure counts, by the words that kubectl or helm was started with and its exit code.
 * Undefined where bash handles it, where the code is an answer, where a signal ended it, and where the text has no such
 * call: a script that calls kubectl handles its failures itself.
 *
 * @param near - The calls that stand where the text is now.
 * @param all - Those of the whole text, asked where none of the near ones fits.
 * @public
 */
export function failedCall(
  words: readonly string[],
  exitCode: number,
  { near, all }: { near: readonly ClusterCall[]; all: readonly ClusterCall[] },
): ClusterCall | undefined {
  if (exitCode === 0 || exitCode > 127) return undefined;
  if (isAnswer(words.join(' '), exitCode)) return undefined;
  const fits = (call: ClusterCall) => mayBe(call.words, words);
  const here = near.filter(fits);
  const found = here.length > 0 ? here : all.filter(fits);
  return found.some(({ caught }) => caught) ? undefined : found[0];
}

/** Whether words fit a row in which undefined stands for any number of them. */
function mayBe(
  written: ReadonlyArray<string | undefined>,
  words: readonly string[],
): boolean {
  let at = 0;
  let open = -1;
  let retry = 0;
  let index = 0;
  while (index < words.length) {
    if (at < written.length && written[at] === undefined) {
      open = at;
      at += 1;
      retry = index;
    } else if (at < written.length && written[at] === words[index]) {
      at += 1;
      index += 1;
    } else if (open >= 0) {
      at = open + 1;
      retry += 1;
      index = retry;
    } else return false;
  }
  return written.slice(at).every(word => word === undefined);
}
