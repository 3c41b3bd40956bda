import type {
  AllowedWrites,
  ApiCall,
  BoundWriteDecision,
  CallCounts,
  CountedWrite,
  DryRunWrite,
  EntityRef,
  Scope,
  SecretReads,
} from '@backstage-runbooks/plugin-runbooks-common';

/** What a preview is told. */
export interface PreviewSink {
  /** Of each write, when it was answered or refused, in the order of the answers; its objects as JSON texts. */
  seen(write: DryRunWrite): void;
  /** Why it cannot tell everything. */
  failed(because: string): void;
}

/** Decides about the writes of an attempt by what the preview of its step showed. */
export interface WriteBinding {
  /** @param write - As a dry run by the API server says that it would be. @throws where it cannot be compared */
  decide(write: DryRunWrite): Promise<BoundWriteDecision>;
  /** Is told of a write that passed and was made, or may have been. */
  made(counts: readonly CountedWrite[]): void;
}

/** One attempt of one step, as its gateway needs it. */
export interface GatewayAttempt {
  runId: string;
  stepId: string;
  attempt: number;
  /** The entity whose run it is: as whom the gateway acts where the operator wants it. */
  entityRef: EntityRef;
  clusterName: string;
  /** Default namespace of the step. */
  namespace: string;
  allowed: AllowedWrites;
  scope: Scope;
  secrets: SecretReads;
  /** The step was approved as one that destroys something. */
  destructive: boolean;
  /** The runbook only observes: no write passes, whatever was approved. */
  observeOnly: boolean;
  /** Every write is turned into a dry run; nothing changes. */
  preview?: PreviewSink;
  /** Each write is tried as a dry run first, and made only where it would do what was approved. */
  bound?: WriteBinding;
  /** Where the gateway listens; at most 107 bytes. */
  socketPath: string;
  /**
   * Stores a call: once before it is sent on, once (same id) when it has ended. A write is not sent on before the
   * first of the two has resolved; where it rejects, the write is refused.
   */
  recordCall(call: ApiCall): Promise<void>;
  /** A value that passed from a Secret, before the step can have seen it, or into one, before it is sent. */
  onSecret(value: string): void;
  /** By which calls are recorded; the clock of this machine where it is missing. */
  now?(): Date;
}

/** A gateway that listens. */
export interface OpenGateway {
  readonly socketPath: string;
  counts(): CallCounts;
  /** Ends every call, waits until all are recorded, removes the socket. */
  close(): Promise<void>;
}
