import type { EntityRef } from '../time';
import { missingApprovals } from './decideApproval';
import { approvingEntities } from './decision';
import { foldRun } from './applyRunEvent';
import type {
  ApprovalRequest,
  RecordedRunEvent,
  Run,
  RunEvent,
  RunOutcome,
} from './model';

/** What somebody is told of. @public */
export type NoticeSubject =
  | { kind: 'approval-wanted'; by: EntityRef; reason?: string }
  /** `missing`: entities of which an owner is still to approve. */
  | { kind: 'approved'; by: EntityRef; missing: EntityRef[] }
  | { kind: 'denied'; by: EntityRef; reason?: string }
  | { kind: 'expired' }
  | { kind: 'voided'; because: string }
  /** Nobody is asked any more: the step was left out, or its run ended. */
  | { kind: 'withdrawn'; by: EntityRef }
  | { kind: 'succeeded' }
  | { kind: 'failed'; because: string }
  | { kind: 'interrupted'; because: string }
  | { kind: 'run-ended'; by: EntityRef; outcome: RunOutcome };

/** What must be told because of one event, and to whom. @public */
export interface RunNotice {
  /** Whoever could approve for one of the entities, or these people themselves. */
  to:
    | { kind: 'approvers'; approvalOf: EntityRef[] }
    | { kind: 'people'; userRefs: EntityRef[] };
  /** Who knows already: it is theirs. */
  except: EntityRef[];
  /** Missing where it is about the run. */
  stepId?: string;
  subject: NoticeSubject;
}

/** Events of which somebody is told; of the others nobody ever is. @public */
export const TOLD_EVENTS: ReadonlyArray<RunEvent['kind']> = [
  'approval-requested',
  'step-approved',
  'step-denied',
  'approval-expired',
  'approval-voided',
  'step-finished',
  'step-interrupted',
  'step-skipped',
  'run-finished',
];

/**
 * Who is told what because of one event of a run, as far as it still holds: what a later event of the same step tells is
 * told with that one, so that a late notice never covers a newer one.
 *
 * @public
 */
export function noticesOf(
  entries: ReadonlyArray<
    Pick<RecordedRunEvent, 'runId' | 'seq' | 'at' | 'event'>
  >,
  seq: number,
): RunNotice[] {
  const told = entries.find(entry => entry.seq === seq);
  if (!told || seq === 0) return [];
  const { event } = told;
  const before = foldRun(entries.filter(entry => entry.seq < seq));
  const after = foldRun(entries.filter(entry => entry.seq <= seq));
  const now = foldRun(entries);
  const later = entries
    .filter(entry => entry.seq > seq)
    .map(entry => entry.event);
  if (event.kind === 'approval-requested') {
    return approvalWanted(now, event);
  }
  if (event.kind === 'run-finished') return runEnded(before, event);
  if (!('stepId' in event)) return [];
  const subject = subjectOf(event, before, after);
  const request = requestOf(before, event.stepId);
  const isOver = later.some(
    one =>
      'stepId' in one &&
      one.stepId === event.stepId &&
      TOLD_EVENTS.includes(one.kind),
  );
  const isAskedAgain = later.some(
    one => one.kind === 'approval-requested' && one.stepId === event.stepId,
  );
  const by = 'by' in event ? [event.by] : [];
  return [
    ...(subject && !isOver && event.kind !== 'step-skipped'
      ? [toPeople(before, event.stepId, request, subject, by)]
      : []),
    ...(subject && !isAskedAgain
      ? toApprovers(before, after, event.stepId, subject, by)
      : []),
  ];
}

function approvalWanted(
  now: Run,
  event: Extract<RunEvent, { kind: 'approval-requested' }>,
): RunNotice[] {
  const { stepId, by, reason, digest } = event;
  const state = now.steps[stepId];
  const waits =
    now.status.kind === 'open' &&
    state?.status === 'waiting-approval' &&
    state.request.digest === digest;
  if (!waits) return [];
  const approvalOf = missingApprovals(now, state.request, state.given);
  if (approvalOf.length === 0) return [];
  return [
    {
      to: { kind: 'approvers', approvalOf },
      except: [now.requestedBy, by],
      stepId,
      subject: { kind: 'approval-wanted', by, ...(reason ? { reason } : {}) },
    },
  ];
}

