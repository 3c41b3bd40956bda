import type {
  AlertEntry,
  CommunicationChannel,
  Contact,
  DocumentProblem,
  EscalationEntry,
  Parameter,
  Procedure,
  ProcedureKind,
  RotationEntry,
  RunbookMetadata,
} from '../document/model';
import type { Effect } from '../effect';
import type { Hold } from '../hold/model';
import type { Plan, PlanProblem } from '../plan/model';
import type { ApiCall, RecordedRunEvent, Run } from '../run/model';
import type { Shortfall } from '../run/shortfallOf';
import type { EntityRef, Instant } from '../time';

/** One procedure as a list shows it. @public */
export interface ProcedureSummary {
  id: string;
  title: string;
  kind: ProcedureKind;
  context: string[];
  line: number;
  observeOnly: boolean;
  stepCount: number;
  /** The worst effect of its steps. */
  effect: Effect;
  symptoms: string[];
  /** What the document says it is about, where it says so. */
  summary?: string;
  lastRun?: {
    runId: string;
    at: Instant;
    by: EntityRef;
    /** As in `RunSummary`. */
    state: string;
    shortfall: Shortfall;
    rolledBack: boolean;
  };
}

/** One document as a list shows it. @public */
export interface RunbookSummary {
  /** Opaque; names the document in routes. */
  id: string;
  path: string;
  title: string;
  metadata: RunbookMetadata;
  observeOnly: boolean;
  /** Where people can read or edit it. */
  url?: string;
  revision: string;
  /** The entity it is annotated on, where that is another one (system, domain, owner group). */
  inheritedFrom?: EntityRef;
  procedures: ProcedureSummary[];
  contacts: Contact[];
  escalation: EscalationEntry[];
  rotations: RotationEntry[];
  channels: CommunicationChannel[];
  /** An alert that fits what is broken leads to the procedure that has its name. */
  alerts: AlertEntry[];
  problems: DocumentProblem[];
}

/** A document or reference that could not be read. It never hides the others. @public */
export interface SourceProblem {
  /** The reference as annotated. */
  ref: string;
  /** The entity that carries the annotation. */
  entityRef: EntityRef;
  message: string;
  path?: string;
  line?: number;
}

/** @public */
export interface ClusterSummary {
  name: string;
  title: string;
  simulatedNodes: boolean;
  /** Why it cannot be used right now: "cluster is starting: building kube-apiserver (2 of 3)". */
  unavailable?: string;
}

/** Everything the tab needs but health and on-call. @public */
export interface EntityRunbooks {
  entityRef: EntityRef;
  runbooks: RunbookSummary[];
  problems: SourceProblem[];
  /** No annotation was found anywhere: the tab says how to add one. */
  annotated: boolean;
  clusters: ClusterSummary[];
  /** Why there is not a single cluster: "the kubernetes backend plugin is not installed in this process". */
  noClusters?: string;
  /** What the person looking may do, with the reason where not. */
  mayStart: Permitted;
}

/** Whether something may be done; where not, why, and the configuration that would allow it where that is known. @public */
export type Permitted =
  | { allowed: true }
  | { allowed: false; because: string; snippet?: string };

/** A parameter with what it is filled with before the person touches it. @public */
export interface PrefilledParameter extends Parameter {
  value?: string;
  /** Where the value comes from: 'the document', 'the entity', 'the pods of this service'. */
  from?: string;
  /** A closed list to choose from (pods of this entity, ...), else suggestions only. */
  choices?: Array<{ value: string; label: string }>;
}

/** One procedure in full. @public */
export interface ProcedureView {
  entityRef: EntityRef;
  runbook: Omit<RunbookSummary, 'procedures'>;
  procedure: Procedure;
  parameters: PrefilledParameter[];
  clusters: ClusterSummary[];
  /** Why there is not a single cluster. */
  noClusters?: string;
  namespace: string;
  /** Whether the person may ask for plans, also where no run starts. */
  mayPlan: boolean;
  mayStart: Permitted;
}

/** @public */
export type PlanResponse =
  | { kind: 'planned'; plan: Plan }
  | { kind: 'refused'; problems: PlanProblem[] };

/** Things that a person can do with a step. @public */
export type StepActionKind =
  | 'run'
  | 'request-approval'
  | 'approve'
  | 'deny'
  | 'confirm'
  | 'skip'
  | 'judge'
  | 'settle-interruption';

/** A thing that the person looking could do; disabled with the reason where it may not. @public */
export interface StepAction {
  kind: StepActionKind;
  permitted: Permitted;
}

