import type { Effect } from '../effect';
import type { Interactive, PlaceholderUse, ShellCommand } from '../shell/model';

/** A place in a Markdown document; both count from 1. @public */
export interface SourcePosition {
  line: number;
  column: number;
}

/** One Markdown document, at one revision, as the reader understands it. @public */
export interface Runbook {
  /** Path inside its repository, with `/`. */
  path: string;
  title: string;
  metadata: RunbookMetadata;
  /** The document says that it only observes: nothing in it may change anything. */
  observeOnly: boolean;
  procedures: Procedure[];
  /** Every fenced or indented code block, in document order. */
  blocks: Block[];
  contacts: Contact[];
  escalation: EscalationEntry[];
  rotations: RotationEntry[];
  channels: CommunicationChannel[];
  alerts: AlertEntry[];
  severities: SeverityEntry[];
  thresholds: Threshold[];
  dashboards: Dashboard[];
  problems: DocumentProblem[];
}

/** Facts about a document or a procedure, as written. Dates are ISO days where they could be read. @public */
export interface RunbookMetadata {
  owner?: string;
  version?: string;
  lastUpdated?: string;
  reviewSchedule?: string;
  nextReview?: string;
  duration?: string;
  riskLevel?: string;
  authorization?: string;
  schedule?: string;
  severity?: string;
  /** Everything else that was written as `**Key:** value` or in a metadata table, by its key as written. */
  other: Record<string, string>;
}

/** What kind of work a procedure is. @public */
export type ProcedureKind =
  | 'check'
  | 'deploy'
  | 'rollback'
  | 'scale'
  | 'incident'
  | 'routine'
  | 'troubleshoot'
  | 'maintenance'
  | 'recovery'
  | 'setup'
  | 'onboarding'
  | 'reference';

/** The part of a runbook that a person would start on its own. @public */
export interface Procedure {
  /** Stable within a document: the slug of its heading path. */
  id: string;
  title: string;
  kind: ProcedureKind;
  line: number;
  /** Headings above it, outermost first, without the document's title. */
  context: string[];
  summary?: string;
  observeOnly: boolean;
  metadata: RunbookMetadata;
  symptoms: string[];
  prerequisites: string[];
  successCriteria: string[];
  parameters: Parameter[];
  phases: Phase[];
  /** The id of the procedure that undoes this one, where it is a procedure of its own. */
  rollbackProcedureId?: string;
}

/** @public */
export type PhaseRole =
  | 'prerequisites'
  | 'investigation'
  | 'steps'
  | 'verification'
  | 'rollback'
  | 'escalation'
  | 'followup'
  | 'information';

/** A part of a procedure with a role. @public */
export interface Phase {
  role: PhaseRole;
  title: string;
  line: number;
  steps: Step[];
}

/** @public */
export type StepType = 'command' | 'manual' | 'query' | 'link';

/** The smallest part that is run or confirmed. @public */
export interface Step {
  /** Stable within a document: `<procedure id>/<phase number>.<step number>`. */
  id: string;
  title: string;
  type: StepType;
  line: number;
  /** Index into `Runbook.blocks` where the text comes from a block. */
  block?: number;
  /** Shell text of a command step (what runs, before values are put in); prose, query or URL of the others. */
  text: string;
  language?: string;
  effect: Effect;
  because: string;
  /** Reads values of Kubernetes Secrets. */
  secrets?: boolean;
  interactive?: Interactive;
  /** Names of the parameters it uses. */
  parameters: string[];
  /** Occurrences of the parameters in `text`. */
  placeholders: PlaceholderUse[];
  commands: ShellCommand[];
  expectation?: Expectation;
  /** "If code issue": the person decides whether the step applies. */
  condition?: string;
  /** Steps of one group are alternatives ("Option 1", "Option 2"): the person chooses. */
  alternative?: { group: string; label: string };
  /** Why a step that holds commands is done by hand all the same. */
  manualBecause?: string;
  /** Prose that stands with the step, Markdown. */
  note?: string;
}

/** What good looks like after a step. @public */
export interface Expectation {
  /** As written, Markdown. */
  text: string;
  line: number;
  /** What can be checked by itself; the rest is for the person to judge beside the output. */
  checks: ExpectationCheck[];
}

/** @public */
export type ExpectationCheck =
  | { kind: 'contains'; text: string }
  | { kind: 'absent'; text: string }
  | { kind: 'matches'; pattern: string; flags?: string }
  | { kind: 'ready' } // READY n/n on every line that has such a column
  | { kind: 'equal-numbers'; names: string[] } // "READY == DESIRED"
  | { kind: 'not-empty'; column?: string } // "ENDPOINTS not empty"
  | { kind: 'no-repeats'; of: string } // "no repeating warnings like ..."
  | {
      kind: 'threshold';
      subject: string;
      comparison: '<' | '<=' | '>' | '>=' | '=';
      value: number;
      unit?: string;
    }
  | { kind: 'exit-zero' };

/** What the value of a parameter must look like. @public */
export type ParameterType =
  | 'namespace'
  | 'pod'
  | 'deployment'
  | 'service'
  | 'node'
  | 'container'
  | 'kubernetes-name'
  | 'kind'
  | 'replicas'
  | 'integer'
  | 'port'
  | 'image'
  | 'version'
  | 'duration'
  | 'url'
  | 'path'
  | 'secret'
  | 'text';

/** A value the reader must supply. @public */
export interface Parameter {
  /** Upper snake case; what the step sees in its environment. */
  name: string;
  /** As people read it: "pod name". */
  label: string;
  type: ParameterType;
  required: boolean;
  default?: string;
  suggestions: string[];
  /** Never stored in the clear and redacted from output. */
  secret: boolean;
  /** As written at its first occurrence. */
  written: string;
  line: number;
  usedBy: string[];
}

/** A code block of the document. @public */
export interface Block {
  index: number;
  line: number;
  /** The info string's first word as written, '' for none. */
  language: string;
  text: string;
  shell: boolean;
  effect: Effect;
  because: string;
  /** What somebody must supply: without what this block or an earlier one gives a value. */
  parameters: string[];
  interactive?: Interactive;
}

/** @public */
export interface Contact {
  name: string;
  role?: string;
  phone?: string;
  email?: string;
  slack?: string;
  other: Record<string, string>;
  line: number;
}

/** @public */
export interface EscalationEntry {
  level: string;
  who: string;
  when?: string;
  contact?: string;
  line: number;
}

/** @public */
export interface RotationEntry {
  period: string;
  roles: Record<string, string>;
  line: number;
}

/** @public */
export interface CommunicationChannel {
  name: string;
  purpose?: string;
  line: number;
}

/** @public */
export interface AlertEntry {
  alert: string;
  severity?: string;
  condition?: string;
  action?: string;
  line: number;
}

/** @public */
export interface SeverityEntry {
  level: string;
  description: string;
  responseTime?: string;
  escalation?: string;
  line: number;
}

/** @public */
export interface Threshold {
  metric: string;
  value: string;
  line: number;
}

/** @public */
export interface Dashboard {
  title: string;
  url: string;
  line: number;
}

/** @public */
export interface DocumentProblem extends SourcePosition {
  /** Kebab case and documented one by one: 'placeholder-in-command-name'. */
  code: string;
  severity: 'error' | 'warning' | 'note';
  message: string;
  suggestion?: string;
}
