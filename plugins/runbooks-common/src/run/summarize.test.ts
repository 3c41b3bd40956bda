import {
  CHANGE_STEP,
  DESTRUCTIVE_STEP,
  OWNER,
  plannedStep,
  READ_STEP,
  REQUESTER,
  stepResult,
} from '../testing/plans';
import { boundAsPlanned } from './boundAsPlanned';
import { concernedEntities } from './concernedEntities';
import { SYSTEM_ACTOR } from './decideWork';
import { EVENT_VOCABULARY, vocabularyOf } from './eventVocabulary';
import { letsGo, lockingEntities } from './lockingEntities';
import type { Run, StepState } from './model';
import { queuedFor } from './queuedFor';
import {
  APPROVAL,
  AT,
  EXPIRES_AT,
  REQUEST,
  runOf,
  runWith,
  STATES,
} from '../testing/runsInStates';
import { needsWorker, nextWakeAt, summarizeRun } from './summarize';

const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const END = '2026-11-21T03:00:00.000Z';
const FINISHED: Run['status'] = {
  kind: 'finished',
  outcome: 'failed',
  at: END,
  by: OWNER,
};
const CANCELLING: Run['status'] = { kind: 'cancelling', by: OWNER, at: AT };

describe('a line of the history', () => {
  it('tells what was run on what, by whom, and with which effect at worst', () => {
    expect(summarizeRun(runWith(STATES.pending))).toEqual({
      id: 'run-1',
      entityRef: AUTH,
      runbookTitle: 'Operations',
      runbookPath: 'runbooks/operations.md',
      revision: 'e'.repeat(64),
      procedureId: 'scale',
      procedureTitle: 'Scaling a service',
      cluster: 'local',
      requestedBy: REQUESTER,
      approvedBy: [],
      startedAt: AT,
      state: 'open',
      shortfall: expect.anything(),
      rolledBack: false,
      writes: 0,
      effect: 'destructive',
    });
  });

  it('says that a run is being cancelled, whatever its steps do', () => {
    expect(
      summarizeRun({ ...runWith(STATES.running), status: CANCELLING }).state,
    ).toBe('cancelling');
  });

  it('leaves the cluster out where there is none, and tells when the run ended', () => {
    const run = runWith(STATES.succeeded);
    const without = summarizeRun({
      ...run,
      plan: { ...run.plan, cluster: undefined },
      status: FINISHED,
    });
    expect(without).not.toHaveProperty('cluster');
    expect(without).toMatchObject({ finishedAt: END, state: 'failed' });
  });

  it.each([
    { because: 'nothing was run', attempts: {}, writes: 0 },
    { because: 'a step wrote', attempts: { [CHANGE_STEP.id]: 1 }, writes: 4 },
    {
      because: 'what an earlier attempt wrote is not in its state',
      attempts: { [CHANGE_STEP.id]: 2 },
      writes: undefined,
    },
    {
      because: 'the end of an attempt was not seen',
      attempts: { [CHANGE_STEP.id]: 1, [READ_STEP.id]: 1 },
      writes: undefined,
    },
  ])(
    'tells how much it wrote until now, where all of it is known, of a run that is open as of one that has ended: $because',
    ({ attempts, writes }) => {
      const run = {
        ...runWith({
          ...STATES.succeeded,
          result: stepResult({ calls: { total: 9, writes: 4, refused: 0 } }),
        } as StepState),
        attempts: attempts as Run['attempts'],
      };
      expect(summarizeRun(run).writes).toBe(writes);
      expect(summarizeRun({ ...run, status: FINISHED }).writes).toBe(writes);
    },
  );

  it.each([
    { what: 'an end of a call was not seen', more: { uncertain: 1 } },
    { what: 'something was executed in a pod', more: { executions: 1 } },
    { what: 'a connection was opened', more: { connections: 1 } },
  ])('tells of no writes where they may not be all: $what', ({ more }) => {
    const calls = { total: 9, writes: 4, refused: 0, ...more };
    const run = {
      ...runWith({
        ...STATES.succeeded,
        result: stepResult({ calls }),
      } as StepState),
      attempts: { [CHANGE_STEP.id]: 1 },
    };
    expect(summarizeRun({ ...run, status: FINISHED }).writes).toBeUndefined();
  });

  it('names everybody who approved something once, in order', () => {
    const given = ['user:default/zoe', OWNER, OWNER].map(approvedBy => ({
      approvedBy,
      approvedAt: AT,
      covers: [],
    }));
    const run = runWith({
      ...STATES.succeeded,
      approval: { ...APPROVAL, given },
    } as StepState);
    expect(summarizeRun(run).approvedBy).toEqual([OWNER, 'user:default/zoe']);
  });

  it.each([
    ['pending', 'open'],
    ['denied', 'open'],
    ['succeeded', 'open'],
    ['waiting-approval', 'waiting-approval'],
    ['queued', 'running'],
    ['running', 'running'],
    ['interrupted', 'interrupted'],
  ] as const)('shows a run with a step that is %s as %s', (status, state) => {
    expect(summarizeRun(runWith(STATES[status])).state).toBe(state);
  });

  it('shows what needs a person before what goes on by itself', () => {
    const run = runWith(STATES.interrupted);
    const steps = { ...run.steps, [READ_STEP.id]: STATES.running };
    expect(summarizeRun({ ...run, steps }).state).toBe('interrupted');
  });
});

