import type { PlannedStep } from '../plan/model';
import type { EntityRef, Instant } from '../time';
import {
  accepted,
  approvingEntities,
  entitlementFor,
  isSamePerson,
  queuedEvent,
  refused,
  refuseWhileInFlight,
  type Actor,
  type RunDecision,
  type RunPolicy,
} from './decision';
import type {
  ApprovalRequest,
  CoveredEntity,
  GivenApproval,
  Run,
  StepState,
} from './model';
import { refuseHeld } from './refuseHeld';

type Waiting = Extract<StepState, { status: 'waiting-approval' }>;

/**
 * Whether a person's approval counts. It covers every entity that they are entitled for and that has none yet; with
 * the last one the step is queued. One person gives one approval of a request, whatever accounts they have.
 */
export function decideApproval(
  run: Run,
  step: PlannedStep,
  state: StepState,
  digest: string,
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): RunDecision {
  if (state.status !== 'waiting-approval') return notWaiting(step);
  const notTheirs = refuseApprover(run, state, actor, at);
  if (notTheirs) return notTheirs;
  const held = refuseHeld(run, step, state.request.binding, policy);
  if (held) return held;
  if (digest !== state.request.digest) {
    return refused(
      'digest-mismatch',
      `"${step.title}" is not what you saw; look at it again before approving`,
    );
  }
  const earlier = state.given.find(one => isSamePerson(actor, one.approvedBy));
  const missing = missingApprovals(run, state.request, state.given);
  if (earlier) {
    return refused(
      'already-decided',
      `You approved it already, as ${
        earlier.approvedBy
      }; it still needs an owner of ${missing.join(' and one of ')}`,
    );
  }
  const covers = coveredBy(actor, missing);
  if (covers.length === 0) {
    return refused(
      'not-entitled',
      `It still needs an owner of ${missing.join(
        ' and one of ',
      )}; ${reasonsAgainst(actor, missing)}`,
    );
  }
  const approved = {
    kind: 'step-approved' as const,
    stepId: step.id,
    by: actor.userRef,
    digest,
    covers,
  };
  if (covers.length < missing.length) return accepted(approved);
  return (
    refuseWhileInFlight(run) ??
    accepted(approved, queuedEvent(run, step, actor.userRef))
  );
}

/** Whether a person may say no; one no of anybody who could have approved ends the request. */
export function decideDenial(
  run: Run,
  step: PlannedStep,
  state: StepState,
  reason: string | undefined,
  actor: Actor,
  at: Instant,
): RunDecision {
  if (state.status !== 'waiting-approval') return notWaiting(step);
  return (
    refuseApprover(run, state, actor, at) ??
    accepted({
      kind: 'step-denied',
      stepId: step.id,
      by: actor.userRef,
      ...(reason ? { reason } : {}),
    })
  );
}

/** The entities whose approval a request still needs, in the order of its requirement. @public */
export function missingApprovals(
  run: Run,
  request: ApprovalRequest,
  given: readonly GivenApproval[],
): EntityRef[] {
  const covered = new Set(
    given.flatMap(({ covers }) => covers.map(({ entityRef }) => entityRef)),
  );
  return approvingEntities(run, request.binding.requires).filter(
    entityRef => !covered.has(entityRef),
  );
}

function refuseApprover(
  run: Run,
  { request }: Waiting,
  actor: Actor,
  at: Instant,
): RunDecision | undefined {
  if (
    isSamePerson(actor, request.requestedBy) ||
    isSamePerson(actor, run.requestedBy)
  ) {
    return refused(
      'own-request',
      'A change needs a second person: nobody approves or denies what they asked for, not with another account of theirs either',
    );
  }
  const needed = approvingEntities(run, request.binding.requires);
  if (coveredBy(actor, needed).length === 0) {
    return refused(
      'not-entitled',
      `Only the owners of ${needed.join(
        ' or ',
      )} and those on call for it approve; ${reasonsAgainst(actor, needed)}`,
    );
  }
  if (request.expiresAt <= at) {
    return refused(
      'approval-expired',
      `The request expired at ${request.expiresAt}; it must be made again`,
    );
  }
  return undefined;
}

function coveredBy(
  actor: Actor,
  entityRefs: readonly EntityRef[],
): CoveredEntity[] {
  return entityRefs.flatMap(entityRef => {
    const entitlement = entitlementFor(actor, entityRef);
    return entitlement.entitled
      ? [{ entityRef, entitledBy: entitlement.entitledBy }]
      : [];
  });
}

function reasonsAgainst(
  actor: Actor,
  entityRefs: readonly EntityRef[],
): string {
  return entityRefs
    .flatMap(entityRef => {
      const entitlement = entitlementFor(actor, entityRef);
      return entitlement.entitled ? [] : [entitlement.because];
    })
    .join('; ');
}

function notWaiting(step: PlannedStep): RunDecision {
  return refused(
    'wrong-state',
    `"${step.title}" does not wait for an approval`,
  );
}
