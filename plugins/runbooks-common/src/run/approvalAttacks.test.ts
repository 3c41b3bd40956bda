import { requirementsOf } from '../health/labelSelector';
import { entitiesWritten } from '../plan/entitiesWritten';
import type { AllowedWrites, SecretReads } from '../plan/model';
import { claimObjects } from '../scope/claimObjects';
import type { Scope, ScopeSource } from '../scope/model';
import { CHANGE_STEP, OWNER, REQUESTER, STARTED } from '../testing/plans';
import { applyRunEvent } from './applyRunEvent';
import { boundAsPlanned } from './boundAsPlanned';
import { decideRun, type RunCommand } from './decideRun';
import type { Actor } from './decision';
import type { Run } from './model';

const OWN = 'component:default/auth-service';
const THEIRS = 'component:default/shop';
const NOW = '2026-11-21T02:01:00.000Z';
const POLICY = { approvalExpiresAfterMs: 24 * 3600 * 1000 };
const RULE: ScopeSource = { kind: 'configuration', rule: 'both' };

/** A friend of the attacker: they own the entity of the run, and nothing else. */
const COLLEAGUE = actor(OWNER, [OWN]);

interface Attack {
  says: string;
  writes?: AllowedWrites;
  secrets?: SecretReads;
  source?: ScopeSource;
  /** Labels that the attacker's own card selects. */
  own?: Record<string, string>;
}

// prettier-ignore
const ON_OTHERS: Attack[] = [
  { says: 'a named object of the other team', writes: patch('shop') },
  { says: 'one whose name no card has, in a namespace that only a card claims', writes: patch('nobodys'), source: { kind: 'catalog' } },
  { says: 'all objects of a kind', writes: patch('*') },
  { says: 'what a selector finds', writes: patch('', { verb: 'deletecollection', selector: 'app=shop' }) },
  { says: 'whatever a script does', writes: { kind: 'any-in-namespaces', namespaces: ['shared'], destructive: false } },
  { says: 'a command in a pod of the other team', writes: patch('shop-1', { verb: 'connect', group: '', resource: 'pods', subresource: 'exec' }) },
  { says: 'a policy that cuts off all pods', writes: patch('deny', { group: 'networking.k8s.io', resource: 'networkpolicies' }) },
  { says: 'the namespace itself', writes: patch('shared', { verb: 'delete', group: '', resource: 'namespaces', namespace: '' }) },
  { says: 'their object, which the own card selects as well', writes: patch('shop'), own: { app: 'shop' } },
  { says: 'their object, where the card of the run is all that gives the namespace', writes: patch('shop'), own: { app: 'shop' }, source: { kind: 'catalog' } },
  { says: 'an object nobody knows, by a rule that believes what a card says of itself', writes: patch('nobodys'), source: { kind: 'configuration', rule: 'both', claimed: true } },
  { says: 'Secrets without a name', secrets: { kind: 'any' } },
  { says: 'the releases of helm', secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] } },
];

describe('an approval by a friend who owns only the document’s service', () => {
  it.each(ON_OTHERS)(
    'is enough where only the owners of the document are asked, and not where those of what is written are: $says',
    attack => {
      expect(afterApproval([OWN], COLLEAGUE)).toBe('queued');
      expect(afterApproval(ownersAsked(attack), COLLEAGUE)).not.toBe('queued');
    },
  );
});

describe('four eyes with two accounts of one person', () => {
  const second = 'user:default/maya-admin';

  it.each<[string, { by: string; known: string[] }]>([
    ['of whoever started the run', { by: REQUESTER, known: [REQUESTER] }],
    [
      'of whoever asked for the step',
      { by: 'user:default/ana', known: ['user:default/ana'] },
    ],
  ])(
    'work where accounts are people, and not where it is known whose they are: %s',
    (_, { by, known }) => {
      expect(afterApproval([OWN], actor(second, [OWN]), by)).toBe('queued');
      expect(afterApproval([OWN], actor(second, [OWN], known), by)).toBe(
        'refused',
      );
    },
  );

  it('give both approvals where accounts are people, and not where it is known whose they are', () => {
    const both = (known: string[]) => {
      const half = approved(waiting([OWN, THEIRS]), COLLEAGUE);
      if (half === 'refused') return half;
      const run = approved(half, actor('user:default/tom2', [THEIRS], known));
      return run === 'refused' ? run : run.steps[CHANGE_STEP.id].status;
    };
    expect(both([])).toBe('queued');
    expect(both([OWNER])).toBe('refused');
  });
});

