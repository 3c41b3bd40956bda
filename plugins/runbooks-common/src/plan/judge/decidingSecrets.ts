import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import { isWorse } from '../../shell/effects/verdict';
import { PARAMETER_PREFIX } from '../../shell/parameterName';
import type { Argument } from '../../shell/words';
import { quotingAt } from '../bindText';
import { decidingWords } from './decidingWords';
import { kubectlWordsOf, programOf } from './kubectlWords';
import { isPatchOfJq } from './patchOfJq';
import { secretFlow } from './secretFlow';
import { startsOthers } from './startsOthers';
import { variablesAt } from './variablesIn';

/**
 * Why a step cannot be approved because of a secret value: it stands where it may decide what is done, and nobody who
 * approves may see it. Undefined where every use of a secret value is one of a short list: it is printed, compared,
 * assigned, handed on to what is followed itself, or stored or sent under a key that is written.
 *
 * @param hidden - Variables whose value is secret.
 * @param scripts - Texts of the scripts of the workspace that it runs.
 */
export function decidingSecrets(
  reading: BoundReading,
  text: string,
  hidden: readonly string[],
  scripts: readonly string[] = [],
): string | undefined {
  if (hidden.length === 0) return undefined;
  const { holds, decidedByInput } = secretFlow([text, ...scripts], hidden);
  const isSecret = (name: string) => holds(`$${name}`);
  if (reading.evaluates.some(isSecret)) return says('what bash evaluates');
  if (decidedByInput !== undefined)
    return says(`what "${decidedByInput}" does with its input`);
  for (const call of reading.calls) {
    const word = decidingWords(call, reading.calls).find(
      one => one.certainty !== 'exact' && holds(one.value),
    );
    if (word) return says(`what "${shownCall(call)}" does`);
    const several =
      !startsOthers(call) &&
      isWorse(call.verdict.effect, 'read') &&
      call.args.some(one => mayBeSeveral(one, text, isSecret));
    if (several)
      return says(`what "${shownCall(call)}" does, because nothing quotes it`);
  }
  return undefined;
}

function says(what: string): string {
  return `a secret value stands where it decides ${what}, and nobody who approves may see it`;
}

function shownCall(call: SeenCall): string {
  const verb = kubectlWordsOf(call)?.verb;
  return (
    [programOf(call), ...(verb?.certainty === 'exact' ? [verb.value] : [])]
      .filter(word => !word.includes('$'))
      .join(' ') || 'a command'
  );
}

/** Without quotes it may be any words; of a parameter only values that are one plain word are accepted there. */
function mayBeSeveral(
  { start, end, value, certainty }: Argument,
  text: string,
  isSecret: (name: string) => boolean,
): boolean {
  if (start < 0 || certainty === 'exact') return false;
  // It has quotes of its own inside.
  if (text.slice(start, end) === `"${value}"` && isPatchOfJq(value))
    return false;
  return variablesAt(text.slice(start, end)).some(
    ({ index, name }) =>
      isSecret(name) &&
      !name.startsWith(PARAMETER_PREFIX) &&
      quotingAt(text, start + index) === 'none',
  );
}