describe('a worker', () => {
  it.each(Object.keys(STATES) as Array<keyof typeof STATES>)(
    'has something to do with a step that is %s only where it is queued or running',
    status => {
      const isDue = status === 'queued' || status === 'running';
      expect(needsWorker(runWith(STATES[status]))).toBe(isDue);
    },
  );

  it('ends what is being cancelled, and leaves alone what has ended', () => {
    const run = runWith(STATES.pending);
    expect(needsWorker({ ...run, status: CANCELLING })).toBe(true);
    expect(needsWorker({ ...runWith(STATES.running), status: FINISHED })).toBe(
      false,
    );
  });

  it('is woken when the first request expires, and not for a run that has ended', () => {
    const later: StepState = {
      ...STATES['waiting-approval'],
      request: { ...REQUEST, expiresAt: '2026-11-23T02:00:00.000Z' },
    } as StepState;
    const run = runWith(later, READ_STEP);
    const both = {
      ...run,
      steps: { ...run.steps, [CHANGE_STEP.id]: STATES['waiting-approval'] },
    };
    expect(nextWakeAt(both)).toBe(EXPIRES_AT);
    expect(nextWakeAt({ ...both, status: FINISHED })).toBeUndefined();
    expect(nextWakeAt(runWith(STATES.denied))).toBeUndefined();
  });
});

describe('a queued step is wanted', () => {
  it('by whoever asked for its approval, whoever gave it', () => {
    expect(queuedFor(runWith(STATES.queued))).toBe('user:default/rita');
  });

  it('by whoever queued it, and by who started the run where it is tried again by itself', () => {
    const { approval: _, ...queued } = STATES.queued as Extract<
      StepState,
      { status: 'queued' }
    >;
    expect(queuedFor(runWith(queued))).toBe(OWNER);
    expect(queuedFor(runWith({ ...queued, queuedBy: SYSTEM_ACTOR }))).toBe(
      REQUESTER,
    );
  });

  it('by nobody where it runs already, or none is queued', () => {
    expect(queuedFor(runWith(STATES.running))).toBeUndefined();
    expect(queuedFor(runWith(STATES.succeeded))).toBeUndefined();
  });
});

describe('the entities that a run concerns', () => {
  const ofShop = {
    kind: 'approval' as const,
    because: 'changes the shop',
    approvedBy: [SHOP],
  };

  it('are its own first, and those whose owners approve a step of the plan', () => {
    expect(concernedEntities(runOf(READ_STEP))).toEqual([AUTH]);
    expect(concernedEntities(runOf(plannedStep({ requires: ofShop })))).toEqual(
      [AUTH, SHOP],
    );
  });

  it('are those too whose owners must approve it now, though the plan did not know', () => {
    const binding = { ...REQUEST.binding, requires: ofShop };
    const run = runOf(READ_STEP);
    const in_ = (state: StepState): Run => ({
      ...run,
      steps: { [READ_STEP.id]: state },
    });
    const waiting = {
      ...STATES['waiting-approval'],
      request: { ...REQUEST, binding },
    } as StepState;
    expect(concernedEntities(in_(waiting))).toEqual([AUTH, SHOP]);
    expect(lockingEntities(in_(waiting))).toEqual([]);
    for (const status of ['queued', 'running', 'interrupted'] as const) {
      const state = { ...STATES[status], binding } as StepState;
      expect(concernedEntities(in_(state))).toEqual([AUTH, SHOP]);
      expect(lockingEntities(in_(state))).toEqual([SHOP]);
      expect(lockingEntities({ ...in_(state), status: FINISHED })).toEqual([]);
    }
    expect(lockingEntities(in_(STATES.succeeded))).toEqual([]);
  });

  it('let go by cancelling, finishing and settling, and by nothing else', () => {
    const kinds = ['cancel', 'finish', 'settle-interruption', 'skip', 'judge'];
    expect(kinds.filter(kind => letsGo({ kind }))).toEqual(kinds.slice(0, 3));
  });
});

describe('a step as it was planned', () => {
  it('carries nothing, waits for nothing, and needs what the plan says', () => {
    expect(boundAsPlanned(DESTRUCTIVE_STEP)).toEqual({
      binding: {
        verdict: {
          effect: 'destructive',
          because: DESTRUCTIVE_STEP.because,
          commands: [],
          secrets: { kind: 'none' },
          writes: DESTRUCTIVE_STEP.writes,
          open: [],
          variables: [],
          files: { kind: 'known', paths: [] },
        },
        requires: DESTRUCTIVE_STEP.requires,
        inputs: { variables: [], files: [] },
        executor: '',
        digest: DESTRUCTIVE_STEP.digest,
      },
      differences: [],
    });
  });

  it('needs an approval where what it needs is known only later', () => {
    const requires = {
      kind: 'later' as const,
      because: 'waits for $POD',
      variables: ['POD'],
    };
    expect(boundAsPlanned(plannedStep({ requires })).binding.requires).toEqual({
      kind: 'approval',
      because: 'waits for $POD',
      approvedBy: [],
    });
  });
});

describe('the vocabulary of events', () => {
  it('is the oldest one that has all events, and the second since requests cover what would change', () => {
    expect(EVENT_VOCABULARY).toBe(2);
    expect(vocabularyOf([])).toBe(1);
    expect(vocabularyOf([{ kind: 'cancel-requested', by: OWNER }])).toBe(1);
  });
});