describe('an approval', () => {
  it('by whoever asked for the step, without having started the run, is not one', () => {
    const asker = actor('user:default/ana', [OWN]);
    expect(afterApproval([OWN], asker, asker.userRef)).toBe('refused');
    expect(afterApproval([OWN], COLLEAGUE, asker.userRef)).toBe('queued');
  });

  it('of other bytes than those that wait is not one', () => {
    const run = waiting([OWN]);
    const { digest } = boundAsPlanned(CHANGE_STEP).binding;
    const decision = (of: string) =>
      decideRun(
        run,
        { kind: 'approve', stepId: CHANGE_STEP.id, digest: of },
        COLLEAGUE,
        POLICY,
        NOW,
      ).kind;
    expect(decision(digest)).toBe('accepted');
    expect(decision('0'.repeat(64))).toBe('refused');
  });
});

/** Who is asked for what an attack writes into a namespace of two teams. */
function ownersAsked({
  writes = { kind: 'none' },
  secrets = { kind: 'none' },
  source = RULE,
  own = { app: 'auth-service' },
}: Attack): string[] {
  const scope: Scope = {
    source,
    namespaces: ['shared'],
    reads: 'namespaces',
    grants: [],
  };
  return entitiesWritten({
    entityRef: OWN,
    writes,
    secrets,
    scope,
    namespace: 'shared',
    present: claimObjects({
      namespace: 'shared',
      entities: [
        { entityRef: OWN, requirements: requirementsOf(own) },
        { entityRef: THEIRS, requirements: requirementsOf({ app: 'shop' }) },
      ],
      objects: [
        found('apps', 'deployments', 'auth-service', 'auth-service'),
        found('apps', 'deployments', 'shop', 'shop'),
        found('', 'pods', 'shop-1', 'shop'),
      ],
      unread: [],
    }),
  });
}

function found(group: string, resource: string, name: string, app: string) {
  return { group, resource, object: { metadata: { name, labels: { app } } } };
}

function patch(
  name: string,
  over: Partial<
    Extract<AllowedWrites, { kind: 'listed' }>['writes'][number]
  > = {},
): AllowedWrites {
  return {
    kind: 'listed',
    writes: [
      {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: '',
        namespace: 'shared',
        name,
        ...over,
      },
    ],
  };
}

function actor(
  userRef: string,
  owns: string[],
  sameAs: readonly string[] = [],
): Actor {
  return {
    userRef,
    sameAs,
    entitlements: Object.fromEntries(
      owns.map(ref => [ref, { entitled: true, entitledBy: 'an owner' }]),
    ),
  };
}

/** A run whose change waits for an owner of each of these. */
function waiting(approvedBy: string[], asker = REQUESTER): Run {
  const run = applyRunEvent(undefined, STARTED, NOW, 'run-1');
  const { binding } = boundAsPlanned(CHANGE_STEP);
  return done(run, actor(asker, [OWN]), {
    kind: 'request-approval',
    stepId: CHANGE_STEP.id,
    binding: {
      ...binding,
      requires: { kind: 'approval', because: 'it changes things', approvedBy },
    },
    differences: [],
  });
}

function approved(run: Run, by: Actor): Run | 'refused' {
  const { digest } = boundAsPlanned(CHANGE_STEP).binding;
  const command: RunCommand = {
    kind: 'approve',
    stepId: CHANGE_STEP.id,
    digest,
  };
  return decideRun(run, command, by, POLICY, NOW).kind === 'refused'
    ? 'refused'
    : done(run, by, command);
}

function afterApproval(approvedBy: string[], by: Actor, asker?: string) {
  const run = approved(waiting(approvedBy, asker), by);
  return run === 'refused' ? run : run.steps[CHANGE_STEP.id].status;
}

function done(run: Run, by: Actor, command: RunCommand): Run {
  const decision = decideRun(run, command, by, POLICY, NOW);
  if (decision.kind === 'refused') throw new Error(decision.refusal.message);
  return decision.events.reduce(
    (current, event) => applyRunEvent(current, event, NOW, run.id),
    run,
  );
}
