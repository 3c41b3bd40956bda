import { isDeclaring } from '../../shell/bashTable';
import { GATEWAY_PORT } from '../../attempt/gatewayPort';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { type KubectlWords, kubectlWordsOf, programOf } from './kubectlWords';
import { isPatchOfJq } from './patchOfJq';
import { secretDataPlaces } from './secretDataPlaces';
import { scriptFileOf, startsOthers } from './startsOthers';

const SENT_TO = new RegExp(
  `^(?:https?:\\/\\/)?(?:[$\`]|[^/?#]*:${GATEWAY_PORT}(?:[/?#]|$))`,
  'i',
);

/**
 * Words of a call that decide what it does: all of them, but for the places of a short list where a value is only
 * printed, compared, assigned, stored or sent.
 *
 * @param others - Every call of the step: what a wrapper starts is one of its own.
 */
export function decidingWords(
  call: SeenCall,
  others: readonly SeenCall[],
): readonly Argument[] {
  const [name, ...args] = call.args;
  if (!name) return [];
  // What follows becomes its `$1`, which is followed.
  if (call.defined) return [name];
  const script = scriptFileOf(call);
  if (script && startsOthers(call)) return [name, script];
  const kubectl = kubectlWordsOf(call);
  if (kubectl) return [name, ...ofKubectl(kubectl, call, others)];
  if (startsOthers(call)) return ofWrapper(call, others);
  const program = programOf(call);
  if (/^(?:echo|:|true|false|test|\[|\[\[)$/.test(program)) return [name];
  if (isDeclaring(program))
    return isPlainDeclaration(args)
      ? [name, ...args.filter(one => !isAssignment(one))]
      : [...call.args];
  if (program === 'set')
    return args[0]?.value === '--' ? [name] : [...call.args];
  // All of a request to the API server, or to one that is not known.
  if (program === 'curl' && isSentToServer(args)) return [...call.args];
  const data = secretDataPlaces(program, args, call.input);
  return [name, ...args.filter(one => !data.includes(one))];
}

/** As an integer or another name, a variable is evaluated. */
function isPlainDeclaration(args: readonly Argument[]): boolean {
  return args.every(
    ({ value }) => !/^[-+]/.test(value) || /^-[xrg]+$/.test(value),
  );
}

function isAssignment({ value }: Argument): boolean {
  return /^[A-Za-z_]\w*\+?=/.test(value);
}

/** Its own words; what it starts is a call of its own. */
function ofWrapper(
  call: SeenCall,
  others: readonly SeenCall[],
): readonly Argument[] {
  const own = call.args.length - startedBy(call.args, others);
  return call.args
    .slice(0, own)
    .filter((one, at) => at === 0 || !isAssignment(one));
}

/** How many of the last words are a call of their own. */
function startedBy(
  args: readonly Argument[],
  others: readonly SeenCall[],
): number {
  return Math.max(
    0,
    ...others
      .map(one => one.args)
      .filter(
        one =>
          one.length < args.length &&
          one.every(
            ({ value }, at) =>
              value === args[args.length - one.length + at].value,
          ),
      )
      .map(one => one.length),
  );
}

function ofKubectl(
  { verb, options, operands, unclear }: KubectlWords,
  call: SeenCall,
  others: readonly SeenCall[],
): Argument[] {
  const end = call.args.findIndex(one => one.value === '--');
  const isExec = /^(?:exec|debug|run)$/.test(verb.value);
  if (isExec && end > 0) {
    const rest = call.args.slice(end + 1);
    const before = { ...call, args: call.args.slice(0, end) };
    const words = kubectlWordsOf(before);
    return [
      ...(words ? ofKubectl(words, before, others) : before.args),
      ...decidingWords({ ...call, args: rest }, others),
    ];
  }
  if (unclear) return [...call.args];
  const [first] = operands;
  return [
    verb,
    ...operands.filter(
      (one, index) =>
        !(
          index > 0 &&
          verb.value === 'set' &&
          first.value === 'env' &&
          isAssignment(one)
        ),
    ),
    ...options.given.flatMap(({ name, value, argument }) =>
      isStored(name, value?.value ?? '', verb.value, first?.value ?? '')
        ? []
        : [value ?? argument],
    ),
  ];
}

/** Options whose value is stored under a key that is written, and decides nothing. */
function isStored(
  option: string,
  value: string,
  verb: string,
  first: string,
): boolean {
  switch (option) {
    case 'from-literal':
      return verb === 'create' && /^[\w.-]+=/.test(value);
    case 'docker-password':
    case 'docker-username':
    case 'docker-email':
      return verb === 'create';
    case 'env':
    case 'e':
      return /^(?:set|run)$/.test(verb) && /^[A-Za-z_]\w*=/.test(value);
    case 'p':
    case 'patch':
      return (
        verb === 'patch' &&
        /^secrets?(?:$|\/)/.test(first) &&
        isPatchOfJq(value)
      );
    default:
      return false;
  }
}

/** Options of curl whose value is sent. */
const SENDS = /^(?:-[duH]|--user|--header|--data(?:-raw|-binary|-urlencode)?)$/;

function isSentToServer(args: readonly Argument[]): boolean {
  return args.some(
    (one, at) =>
      SENT_TO.test(one.value) && !SENDS.test(args[at - 1]?.value ?? ''),
  );
}
