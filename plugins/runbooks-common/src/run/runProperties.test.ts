import fc from 'fast-check';
import type { RunCommandRequest } from '../api/requests';
import {
  chainEvents,
  EMPTY_LEDGER,
  headOf,
  verifyLedger,
} from '../ledger/ledger';
import {
  DESTRUCTIVE_STEP,
  OUTSIDER,
  OWNER,
  plan,
  REQUESTER,
  STARTED,
  stepResult,
} from '../testing/plans';
import { applyRunEvent, foldRun } from './applyRunEvent';
import { boundAsPlanned } from './boundAsPlanned';
import { decideRun, type RunCommand } from './decideRun';
import type { Actor } from './decision';
import { eventsAfterStep, settleLostStep, workOf } from './decideWork';
import type { Run, RunEvent } from './model';

const START = Date.parse('2026-11-21T02:00:00.000Z');
const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const SHOP_OWNER = 'user:default/sina';
const OWNER_OF_BOTH = 'user:default/both';
const OWNERS: Record<string, string[]> = {
  [AUTH]: [REQUESTER, OWNER, OWNER_OF_BOTH],
  [SHOP]: [SHOP_OWNER, OWNER_OF_BOTH],
};
const POLICY = { approvalExpiresAfterMs: 10 * 60_000 };

type Move =
  | { kind: 'person'; who: string; command: RunCommandRequest }
  | { kind: 'worker'; dies: boolean; ok: boolean; writes: number };

const steps = plan().steps;
const stepId = fc.constantFrom(...steps.map(({ id }) => id));
const digest = fc.constantFrom(...steps.map(step => step.digest));

const command: fc.Arbitrary<RunCommandRequest> = fc.oneof(
  fc.record({ kind: fc.constant('run-step' as const), stepId }),
  fc.record({
    kind: fc.constant('request-approval' as const),
    stepId,
    confirmation: fc.constantFrom('auth-service', 'something else'),
  }),
  fc.record({ kind: fc.constant('approve' as const), stepId, digest }),
  fc.record({ kind: fc.constant('deny' as const), stepId }),
  fc.record({ kind: fc.constant('confirm' as const), stepId }),
  fc.record({
    kind: fc.constant('skip' as const),
    stepId,
    reason: fc.constant('done by hand'),
  }),
  fc.record({
    kind: fc.constant('judge' as const),
    stepId,
    good: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('settle-interruption' as const),
    stepId,
    as: fc.constantFrom('done' as const, 'again' as const),
    reason: fc.constant('looked at it'),
  }),
  fc.record({ kind: fc.constant('cancel' as const) }),
);

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant('person' as const),
    who: fc.constantFrom(REQUESTER, OWNER, OUTSIDER, SHOP_OWNER, OWNER_OF_BOTH),
    command,
  }),
  fc.record({
    kind: fc.constant('worker' as const),
    dies: fc.boolean(),
    ok: fc.boolean(),
    writes: fc.nat({ max: 2 }),
  }),
);

