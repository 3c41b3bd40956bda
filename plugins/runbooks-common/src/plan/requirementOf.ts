import { assertNever } from '../assertNever';
import { worstEffect, type Effect } from '../effect';
import type { EntityRef } from '../time';
import { connectsToPods } from './allowedWrites';
import type {
  AllowedWrites,
  SecretReads,
  StepRequirement,
  StepVerdict,
} from './model';

/** How much is asked for, in rising order. @public */
export type Asked = 'nothing' | 'approval' | 'approval-and-confirmation';

/** What is asked for before a step may run, by what it does. @public */
export interface RequirementRules {
  effects: Record<Effect, Asked>;
  /** Of a step that only reads: for Secret data, and for a command inside a pod or a connection to it. */
  readsSecrets: Asked;
  connectsToPods: Asked;
}

/** @public */
export const DEFAULT_RULES: RequirementRules = {
  effects: {
    local: 'nothing',
    read: 'nothing',
    unknown: 'approval',
    change: 'approval',
    destructive: 'approval-and-confirmation',
  },
  readsSecrets: 'approval',
  connectsToPods: 'approval',
};

/** What is known around a step besides its verdict. @public */
export interface RequirementContext {
  /** Entities whose owners must approve, see `entitiesWritten`. */
  approvedBy: readonly EntityRef[];
  /** What a destructive step asks to be typed. */
  typed: string;
  /** Files that the step uses, or changed ones that it can reach, and that no approver can look at whole, each as a sentence. */
  unseen?: readonly string[];
}

/** More files than this are counted. */
const MAX_UNSEEN_NAMED = 5;

const ORDER: readonly Asked[] = [
  'nothing',
  'approval',
  'approval-and-confirmation',
];

/**
 * What must happen before a step may run, from its verdict. Where a value that matters is not known yet it is `later`:
 * nobody can approve what is not known.
 *
 * A step of which anything cannot be told, or whose writes cannot be listed and that may destroy something in them, is
 * asked for like a destructive one, before it starts. So is one that needs an approval and reaches a changed file whose difference no approver sees.
 *
 * @public
 */
export function requirementOf(
  verdict: StepVerdict,
  { approvedBy, typed, unseen = [] }: RequirementContext,
  rules: RequirementRules = DEFAULT_RULES,
): StepRequirement {
  if (verdict.impossible !== undefined) return { kind: 'nothing' };
  if (verdict.open.length > 0) {
    return {
      kind: 'later',
      because: `${listed(verdict.open)} ${
        verdict.open.length === 1 ? 'has' : 'have'
      } no value yet, and it decides what this step does`,
      variables: [...verdict.open],
    };
  }
  const ofVerdict = reasonsOf(verdict, rules);
  const reasons = ofVerdict.some(one => one.asked !== 'nothing')
    ? [...ofVerdict, ...unseenReasons(unseen)]
    : ofVerdict;
  const asked = reasons.reduce<Asked>(
    (worst, one) =>
      ORDER.indexOf(one.asked) > ORDER.indexOf(worst) ? one.asked : worst,
    'nothing',
  );
  const because = reasons
    .filter(one => one.asked !== 'nothing')
    .map(one => one.because)
    .join('; ');
  switch (asked) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'approval':
      return { kind: 'approval', because, approvedBy: [...approvedBy] };
    default:
      return {
        kind: 'approval-and-confirmation',
        because,
        typed,
        approvedBy: [...approvedBy],
      };
  }
}

function reasonsOf(
  verdict: StepVerdict,
  rules: RequirementRules,
): Array<{ asked: Asked; because: string }> {
  const { effect, because, unknown, writes, secrets } = verdict;
  const mayDestroy =
    unknown !== undefined ||
    (writes.kind === 'any-in-namespaces' && writes.destructive);
  const counts = mayDestroy ? worstEffect([effect, 'destructive']) : effect;
  return [
    {
      asked: rules.effects[counts],
      because: `${because}${doubt(effect, counts)}`,
    },
    ...(secrets.kind === 'none'
      ? []
      : [
          {
            asked: rules.readsSecrets,
            because: secretsInWords(secrets),
          },
        ]),
    ...(connectsToPods(writes)
      ? [
          {
            asked: rules.connectsToPods,
            because: connectionInWords(writes),
          },
        ]
      : []),
  ];
}

function connectionInWords(writes: AllowedWrites): string {
  const named =
    writes.kind === 'any-in-namespaces'
      ? writes.executes
      : writes.kind === 'listed' && writes.writes;
  const executes =
    named === 'any' ||
    (Array.isArray(named) ? named : []).some(
      ({ verb, subresource }) =>
        verb === 'connect' && /^(?:exec|attach)$/.test(subresource),
    );
  return executes
    ? 'it executes a command inside a pod'
    : 'it opens a connection to what runs in the cluster';
}

function secretsInWords(
  secrets: Exclude<SecretReads, { kind: 'none' }>,
): string {
  switch (secrets.kind) {
    case 'any':
      return 'it may read the values of any Secret';
    case 'of-types':
      return `it reads Secrets of type ${secrets.types.join(', ')}`;
    case 'named':
      return `it reads the values of ${
        secrets.names.length === 1 ? 'Secret' : 'Secrets'
      } ${secrets.names
        .map(({ namespace, name }) => `${name} in ${namespace}`)
        .join(', ')}`;
    default:
      return assertNever(secrets);
  }
}

function unseenReasons(
  unseen: readonly string[],
): Array<{ asked: Asked; because: string }> {
  const named = unseen.slice(0, MAX_UNSEEN_NAMED);
  const rest = unseen.length - named.length;
  return [
    ...named,
    ...(rest > 0 ? [`${rest} more files cannot be shown`] : []),
  ].map(because => ({ asked: 'approval-and-confirmation', because }));
}

/** What is added to the reason where the text does not tell all. */
function doubt(effect: Effect, counts: Effect): string {
  if (counts !== effect)
    return '; what it writes cannot be told from its text, so it may also delete';
  return effect === 'unknown'
    ? '; what cannot be told is treated as a change'
    : '';
}

function listed(names: readonly string[]): string {
  return names.map(name => `$${name}`).join(', ');
}