/** Whoever started it, where somebody else ended it, and those who were still asked for approvals. */
function runEnded(
  before: Run,
  { by, outcome }: Extract<RunEvent, { kind: 'run-finished' }>,
): RunNotice[] {
  const waiting = before.plan.steps.flatMap(({ id }) => {
    const state = before.steps[id];
    return state.status === 'waiting-approval' ? [{ id, state }] : [];
  });
  return [
    ...(by === before.requestedBy
      ? []
      : [
          {
            to: { kind: 'people' as const, userRefs: [before.requestedBy] },
            except: [by],
            subject: { kind: 'run-ended' as const, by, outcome },
          },
        ]),
    ...waiting.map(({ id, state }) => ({
      to: askedFor(before, state.request),
      except: [by, before.requestedBy, state.request.requestedBy],
      stepId: id,
      subject: { kind: 'withdrawn' as const, by },
    })),
  ];
}

function subjectOf(
  event: RunEvent,
  before: Run,
  after: Run,
): NoticeSubject | undefined {
  switch (event.kind) {
    case 'step-approved':
      return approvedSubject(event, after);
    case 'step-denied':
      return {
        kind: 'denied',
        by: event.by,
        ...(event.reason ? { reason: event.reason } : {}),
      };
    case 'approval-expired':
      return { kind: 'expired' };
    case 'approval-voided':
      return { kind: 'voided', because: event.because };
    case 'step-skipped':
      return { kind: 'withdrawn', by: event.by };
    case 'step-interrupted':
      return { kind: 'interrupted', because: event.because };
    case 'step-finished':
      return finishedSubject(event, before);
    default:
      return undefined;
  }
}

function finishedSubject(
  { stepId, result }: Extract<RunEvent, { kind: 'step-finished' }>,
  before: Run,
): NoticeSubject | undefined {
  // Whoever cancelled the run is told of its end.
  if (result.cancelled) return undefined;
  if (!result.ok) {
    const { failure, verdict = 'a command failed' } = result;
    return { kind: 'failed', because: failure ?? verdict };
  }
  // What needed no approval ran before the eyes of whoever started it.
  return requestOf(before, stepId) && { kind: 'succeeded' };
}

function approvedSubject(
  { stepId, by }: Extract<RunEvent, { kind: 'step-approved' }>,
  after: Run,
): NoticeSubject {
  const state = after.steps[stepId];
  const missing =
    state.status === 'waiting-approval'
      ? missingApprovals(after, state.request, state.given)
      : [];
  return { kind: 'approved', by, missing };
}

function toPeople(
  { requestedBy }: Run,
  stepId: string,
  request: ApprovalRequest | undefined,
  subject: NoticeSubject,
  except: EntityRef[],
): RunNotice {
  const userRefs = [requestedBy, ...(request ? [request.requestedBy] : [])];
  return {
    to: { kind: 'people', userRefs: [...new Set(userRefs)] },
    except,
    stepId,
    subject,
  };
}

/** Those who were asked, once nobody needs their answer any more. */
function toApprovers(
  before: Run,
  after: Run,
  stepId: string,
  subject: NoticeSubject,
  by: EntityRef[],
): RunNotice[] {
  const state = before.steps[stepId];
  if (state?.status !== 'waiting-approval') return [];
  const is = after.steps[stepId];
  const stillWaits =
    is?.status === 'waiting-approval' &&
    missingApprovals(after, is.request, is.given).length > 0;
  if (stillWaits) return [];
  return [
    {
      to: askedFor(before, state.request),
      except: [...by, before.requestedBy, state.request.requestedBy],
      stepId,
      subject,
    },
  ];
}

function askedFor(run: Run, request: ApprovalRequest): RunNotice['to'] {
  return {
    kind: 'approvers',
    approvalOf: approvingEntities(run, request.binding.requires),
  };
}

function requestOf(run: Run, stepId: string): ApprovalRequest | undefined {
  const state = run.steps[stepId];
  if (!state) return undefined;
  if ('request' in state) return state.request;
  return 'approval' in state ? state.approval : undefined;
}