describe('whatever people and workers do, in whatever order', () => {
  it('no changing step starts without an approval of exactly it for each entity, by entitled people who did not ask, one each', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), moves => {
        for (const { run, event } of history(moves)) {
          if (event.kind !== 'step-started') continue;
          const step = run.plan.steps.find(({ id }) => id === event.stepId)!;
          const state = run.steps[event.stepId];
          if (step.requires.kind === 'nothing') continue;
          expect(state.status).toBe('queued');
          const approval = 'approval' in state ? state.approval : undefined;
          expect(approval?.digest).toBe(step.digest);
          const given = approval?.given ?? [];
          expect(
            given
              .flatMap(({ covers }) => covers.map(one => one.entityRef))
              .sort(),
          ).toEqual(neededFor(event.stepId));
          const people = given.map(({ approvedBy }) => approvedBy);
          expect(new Set(people).size).toBe(people.length);
          expect(people).not.toContain(approval?.requestedBy);
          expect(people).not.toContain(run.requestedBy);
          for (const { approvedBy, covers } of given) {
            for (const { entityRef } of covers) {
              expect(OWNERS[entityRef]).toContain(approvedBy);
            }
          }
        }
      }),
    );
  });

  it('never are two steps in flight, and nothing happens after the end', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), moves => {
        for (const { run } of history(moves)) {
          const inFlight = Object.values(run.steps).filter(({ status }) =>
            ['queued', 'running'].includes(status),
          );
          expect(inFlight.length).toBeLessThanOrEqual(1);
          expect(run.status.kind).not.toBe('finished');
        }
      }),
    );
  });

  it('each attempt of a step has a number of its own', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), moves => {
        const queued = history(moves).flatMap(({ event }) =>
          event.kind === 'step-queued'
            ? [`${event.stepId} ${event.attempt}`]
            : [],
        );
        expect(new Set(queued).size).toBe(queued.length);
      }),
    );
  });

  it('the ledger verifies, tells the same run, and shows any change of a byte', () => {
    fc.assert(
      fc.property(
        fc.array(move, { maxLength: 20 }),
        fc.nat(),
        (moves, where) => {
          const events = [STARTED, ...history(moves).map(({ event }) => event)];
          const entries = chainEvents('run-1', EMPTY_LEDGER, events, iso(0));
          expect(verifyLedger(entries, headOf(entries))).toMatchObject({
            intact: true,
          });
          expect(foldRun(entries).eventCount).toBe(entries.length);

          const index = where % entries.length;
          const at = where % entries[index].text.length;
          const changed = entries.map((entry, i) =>
            i === index ? { ...entry, text: flipped(entry.text, at) } : entry,
          );
          expect(verifyLedger(changed)).toMatchObject({
            intact: false,
            brokenAt: index,
          });
          expect(
            verifyLedger(entries.slice(0, -1), headOf(entries)),
          ).toMatchObject({ intact: false });
          const inside = entries.slice(0, -1).map((_, i) => i);
          const broken = inside.map(gone =>
            verifyLedger(entries.filter((_, i) => i !== gone)),
          );
          expect(broken).toEqual(
            inside.map(brokenAt =>
              expect.objectContaining({ intact: false, brokenAt }),
            ),
          );
        },
      ),
    );
  });
});

/** Each event with the run as it was just before it. */
function history(moves: Move[]): Array<{ run: Run; event: RunEvent }> {
  let run = applyRunEvent(undefined, STARTED, iso(0), 'run-1');
  const told: Array<{ run: Run; event: RunEvent }> = [];
  moves.forEach((one, minute) => {
    for (const event of eventsOf(run, one, iso(minute + 1))) {
      told.push({ run, event });
      run = applyRunEvent(run, event, iso(minute + 1), 'run-1');
    }
  });
  return told;
}

function eventsOf(run: Run, one: Move, at: string): RunEvent[] {
  if (one.kind === 'person') {
    const decision = decideRun(
      run,
      bound(one.command),
      actor(one.who),
      POLICY,
      at,
    );
    return decision.kind === 'accepted' ? decision.events : [];
  }
  const work = workOf(run, at);
  switch (work.kind) {
    case 'record':
      return work.events;
    case 'settle-lost':
      return settleLostStep(run, work.step, work.attempt, work.binding, {
        writes: one.writes,
      });
    case 'run-step': {
      const started: RunEvent = {
        kind: 'step-started',
        stepId: work.step.id,
        attempt: work.attempt,
        executor: 'local',
        worker: 'w',
        digest: work.binding.digest,
      };
      return one.dies
        ? [started]
        : [
            started,
            ...eventsAfterStep(
              run,
              work.step.id,
              work.attempt,
              stepResult({ ok: one.ok }),
            ),
          ];
    }
    default:
      return [];
  }
}

function actor(userRef: string): Actor {
  return {
    userRef,
    entitlements: Object.fromEntries(
      Object.entries(OWNERS).map(([entityRef, owners]) => [
        entityRef,
        owners.includes(userRef)
          ? { entitled: true as const, entitledBy: 'an owner' }
          : { entitled: false as const, because: 'a stranger' },
      ]),
    ),
    sameAs: [],
  };
}

/** One of the steps writes what another team owns as well. */
function neededFor(id: string): string[] {
  return id === DESTRUCTIVE_STEP.id ? [AUTH, SHOP] : [AUTH];
}

function bound(one: RunCommandRequest): RunCommand {
  if (one.kind !== 'run-step' && one.kind !== 'request-approval') return one;
  const { binding } = boundAsPlanned(
    steps.find(({ id }) => id === one.stepId)!,
  );
  const { requires } = binding;
  return {
    ...one,
    differences: [],
    binding: {
      ...binding,
      requires:
        'approvedBy' in requires
          ? { ...requires, approvedBy: neededFor(one.stepId) }
          : requires,
    },
  };
}

function iso(minute: number): string {
  return new Date(START + minute * 60_000).toISOString();
}

function flipped(text: string, at: number): string {
  const other = text[at] === 'x' ? 'y' : 'x';
  return text.slice(0, at) + other + text.slice(at + 1);
}
