import { GATEWAY_PORT } from '../../attempt/gatewayPort';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { type KubectlWords, kubectlWordsOf, programOf } from './kubectlWords';
import { scriptFileOf, startsOthers } from './startsOthers';

const SENT_TO = new RegExp(
  `^(?:https?:\\/\\/)?(?:[$\`]|[^/?#]*:${GATEWAY_PORT}(?:[/?#]|$))`,
  'i',
);

type IsData = (
  value: string,
  before: string,
  args: readonly Argument[],
  at: number,
) => boolean;

/** Where programs take what they store, compare with or log in with. */
const DATA_OF: Readonly<Record<string, IsData | undefined>> = Object.assign(
  Object.create(null) as Record<string, IsData>,
  {
    jq: (_, before, args, at) =>
      args[at - 2]?.value === '--arg' && /^\w+$/.test(before),
    helm: (value, before) =>
      before === '--set-literal'
        ? isSecretSetting(value)
        : isSecretSetting(value.replace(/^--set-literal=/, '=')) &&
          value.startsWith('--set-literal='),
    'redis-cli': (_, before) => /^(?:-a|--pass)$/.test(before),
    psql: (value, before) =>
      /^(?:-c|--command)$/.test(before) && setsPassword(value),
    mysql: value => /^(?:-p|--password=)./.test(value),
    mysqladmin: value => /^(?:-p|--password=)./.test(value),
    mysqldump: value => /^(?:-p|--password=)./.test(value),
    docker: (_, before) => /^(?:-p|--password)$/.test(before),
  } satisfies Record<string, IsData>,
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
  if (/^(?:echo|printf|:|true|false|test|\[|\[\[)$/.test(program))
    return [name];
  if (/^(?:export|declare|local|typeset|readonly)$/.test(program))
    return [name, ...args.filter(one => !isAssignment(one))];
  if (program === 'set')
    return args[0]?.value === '--' ? [name] : [...call.args];
  if (program === 'curl') return [name, ...ofCurl(args)];
  const isData = DATA_OF[program];
  return isData
    ? [
        name,
        ...args.filter(
          (one, at) => !isData(one.value, args[at - 1]?.value ?? '', args, at),
        ),
      ]
    : [...call.args];
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
        isStoredByPatch(value)
      );
    default:
      return false;
  }
}

//   {"stringData":{"password":"${PW}"}}
//                              ^
/** Whether all that is put into a patch are whole values of data. */
function isStoredByPatch(patch: string): boolean {
  const filled = patch.replace(/"\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)"/g, '"@"');
  return (
    !/[$`]/.test(filled) &&
    /^\s*\{\s*"(?:stringData|data)"\s*:\s*\{[^{}]*\}\s*\}\s*$/.test(filled) &&
    !/"@"\s*:/.test(filled)
  );
}

/** Options of curl whose value is sent. */
const SENDS = /^(?:-[duH]|--user|--header|--data(?:-raw|-binary|-urlencode)?)$/;

/** All of a request to the API server, or to one that is not known; of others what is no header and no body. */
function ofCurl(args: readonly Argument[]): readonly Argument[] {
  const isToServer = args.some(
    (one, at) =>
      SENT_TO.test(one.value) && !SENDS.test(args[at - 1]?.value ?? ''),
  );
  if (isToServer) return args;
  return args.filter((one, at) => {
    const before = args[at - 1]?.value ?? '';
    // What begins with an @ would be the name of a file.
    const isWhole = /^(?:-u|--user|--data-raw)$/.test(before);
    return !SENDS.test(before) || (!isWhole && /^[$`@]/.test(one.value));
  });
}

/** `db.password=...`: a setting that by its name holds a secret. */
function isSecretSetting(value: string): boolean {
  const name = /^=?([\w.-]+)=/.exec(value)?.[1].split('.').pop() ?? '';
  return /password|passwd|secret|token|key|credentials?/i.test(
    name.slice(name.lastIndexOf('-') + 1),
  );
}

//   ALTER USER x PASSWORD '${PW}'
//                          ^
function setsPassword(statement: string): boolean {
  const filled = statement.replace(
    /\bPASSWORD\s+'\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)'/gi,
    '',
  );
  return filled !== statement && !/[$`]/.test(filled);
}
