import type { Effect } from '../effect';
import { isWorse, type Verdict } from './effects/verdict';

/** A reason is kept with each run; of a script that changes more things than this the rest is counted. */
const MAX_OTHERS = 20;
const OF_SCRIPT = /^runs [^:]+: at worst, /;

/**
 * Why a script has its effect, in words: the worst that stands in it is on one of its paths, and need not happen.
 *
 * @param says what runs it: "runs ./deploy.sh"
 */
export function scriptReason(
  says: string,
  { effect, because }: Pick<Verdict, 'effect' | 'because'>,
): string {
  return isWorse(effect, 'unknown')
    ? `${says}: at worst, ${because}`
    : `${says}: ${because}`;
}

/** Whether a reason is what stands in a script, and not what the words of the step say. @public */
export function isScriptReason(because: string): boolean {
  return OF_SCRIPT.test(because);
}

/** The reason of the worst that a script does, with what else it changes behind it. */
export function reasonWithOthers(
  worst: Pick<Verdict, 'because'>,
  all: ReadonlyArray<{ effect: Effect; because: string }>,
): string {
  const others = [
    ...new Set(
      all
        .filter(({ effect }) => isWorse(effect, 'unknown'))
        .map(({ because }) => because),
    ),
  ].filter(because => because !== worst.because);
  if (others.length === 0) return worst.because;
  const named = others.slice(0, MAX_OTHERS).join('; ');
  const more = others.length - MAX_OTHERS;
  return `${worst.because}; it also ${named}${
    more > 0 ? `; and ${more} more` : ''
  }`;
}
