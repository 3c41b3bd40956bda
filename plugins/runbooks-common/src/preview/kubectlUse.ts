import type { KubectlWords } from '../plan/judge/kubectlWords';
import { isOn } from '../shell/effects/options';

/** What a call of kubectl is in a dry run. */
export interface KubectlUse {
  /** `waits`: it looks until something has happened. */
  kind: 'reads' | 'waits' | 'writes';
  /** Its words, for people: `kubectl rollout status`. */
  says: string;
  /** Why a dry run of it would be untrue or cannot be made. */
  because?: string;
}

const READS = new Set(
  (
    'get describe logs top explain events version api-resources api-versions cluster-info kustomize config auth diff ' +
    'options completion plugin help'
  ).split(' '),
);
const WRITES = new Set(
  'scale set patch label annotate apply create replace delete cordon uncordon taint autoscale expose run'.split(
    ' ',
  ),
);
const ROLLOUTS: Readonly<Record<string, KubectlUse['kind']>> = {
  status: 'waits',
  history: 'reads',
  restart: 'writes',
  undo: 'writes',
  pause: 'writes',
  resume: 'writes',
};

const IN_A_POD = 'works inside a pod, and there is no dry run of that';
const A_WAY_IN =
  'opens a connection into the cluster, and there is no dry run of that';
const WITHOUT_DRY_RUN: Readonly<Record<string, string>> = {
  exec: IN_A_POD,
  rsh: IN_A_POD,
  attach: IN_A_POD,
  cp: IN_A_POD,
  rsync: IN_A_POD,
  debug: IN_A_POD,
  'port-forward': A_WAY_IN,
  proxy: A_WAY_IN,
  edit: 'waits for a person in an editor',
};

/** What a call of kubectl is in a dry run. Verbs are allowed by name; of any other one nobody knows whether it is true. */
export function kubectlUse(words: KubectlWords): KubectlUse {
  const { verb, operands, options, unclear } = words;
  const part = operands[0]?.certainty === 'exact' ? operands[0].value : '';
  const hasParts = /^(?:rollout|create|set|config|auth)$/.test(verb.value);
  const says = `kubectl ${verb.value}${hasParts && part ? ` ${part}` : ''}`;
  const no = (because: string): KubectlUse => ({
    kind: 'writes',
    says,
    because,
  });
  if (unclear) {
    return no('what kubectl is told to do is known only when it runs');
  }
  if (Object.hasOwn(WITHOUT_DRY_RUN, verb.value)) {
    return no(`${says} ${WITHOUT_DRY_RUN[verb.value]}`);
  }
  switch (verb.value) {
    case 'drain':
      return no(
        'each eviction of a drain would be answered as if no other pod had been evicted before it',
      );
    case 'rollout':
      return Object.hasOwn(ROLLOUTS, part)
        ? { kind: ROLLOUTS[part], says }
        : no(notKnown(says));
    case 'wait':
      return { kind: 'waits', says };
    case 'create':
      return part === 'token'
        ? no(`a dry run of ${says} hands out a token that works`)
        : { kind: 'writes', says };
    case 'run':
      return isOn(options, 'attach', 'stdin', 'i', 'tty', 't', 'rm')
        ? no(`${says} waits for a pod that does not start in a dry run`)
        : { kind: 'writes', says };
    case 'auth':
      return part === 'reconcile'
        ? no(notKnown(says))
        : { kind: 'reads', says };
    default:
  }
  if (WRITES.has(verb.value)) return { kind: 'writes', says };
  if (!READS.has(verb.value)) return no(notKnown(says));
  const watches =
    /^(?:get|events)$/.test(verb.value) &&
    isOn(options, 'watch', 'w', 'watch-only');
  const follows = verb.value === 'logs' && isOn(options, 'follow', 'f');
  if (watches) return { kind: 'waits', says: `${says} -w` };
  return follows
    ? { kind: 'waits', says: `${says} -f` }
    : { kind: 'reads', says };
}

function notKnown(says: string): string {
  return `nobody knows whether a dry run of ${says} would be true`;
}
