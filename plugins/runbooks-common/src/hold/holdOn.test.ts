import { boundAsPlanned } from '../run/boundAsPlanned';
import type { Run } from '../run/model';
import {
  CHANGE_STEP,
  plan,
  plannedStep,
  READ_STEP,
  STARTED,
  stepResult,
} from '../testing/plans';
import { applyRunEvent } from '../run/applyRunEvent';
import { freezesAt } from './freezesAt';
import { concerns, holdInWords, holdOn } from './holdOn';
import type { CallCounts } from '../gateway/callDone';
import type { FreezeWindow, Hold } from './model';

const AUTH = 'component:default/auth-service';
const STOP: Hold = { kind: 'stop', name: 'All changes are stopped' };
const FREEZE: Hold = { kind: 'freeze', name: 'Year end' };
const run: Run = applyRunEvent(
  undefined,
  STARTED,
  '2026-11-21T02:00:00.000Z',
  'r',
);
const heldBy = (hold: Hold, step = CHANGE_STEP, of = run) =>
  holdOn(of, step, boundAsPlanned(step).binding, [hold]) === hold;

describe('a hold', () => {
  it('keeps changes, what destroys and what nobody knows from starting, and nothing that only reads', () => {
    const effects = [
      'local',
      'read',
      'unknown',
      'change',
      'destructive',
    ] as const;
    const held = (hold: Hold) =>
      effects.filter(effect =>
        heldBy(hold, plannedStep({ effect, writes: { kind: 'none' } })),
      );
    expect(held(STOP)).toEqual(['unknown', 'change', 'destructive']);
    expect(held(FREEZE)).toEqual(['unknown', 'change', 'destructive']);
    expect(heldBy(STOP, READ_STEP)).toBe(false);
  });

  it('of everything also keeps a command inside a pod from starting; a freeze does not', () => {
    const exec = plannedStep({
      effect: 'read',
      writes: {
        kind: 'listed',
        writes: [
          {
            verb: 'connect',
            group: '',
            resource: 'pods',
            subresource: 'exec',
            namespace: 'shop',
            name: 'web-0',
          },
        ],
      },
    });
    expect(heldBy(STOP, exec)).toBe(true);
    expect(heldBy(FREEZE, exec)).toBe(false);
  });

  it('that is a freeze lets a run go back that has changed something, and no other; a stop lets nothing go', () => {
    const back = plannedStep({
      id: 'scale/9.1',
      effect: 'change',
      phase: { role: 'rollback', title: 'Rollback' },
    });
    const after = (calls: Partial<CallCounts>): Run => ({
      ...run,
      plan: plan([CHANGE_STEP, back]),
      steps: {
        ...run.steps,
        [CHANGE_STEP.id]: {
          status: 'failed',
          attempt: 1,
          result: stepResult({
            calls: { total: 3, writes: 0, refused: 0, ...calls },
          }),
        },
      },
    });
    const changed = after({ writes: 1 });
    expect(heldBy(FREEZE, back, changed)).toBe(false);
    expect(heldBy(STOP, back, changed)).toBe(true);
    expect(heldBy(FREEZE, CHANGE_STEP, changed)).toBe(true);
    // One that was planned as unknown and then only read has changed nothing.
    expect(heldBy(FREEZE, back, after({}))).toBe(true);
    expect(heldBy(FREEZE, back, after({ uncertain: 1 }))).toBe(false);
    const lost: Run = {
      ...changed,
      steps: {
        [CHANGE_STEP.id]: {
          status: 'interrupted',
          attempt: 1,
          interruptedAt: '2026-11-21T02:00:00.000Z',
          because: 'the worker was lost',
          binding: boundAsPlanned(CHANGE_STEP).binding,
        },
      },
    };
    expect(heldBy(FREEZE, back, lost)).toBe(false);
    expect(heldBy(FREEZE, back, run)).toBe(true);
  });

  it("holds for the entities that it names: the run's own, and those whose objects the step writes", () => {
    const of = (...entityRefs: string[]) => ({ ...FREEZE, entityRefs });
    const other = 'component:default/shop';
    const writesOther = plannedStep({
      ...CHANGE_STEP,
      requires: { kind: 'approval', because: 'x', approvedBy: [other] },
    });
    expect(heldBy(of(AUTH))).toBe(true);
    expect(heldBy(of(other))).toBe(false);
    expect(heldBy(of(other), writesOther)).toBe(true);
    expect(heldBy(of(AUTH), writesOther)).toBe(true);
  });

  it('holds on the clusters that it names, and there not for a run without one', () => {
    const here = { ...FREEZE, clusters: ['local'] };
    expect(heldBy(here)).toBe(true);
    expect(heldBy({ ...FREEZE, clusters: ['prod'] })).toBe(false);
    expect(concerns(here, [AUTH], undefined)).toBe(false);
    expect(concerns(FREEZE, [AUTH], undefined)).toBe(true);
  });

  it('says who, until when and why', () => {
    expect(
      holdInWords({
        ...FREEZE,
        until: '2027-01-04T07:00:00.000Z',
        because: 'nobody is here',
      }),
    ).toBe(
      'Changes are frozen until 2027-01-04T07:00:00.000Z (Year end): nobody is here. What only reads goes on',
    );
    expect(
      holdInWords({
        ...STOP,
        by: 'user:default/lea',
        since: '2026-11-30T10:00:00.000Z',
        because: 'a fire',
      }),
    ).toBe(
      'All changes were stopped at 2026-11-30T10:00:00.000Z by user:default/lea: a fire. What only reads goes on',
    );
  });
});

describe('freeze windows', () => {
  const window: FreezeWindow = {
    name: 'Year end',
    from: '2026-12-18T17:00:00.000Z',
    until: '2027-01-04T07:00:00.000Z',
    entities: { owners: ['group:default/payments'] },
    clusters: ['prod'],
  };
  const ofPayments = {
    ref: AUTH,
    kind: 'component',
    owners: ['group:default/payments'],
    tags: [],
  };
  const ofOthers = { ...ofPayments, ref: 'component:default/x', owners: [] };

  it('hold from their first moment until before their last one', () => {
    const names = (at: string) => freezesAt([window], [ofPayments], at);
    expect(names('2026-12-18T16:59:59.999Z')).toEqual([]);
    expect(names('2026-12-18T17:00:00.000Z')).toHaveLength(1);
    expect(names('2027-01-04T06:59:59.999Z')).toHaveLength(1);
    expect(names('2027-01-04T07:00:00.000Z')).toEqual([]);
  });

  it('name the entities that they speak of, and hold for nobody else', () => {
    const at = '2026-12-24T00:00:00.000Z';
    expect(freezesAt([window], [ofPayments, ofOthers], at)).toEqual([
      {
        kind: 'freeze',
        name: 'Year end',
        until: window.until,
        entityRefs: [AUTH],
        clusters: ['prod'],
      },
    ]);
    expect(freezesAt([window], [ofOthers], at)).toEqual([]);
    const { entities: _, ...forAll } = window;
    expect(freezesAt([forAll], [], at)[0]).not.toHaveProperty('entityRefs');
  });
});
