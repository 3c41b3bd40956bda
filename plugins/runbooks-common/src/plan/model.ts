import type {
  Expectation,
  ParameterType,
  PhaseRole,
  ProcedureKind,
  StepType,
} from '../document/model';
import type { Effect } from '../effect';
import type { EntityRef } from '../time';

/**
 * One write that the gateway lets pass for a step. Every field must match the call; `*` matches anything,
 * an empty text matches only an empty one.
 *
 * @public
 */
export interface AllowedWrite {
  /** RBAC verb, or `connect` for exec, attach, port-forward and proxy. */
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
  /** Label selector of a deletecollection. */
  selector?: string;
  /** The exact command of an exec. */
  command?: string[];
}

/**
 * What a step may write.
 *
 * - `none`: nothing.
 * - `listed`: these writes and no others.
 * - `any-in-namespace`: where the list cannot be known from the text (a script): any write inside one namespace,
 *   but for rights and credentials, and any command inside its pods. The approver is told so, and policy may forbid
 *   it.
 *
 * @public
 */
export type AllowedWrites =
  | { kind: 'none' }
  | { kind: 'listed'; writes: AllowedWrite[] }
  | { kind: 'any-in-namespace'; namespace: string };

/** What must happen before a step may run. @public */
export type StepRequirement =
  | { kind: 'nothing' }
  | { kind: 'approval'; because: string }
  | { kind: 'approval-and-confirmation'; because: string; typed: string };

/** A parameter with the value a person chose. @public */
export interface BoundParameter {
  name: string;
  label: string;
  type: ParameterType;
  /** Empty where `secret`: the value is kept apart and never shown. */
  value: string;
  secret: boolean;
}

/** A step with its values bound: exactly what would run. @public */
export interface PlannedStep {
  id: string;
  title: string;
  type: StepType;
  phase: { role: PhaseRole; title: string };
  line: number;
  effect: Effect;
  because: string;
  /** Reads Secret values: needs an approval although it only reads. */
  secrets: boolean;
  /** What bash is given, placeholders rewritten to quoted expansions. Prose, query or URL of other steps. */
  text: string;
  /** The same with the values written out, for people. Secrets stay hidden. */
  display: string;
  /** Names of the parameters passed to it as environment variables. */
  parameters: string[];
  commands: Array<{
    text: string;
    line: number;
    effect: Effect;
    because: string;
  }>;
  requires: StepRequirement;
  writes: AllowedWrites;
  timeoutSeconds: number;
  /** Stopped by design after this long ("watches for 30 s"); not a failure. */
  boundedSeconds?: number;
  expectation?: Expectation;
  condition?: string;
  alternative?: { group: string; label: string };
  /** Why a person does it by hand. */
  manualBecause?: string;
  note?: string;
  /** Hex SHA-256 of everything an approval binds to. */
  digest: string;
}

/** A procedure with parameters bound. An approval is given on its steps, never on "the runbook". @public */
export interface Plan {
  entityRef: EntityRef;
  runbook: { id: string; path: string; title: string; revision: string };
  procedure: {
    id: string;
    title: string;
    kind: ProcedureKind;
    observeOnly: boolean;
  };
  /** Name of exactly one cluster; undefined when no step of the plan needs one. */
  cluster?: string;
  namespace: string;
  parameters: BoundParameter[];
  steps: PlannedStep[];
  /** Things to know before starting: "Only you could approve; ask ...". */
  notices: string[];
  /** Hex SHA-256 of all of the above. */
  digest: string;
}

/** Why a plan cannot be made: place, value and expectation in words. @public */
export interface PlanProblem {
  code:
    | 'missing-parameter'
    | 'unknown-parameter'
    | 'invalid-value'
    | 'unsafe-place'
    | 'unknown-cluster'
    | 'no-cluster'
    | 'unknown-procedure'
    | 'observe-only-write';
  message: string;
  parameter?: string;
  stepId?: string;
  line?: number;
}
