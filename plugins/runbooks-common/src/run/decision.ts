import type { Hold } from '../hold/model';
import type { PlannedStep, StepRequirement } from '../plan/model';
import type { EntityRef } from '../time';
import type { Run, RunEvent, StepState } from './model';
import type { RunRefusal } from './refusal';

/** @public */
export type RunDecision =
  | { kind: 'accepted'; events: RunEvent[] }
  | { kind: 'refused'; refusal: RunRefusal };

/** Whether a person owns an entity or is on call for it, with the reason either way. @public */
export type Entitlement =
  | { entitled: true; entitledBy: string }
  | { entitled: false; because: string };

/** A person who wants something done to a run. @public */
export interface Actor {
  userRef: EntityRef;
  /** For the run's own entity and for each whose approval the step needs; one that is missing entitles to nothing. */
  entitlements: Readonly<Record<EntityRef, Entitlement>>;
  /**
   * Accounts that are, or may be for all that can be told, the same person: four eyes are two people, not two
   * accounts.
   */
  sameAs: readonly EntityRef[];
}

/** Settings that decisions depend on. @public */
export interface RunPolicy {
  /** An approval that was asked for and not given ends after this long, as a denial. */
  approvalExpiresAfterMs: number;
  /** What keeps changes from starting at the moment; nothing where it is missing. */
  holds?: readonly Hold[];
}

/** What the actor may decide for one entity. */
export function entitlementFor(
  actor: Actor,
  entityRef: EntityRef,
): Entitlement {
  return (
    actor.entitlements[entityRef] ?? {
      entitled: false,
      because: `${actor.userRef} is not known to own ${entityRef} or to be on call for it`,
    }
  );
}

/** Whether an account belongs to the actor. */
export function isSamePerson(actor: Actor, userRef: EntityRef): boolean {
  return actor.userRef === userRef || actor.sameAs.includes(userRef);
}

/**
 * The entities of which each must have an owner's approval. The run's own, where a requirement names none: an
 * approval is never needed from nobody.
 *
 * @public
 */
export function approvingEntities(
  run: Run,
  requires: StepRequirement,
): EntityRef[] {
  const named = 'approvedBy' in requires ? requires.approvedBy : [];
  return named.length > 0 ? [...new Set(named)] : [run.plan.entityRef];
}

/** The step that is queued or running, if any. @public */
export function stepInFlight(
  run: Pick<Run, 'plan' | 'steps'>,
): PlannedStep | undefined {
  return run.plan.steps.find(({ id }) =>
    ['queued', 'running'].includes(run.steps[id].status),
  );
}

/** Refuses to start anything while a step of the run is queued or running. */
export function refuseWhileInFlight(run: Run): RunDecision | undefined {
  const running = stepInFlight(run);
  return running
    ? refused(
        'step-in-flight',
        `"${running.title}" is still running; steps of a run go one at a time`,
      )
    : undefined;
}

/** Nothing was decided about the step yet, or no. */
export function isOpen(state: StepState): boolean {
  return state.status === 'pending' || state.status === 'denied';
}

/** The event that puts a step into the queue as its next attempt. */
export function queuedEvent(
  run: Run,
  step: PlannedStep,
  by: EntityRef,
): Extract<RunEvent, { kind: 'step-queued' }> {
  return {
    kind: 'step-queued',
    stepId: step.id,
    by,
    attempt: (run.attempts[step.id] ?? 0) + 1,
  };
}

export function accepted(...events: RunEvent[]): RunDecision {
  return { kind: 'accepted', events };
}

export function refused(
  code: RunRefusal['code'],
  message: string,
): RunDecision {
  return { kind: 'refused', refusal: { code, message } };
}
