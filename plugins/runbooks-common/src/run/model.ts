import type { JudgedCheck } from '../document/expectations/judgeExpectation';
import type { CallCounts } from '../gateway/callDone';
import type { Plan, StepBinding } from '../plan/model';
import type { Preview } from '../preview/model';
import type { EntityRef, Instant } from '../time';

/** How one try of one step ended. The same shape for good and bad. @public */
export interface StepResult {
  /** No command failed, no expectation was missed, and it ended as it should. */
  ok: boolean;
  /** What was not good, in words: '1 of 3 commands failed'. Missing where it is ok. */
  verdict?: string;
  /** What the document calls good, checked against the output; missing where it says nothing that can be checked. */
  expectations?: JudgedCheck[];
  /** Exit code of bash; undefined when it was killed. */
  exitCode?: number;
  startedAt: Instant;
  durationMs: number;
  timedOut: boolean;
  cancelled: boolean;
  /** Output beyond the limit was dropped in the middle. */
  truncated: boolean;
  outputBytes: number;
  /** Hex SHA-256 of the stored output. */
  outputDigest: string;
  /**
   * Each top-level command with its exit code, in the order they ran. `failed` is the part of it that failed; where
   * it is missing the command counts as fine, whatever its exit code.
   */
  commands: Array<{
    line: number;
    text: string;
    exitCode: number;
    failed?: string;
  }>;
  /** Kubernetes calls that the gateway saw, by what they did. */
  calls: CallCounts;
  /** Why it could not run at all, "bubblewrap is not there", or why it was ended, see `failedAfterStart`. */
  failure?: string;
  /** It ran: the failure ended it, or kept what it left from being stored. */
  failedAfterStart?: true;
}

/**
 * A file of the workspace that differs from the pinned snapshot, as an approver sees it. Where it holds Secrets, their
 * keys are told and their values hidden; the approval binds to the values all the same.
 *
 * @public
 */
export interface FileDifference {
  path: string;
  change: 'added' | 'changed' | 'deleted';
  /** The step whose attempt left it so, where that is known. */
  changedBy?: string;
  /** Lines that begin with `+`, `-` or a blank, and a line that says what was left out; missing for binary files. */
  text?: string;
  /** Values of Secrets are hidden in it. */
  hidesValues?: true;
}

/** A step as it would run right now, with what an approver sees of it. @public */
export interface BoundStep {
  binding: StepBinding;
  differences: FileDifference[];
  /** What it would change in the cluster; missing where nobody looked. */
  preview?: Preview;
}

/** @public */
export interface ApprovalRequest extends BoundStep {
  /** What the approvals bind to, see `approvalDigest`. */
  digest: string;
  requestedBy: EntityRef;
  requestedAt: Instant;
  expiresAt: Instant;
  reason?: string;
}

/** One entity whose approval a person gave, and by what right. @public */
export interface CoveredEntity {
  entityRef: EntityRef;
  /** "member of group:default/identity, which owns it", "on call for ...". */
  entitledBy: string;
}

/** One person's approval. @public */
export interface GivenApproval {
  approvedBy: EntityRef;
  approvedAt: Instant;
  covers: CoveredEntity[];
}

/** A request with the approvals that were given; one for each entity that it needs when the step is queued. @public */
export interface Approval extends ApprovalRequest {
  given: GivenApproval[];
}

/** Where one step of a run stands. A field exists only where it has a meaning. @public */
export type StepState =
  | { status: 'pending'; returnedBecause?: string }
  | {
      status: 'waiting-approval';
      request: ApprovalRequest;
      /** Approvals so far; others are still missing. */
      given: GivenApproval[];
    }
  | {
      status: 'denied';
      request: ApprovalRequest;
      deniedBy: EntityRef;
      deniedAt: Instant;
      reason?: string;
    }
  | {
      status: 'queued';
      attempt: number;
      queuedBy: EntityRef;
      queuedAt: Instant;
      binding: StepBinding;
      approval?: Approval;
    }
  | {
      status: 'running';
      attempt: number;
      startedAt: Instant;
      executor: string;
      binding: StepBinding;
      approval?: Approval;
    }
  | {
      status: 'succeeded';
      attempt: number;
      result: StepResult;
      approval?: Approval;
      judgement?: Judgement;
    }
  | {
      status: 'failed';
      attempt: number;
      result: StepResult;
      approval?: Approval;
      judgement?: Judgement;
    }
  | {
      status: 'interrupted';
      attempt: number;
      interruptedAt: Instant;
      because: string;
      binding: StepBinding;
      approval?: Approval;
    }
  | { status: 'confirmed'; by: EntityRef; at: Instant; note?: string }
  | { status: 'skipped'; by: EntityRef; at: Instant; reason: string };

