import type {
  CallsPage,
  EntityHealth,
  EntityRef,
  EntityRunbooks,
  HoldsView,
  LedgerKey,
  ListRunsQuery,
  OnCallView,
  OutputPage,
  PlanRequest,
  PlanResponse,
  Preview,
  ProcedureView,
  RunCommandRequest,
  RunLedger,
  RunPage,
  RunStreamMessage,
  RunView,
  SetupReport,
  StartRunRequest,
  StopRequest,
  WaitingApproval,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import { createApiRef } from '@backstage/core-plugin-api';
import type { StreamListener } from './followStream';

/**
 * Everything the screens need from the runbooks backend.
 *
 * Methods that return a promise reject with a `ResponseError` of `@backstage/errors` when the backend refuses.
 * Methods named `follow*` never throw: they report their connection to the listener and go on trying until they
 * are stopped.
 *
 * @public
 */
export interface RunbooksApi {
  /** The documents and procedures of an entity, its clusters, and whether the person may start a run. */
  getEntityRunbooks(entityRef: EntityRef): Promise<EntityRunbooks>;

  /** One procedure in full, with its parameters already filled where a value is known. */
  getProcedure(place: {
    entityRef: EntityRef;
    runbookId: string;
    procedureId: string;
  }): Promise<ProcedureView>;

  /** Follows the live health of an entity; returns a function that stops it. */
  followHealth(
    entityRef: EntityRef,
    listener: StreamListener<EntityHealth>,
  ): () => void;

  /** Who owns the entity and who is on call for it. */
  getOnCall(entityRef: EntityRef): Promise<OnCallView>;

  /** The exact commands that would run with these values, or why there is no plan. */
  plan(request: PlanRequest): Promise<PlanResponse>;

  /** Starts exactly the plan of that digest; rejects with 409 when the document or a value changed since. */
  startRun(request: StartRunRequest): Promise<RunView>;

  /** Runs that match, newest first, a page at a time. */
  listRuns(query: ListRunsQuery): Promise<RunPage>;

  /** One run as the person looking sees it. */
  getRun(runId: string): Promise<RunView>;

  /** Follows a run and the output of its steps; returns a function that stops it. */
  followRun(
    runId: string,
    listener: StreamListener<RunStreamMessage>,
  ): () => void;

  /** Output of one attempt from a byte offset on. */
  getOutput(place: OutputPlace): Promise<OutputPage>;

  /** The Kubernetes calls of one attempt, a page at a time. */
  getCalls(place: CallsPlace): Promise<CallsPage>;

  /** Does something to a run; rejects with the reason when it is refused. */
  commandRun(runId: string, command: RunCommandRequest): Promise<RunView>;

  /** What a step would change in the cluster if it ran right now; changes nothing. May take some seconds. */
  previewStep(runId: string, stepId: string): Promise<Preview>;

  /** The scripts and manifests that a step uses, as git has them. */
  getStepFiles(runId: string, stepId: string): Promise<UsedFiles>;

  /** The recorded events of a run, and whether chain, seals, calls and outputs fit together. */
  getLedger(runId: string): Promise<RunLedger>;

  /** The evidence of a run as `runbooks verify` takes it: JSON lines. */
  getEvidence(runId: string): Promise<Blob>;

  /** The public keys that seal histories here, and those that did before. */
  getLedgerKeys(): Promise<LedgerKey[]>;

  /** Approvals that wait for the person looking. */
  listApprovals(): Promise<WaitingApproval[]>;

  /** What keeps changes from starting: those of an entity, or of anybody. */
  getHolds(entityRef?: EntityRef): Promise<HoldsView>;

  /** Keeps every change from starting until somebody lets them go on; rejects with 409 where that is so already. */
  stopChanges(request: StopRequest): Promise<HoldsView>;

  /** Lets changes go on that somebody stopped; rejects with 409 where nobody did. */
  resumeChanges(): Promise<HoldsView>;

  /** How the plugin is set up on its backend; for operators. May take some seconds. */
  getSetup(): Promise<SetupReport>;
}

/** Where to read the output of one attempt from. @public */
export interface OutputPlace {
  runId: string;
  stepId: string;
  attempt: number;
  /** Byte offset of the first byte wanted. */
  offset: number;
}

/** Which calls of one attempt to read. @public */
export interface CallsPlace {
  runId: string;
  stepId: string;
  attempt: number;
  /** Only writes that passed. */
  onlyChanges?: boolean;
  /** `next` of the page before. */
  after?: string;
}

/** @public */
export const runbooksApiRef = createApiRef<RunbooksApi>({
  id: 'plugin.runbooks.api',
});
