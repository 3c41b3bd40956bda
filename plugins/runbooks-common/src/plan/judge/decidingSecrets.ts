import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import { ruleFor } from '../../shell/effects/judgeTool';
import { isWorse } from '../../shell/effects/verdict';
import { GATEWAY_PORT } from '../../attempt/gatewayPort';
import { PARAMETER_PREFIX } from '../../shell/parameterName';
import type { Argument } from '../../shell/words';
import { quotingAt } from '../bindText';
import { type KubectlWords, kubectlWordsOf, programOf } from './kubectlWords';
import { secretFlow } from './secretFlow';
import { startsOthers } from './startsOthers';
import { variablesAt } from './variablesIn';

const HELM_DATA =
  /^--(?:set|set-string|set-literal|set-json|password|username)(=|$)/;

const SENT_TO = new RegExp(
  `^(?:https?:\\/\\/)?(?:[$\`]|[^/?#]*:${GATEWAY_PORT}(?:[/?#]|$))`,
  'i',
);

/**
 * Why a step cannot be approved because of a secret value: it stands in the place of a command, a verb, a kind, a name
 * or a flag, where it decides what is done, and nobody who approves may see it. Undefined where secret values are only
 * what is stored, sent or compared.
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
    const word = decidingWords(call).find(
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
  { start, end, certainty }: Argument,
  text: string,
  isSecret: (name: string) => boolean,
): boolean {
  if (start < 0 || certainty === 'exact') return false;
  return variablesAt(text.slice(start, end)).some(
    ({ index, name }) =>
      isSecret(name) &&
      !name.startsWith(PARAMETER_PREFIX) &&
      quotingAt(text, start + index) === 'none',
  );
}

function decidingWords(call: SeenCall): Argument[] {
  const [name, ...args] = call.args;
  if (!name) return [];
  if (call.defined || startsOthers(call)) return [name];
  const kubectl = kubectlWordsOf(call);
  if (kubectl) return [name, ...ofKubectl(kubectl)];
  switch (programOf(call)) {
    case 'helm':
      return [name, ...withoutData(args, HELM_DATA)];
    case 'curl':
    case 'wget':
      return [name, ...ofRequest(args)];
    default: {
      const verb = args.find(one => !one.value.startsWith('-'));
      const isVerb =
        verb !== undefined &&
        call.verdict.effect === 'unknown' &&
        ruleFor(name.value) !== undefined;
      return isVerb ? [name, verb] : [name];
    }
  }
}

/** Options whose value is stored or sent and decides nothing. */
const KUBECTL_DATA = new Set(
  'from-literal env e docker-password docker-username docker-email patch p'.split(
    ' ',
  ),
);

function ofKubectl({ verb, options, operands }: KubectlWords): Argument[] {
  return [
    verb,
    ...operands.filter((one, index) => !isSetting(verb, one, index)),
    ...options.given.flatMap(({ name, value, argument }) =>
      KUBECTL_DATA.has(name) ? [] : [value ?? argument],
    ),
  ];
}

//   kubectl set env deploy/web PASSWORD="$PW"
//                              ^
/** What is set under a key that is written. */
function isSetting(
  verb: Argument,
  { value }: Argument,
  index: number,
): boolean {
  return (
    index > 0 &&
    /^(?:set|label|annotate)$/.test(verb.value) &&
    /^[\w./-]+=/.test(value)
  );
}

/** Arguments but for the values of options that only hold data. */
function withoutData(args: readonly Argument[], data: RegExp): Argument[] {
  return args.filter((one, index) => {
    const own = data.exec(one.value);
    const before = data.exec(args[index - 1]?.value ?? '');
    return own?.[1] !== '=' && before?.[1] !== '';
  });
}

/** The method, and a URL whose server is not known or is the API server. */
function ofRequest(args: readonly Argument[]): Argument[] {
  return args.filter((one, index) => {
    const before = args[index - 1]?.value ?? '';
    return (
      /^(?:-X|--request|--method)$/.test(before) ||
      /^(?:-X|--request=|--method=)/.test(one.value) ||
      (SENT_TO.test(one.value) && !/^-/.test(before))
    );
  });
}