/** A run as one person sees it. @public */
export interface RunView {
  run: Run;
  /** Title and kind of the entity, for the page head. */
  entityTitle: string;
  /** The catalog has it no more; its page and its health are not to be had. */
  entityIsGone?: true;
  viewer: {
    userRef: EntityRef;
    steps: Record<string, StepAction[]>;
    cancel: Permitted;
    finish: Permitted;
  };
  /**
   * Owners and those on call, for each entity whose approval a step needs or may need: to be asked by name. Whether the
   * policy of the portal lets one of them approve can only be told when they do. Empty once the run has ended.
   */
  approvers: Array<{
    /** The entity that they own or are on call for. */
    entityRef: EntityRef;
    userRef: EntityRef;
    displayName: string;
    entitledBy: string;
  }>;
  cluster?: ClusterSummary;
  /** Where a worker could not work on the run: it is tried again by itself. */
  retry?: RunRetry;
  /** What keeps changes of it from starting at the moment; missing where nothing does. */
  holds?: Hold[];
}

/** Why nobody works on a run that has something to do. @public */
export interface RunRetry {
  /** For people. */
  because: string;
  /** Of tries in a row that failed. */
  failures: number;
  /** When it is tried again; each failure makes the next pause longer. */
  at: Instant;
}

/** One line of history. @public */
export interface RunSummary {
  id: string;
  entityRef: EntityRef;
  /** The catalog has it no more. */
  entityIsGone?: true;
  runbookTitle: string;
  runbookPath: string;
  revision: string;
  procedureId: string;
  procedureTitle: string;
  cluster?: string;
  requestedBy: EntityRef;
  approvedBy: EntityRef[];
  startedAt: Instant;
  finishedAt?: Instant;
  /** 'open', 'waiting-approval', 'running', 'interrupted', 'cancelling', an outcome, or 'unreadable'. */
  state: string;
  /** Which steps were not good, whatever the outcome is called; says nothing of a run that is unreadable. */
  shortfall: Shortfall;
  /** A step of its rollback took something back, see `hasRolledBack`; whatever the outcome is called. */
  rolledBack: boolean;
  /** As it was planned: the worst that a step of it could do. */
  effect: Effect;
  /** Writes until now that the API server accepted; missing where they may not be all that it changed. */
  writes?: number;
}

/** @public */
export interface RunPage {
  runs: RunSummary[];
  /** Give it back as `cursor` for the next page; missing on the last one. */
  nextCursor?: string;
}

/** Output of one attempt from an offset on. @public */
export interface OutputPage {
  /** Byte offset of the first byte of `text`. */
  offset: number;
  text: string;
  nextOffset: number;
  /** The attempt has ended and `nextOffset` is its end. */
  complete: boolean;
  truncated: boolean;
}

/** A public key of the portal, which checks what it sealed. @public */
export interface LedgerKey {
  keyId: string;
  /** The 32 bytes of an ed25519 key, in hex. */
  publicKey: string;
  /** It seals now; others did before. */
  isCurrent: boolean;
}

/** Kubernetes calls of one attempt, in their order. @public */
export interface CallsPage {
  calls: ApiCall[];
  /** The id of the last one; give it back as `after` for the next page. Missing on the last page. */
  next?: string;
}

/** What was recorded of one run, and whether chain, seals, calls and outputs fit together. @public */
export interface RunLedger {
  events: RecordedRunEvent[];
  verification:
    | {
        intact: true;
        head: string;
        /** The newest checkpoint that holds this run; missing while none does. */
        sealed?: { checkpoint: number; eventCount: number; at: Instant };
      }
    | {
        intact: false;
        /** The first event that is broken, or that tells otherwise than what is stored. */
        brokenAt: number;
        message: string;
      };
}

/** An approval that waits for the person looking. @public */
export interface WaitingApproval {
  runId: string;
  stepId: string;
  stepTitle: string;
  procedureTitle: string;
  entityRef: EntityRef;
  /** The entities of which an owner's approval is still missing. */
  approvalOf: EntityRef[];
  /** As it would run with what it gets. */
  effect: Effect;
  requestedBy: EntityRef;
  requestedAt: Instant;
  expiresAt: Instant;
}

/** Messages of `GET /runs/:id/events` (server-sent events). @public */
export type RunStreamMessage =
  | { type: 'run'; view: RunView }
  | {
      type: 'output';
      stepId: string;
      attempt: number;
      offset: number;
      text: string;
      nextOffset: number;
    };