/** A person's word on whether the output is what good looks like. @public */
export interface Judgement {
  by: EntityRef;
  at: Instant;
  good: boolean;
  note?: string;
}

/** What whoever ended a run called it; what its steps say of it is its `Shortfall`. @public */
export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

/** One execution of a plan: the fold of its events. @public */
export interface Run {
  id: string;
  plan: Plan;
  requestedBy: EntityRef;
  startedAt: Instant;
  status:
    | { kind: 'open' }
    | { kind: 'cancelling'; by: EntityRef; at: Instant }
    | {
        kind: 'finished';
        outcome: RunOutcome;
        at: Instant;
        by: EntityRef;
      };
  steps: Record<string, StepState>;
  /** How often each step was queued; a step that never was is not in it. */
  attempts: Record<string, number>;
  /** Number of events folded so far; the next one gets this as its `seq`. */
  eventCount: number;
}

/**
 * What was stored of an attempt when it ended, by digest: nothing of it can be changed later without being seen.
 *
 * @public
 */
export interface AttemptRecord {
  /** Of the Kubernetes calls, by time and id; see `CallsDigest`. */
  calls: { count: number; digest: string };
  /** Hex SHA-256 of the output; of what there was of it, where the attempt was interrupted. */
  outputDigest: string;
}

/** What happened in a run. Saved, hashed and never changed. @public */
export type RunEvent =
  | { kind: 'run-started'; by: EntityRef; plan: Plan }
  | {
      kind: 'approval-requested';
      stepId: string;
      by: EntityRef;
      /** See `approvalDigest`. */
      digest: string;
      binding: StepBinding;
      differences: FileDifference[];
      /** Missing in requests of before there were previews, and where nothing of a cluster is changed. */
      preview?: Preview;
      expiresAt: Instant;
      reason?: string;
      confirmation?: string;
    }
  | {
      kind: 'step-approved';
      stepId: string;
      by: EntityRef;
      digest: string;
      covers: CoveredEntity[];
    }
  | { kind: 'step-denied'; stepId: string; by: EntityRef; reason?: string }
  | { kind: 'approval-expired'; stepId: string }
  /** Not started after all: what was approved, or needed no approval, was no longer so when it was to start. */
  | { kind: 'approval-voided'; stepId: string; because: string }
  | {
      kind: 'step-queued';
      stepId: string;
      by: EntityRef;
      attempt: number;
      /** Where it needs no approval; else the approval has it. */
      binding?: StepBinding;
    }
  | {
      kind: 'step-started';
      stepId: string;
      attempt: number;
      executor: string;
      worker: string;
      /** Of the binding that was made for this attempt. */
      digest: string;
    }
  | {
      kind: 'step-finished';
      stepId: string;
      attempt: number;
      result: StepResult;
      /** Added by whoever stores the event. */
      record?: AttemptRecord;
    }
  | {
      kind: 'step-interrupted';
      stepId: string;
      attempt: number;
      because: string;
      /** Added by whoever stores the event. */
      record?: AttemptRecord;
    }
  | {
      kind: 'interruption-settled';
      stepId: string;
      by: EntityRef;
      as: 'done' | 'again';
      reason: string;
    }
  | { kind: 'step-confirmed'; stepId: string; by: EntityRef; note?: string }
  | { kind: 'step-skipped'; stepId: string; by: EntityRef; reason: string }
  | {
      kind: 'step-judged';
      stepId: string;
      by: EntityRef;
      good: boolean;
      note?: string;
    }
  | { kind: 'cancel-requested'; by: EntityRef; reason?: string }
  | { kind: 'run-finished'; by: EntityRef; outcome: RunOutcome; note?: string };

/** An event with its place in the ledger of its run. @public */
export interface RecordedRunEvent {
  runId: string;
  /** From 0, without holes. */
  seq: number;
  at: Instant;
  event: RunEvent;
  /** Hash of the event before; 64 zeros for the first. */
  previousHash: string;
  /** Hex SHA-256 of the canonical text (RFC 8785) of `{ runId, seq, at, event, previousHash }`. */
  hash: string;
}

/** One Kubernetes call that the gateway saw. @public */
export interface ApiCall {
  id: string;
  at: Instant;
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
  path?: string;
  decision: 'passed' | 'refused';
  /** Why it was refused. */
  because?: string;
  dryRun: boolean;
  /** HTTP status; undefined while it is under way or when its end was never seen. */
  status?: number;
  durationMs?: number;
}
