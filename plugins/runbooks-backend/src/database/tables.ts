import type { Shortfall } from '@backstage-runbooks/plugin-runbooks-common';

/** Rows as Postgres has them. No row type leaves a store. */

export interface RunRow {
  id: string;
  entity_ref: string;
  runbook_id: string;
  runbook_title: string;
  runbook_path: string;
  revision: string;
  procedure_id: string;
  procedure_title: string;
  cluster: string | null;
  effect: string;
  requested_by: string;
  approved_by: string[];
  started_at: Date;
  finished_at: Date | null;
  state: string;
  event_count: number;
  head_hash: string;
  head_mac: string | null;
  needs_worker: boolean;
  wake_at: Date | null;
  lease_owner: string | null;
  lease_token: string;
  lease_expires_at: Date | null;
  queued_for: string | null;
  due_at: Date | null;
  retry_at: Date | null;
  retries: number;
  retry_because: string | null;
  event_vocabulary: number;
  shortfall: Shortfall | null;
  shortfall_event_count: number;
  writes: number | null;
  rolled_back: boolean;
}

export interface RunEventRow {
  run_id: string;
  seq: number;
  at: Date;
  kind: string;
  canonical_text: string;
  previous_hash: string;
  hash: string;
}

export interface RunOutputRow {
  run_id: string;
  step_id: string;
  attempt: number;
  byte_offset: string;
  byte_length: number;
  text: string;
}

export interface RunCallRow {
  id: string;
  run_id: string;
  step_id: string;
  attempt: number;
  at: Date;
  call: unknown;
  is_write: boolean;
  is_refused: boolean;
  status: number | null;
  duration_ms: number | null;
}

export interface ChangeLockRow {
  run_id: string;
  step_id: string;
  cluster: string;
  namespace: string;
  object: string;
}

export interface WaitingApprovalRow {
  run_id: string;
  step_id: string;
  entity_ref: string;
  requested_by: string;
  run_requested_by: string;
  given_by: string[];
  requested_at: Date;
  expires_at: Date;
}

export interface RunStartRow {
  user_ref: string;
  key: string;
  request_digest: string;
  run_id: string;
}

export interface StopRow {
  id: string;
  stopped_by: string;
  stopped_at: Date;
  reason: string;
  ended_by: string | null;
  ended_at: Date | null;
}
