import type {
  Expectation,
  ParameterType,
  PhaseRole,
  ProcedureKind,
  StepType,
} from '../document/model';
import type { Effect, JudgedEffect } from '../effect';
import type { ActsOn } from '../gateway/actsOnModel';
import type { Scope } from '../scope/model';
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
  /** Upon what in its namespace it acts besides the object, so that its owners are asked too. */
  actsOn?: ActsOn[];
  /** A patch of `kubectl apply`, which also removes what is gone from the manifest. */
  applies?: true;
  /** A patch of `kubectl rollout undo`, which puts back a whole template that was there. */
  rollsBack?: true;
}

/**
 * What a step may write.
 *
 * - `none`: nothing.
 * - `listed`: these writes and no others.
 * - `any-in-namespaces`: where the list cannot be known from the text (a script): any write inside these namespaces,
 *   but for rights and credentials. The approver is told so, and policy may forbid it. Of what opens a way into a pod
 *   (a command in it, a forwarded port) only `executes` passes: what the words of the step name, or any command where
 *   that cannot be told either, which is never part of an ordinary change. What cannot be taken back (scaling to zero, deleting collections, removing finalizers, evictions, privileged
 *   pods) passes only where the step was approved as destructive.
 *
 * @public
 */
export type AllowedWrites =
  | { kind: 'none' }
  | { kind: 'listed'; writes: AllowedWrite[] }
  | {
      kind: 'any-in-namespaces';
      namespaces: string[];
      destructive: boolean;
      executes?: AllowedWrite[] | 'any';
    };

/** One Secret. @public */
export interface SecretName {
  namespace: string;
  name: string;
}

/**
 * Which Secret data a step may read, inside its scope.
 *
 * - `none`: none; answers without data (tables, metadata) are ordinary reads.
 * - `named`: data of these Secrets only, one at a time.
 * - `of-types`: data of Secrets of these types only, such as `helm.sh/release.v1`.
 * - `any`: what an approver saw as "reads Secrets".
 *
 * @public
 */
export type SecretReads =
  | { kind: 'none' }
  | { kind: 'named'; names: SecretName[] }
  | { kind: 'of-types'; types: string[] }
  | { kind: 'any' };

/**
 * What must happen before a step may run.
 *
 * - `later`: it cannot be told yet, because a value is open or stands in a variable that an earlier step leaves. The
 *   step has no approval until it is known.
 * - `approvedBy`: the entities whose owners must approve: one approval for each, and one person who owns several
 *   gives all of theirs at once. Empty before it is known which objects are written.
 *
 * @public
 */
export type StepRequirement =
  | { kind: 'nothing' }
  | { kind: 'later'; because: string; variables: string[] }
  | { kind: 'approval'; because: string; approvedBy: EntityRef[] }
  | {
      kind: 'approval-and-confirmation';
      because: string;
      typed: string;
      approvedBy: EntityRef[];
    };

/**
 * The files of the workspace that a step can read, execute or apply.
 *
 * - `known`: these paths, relative to the workspace.
 * - `unknown`: any of them.
 *
 * @public
 */
export type FileReach =
  | { kind: 'known'; paths: string[] }
  | { kind: 'unknown' };

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
  /** Of the bound words. */
  effect: Effect;
  because: string;
  /** What the document's words say, before values are known, where that is another effect. */
  asWritten?: JudgedEffect;
  /** Secret data that it reads: needs an approval although it only reads. */
  secrets: SecretReads;
  /** Variables that it reads and that an earlier step leaves; nothing else is carried to it. */
  variables: string[];
  files: FileReach;
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
  /** Where its steps may go. */
  scope: Scope;
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
    | 'observe-only-write'
    | 'no-scope'
    | 'not-judged';
  message: string;
  parameter?: string;
  stepId?: string;
  line?: number;
}

/** What an executor has and lacks. Known at planning, so that nothing is approved in vain. @public */
export interface ExecutorInventory {
  /** How it is called: 'local'. */
  id: string;
  /** Why no step can run at all; undefined where steps can run. */
  unavailable?: string;
  /** Something that is set up wrongly, for whoever plans: a configured folder that is missing. */
  notice?: string;
  /** Whether a program is there, by its name as a command. */
  hasTool(name: string): boolean;
  /** Steps reach nothing but the gateway. */
  hasNetwork: boolean;
}

/** What a step does, judged from its bound words. @public */
export interface StepVerdict {
  /** The worst of all that is known of it. */
  effect: Effect;
  because: string;
  /**
   * The first of it that cannot be told, whatever its effect: then the rest may be something else than it looks, and it
   * is asked for as what may do anything.
   */
  unknown?: string;
  commands: PlannedStep['commands'];
  secrets: SecretReads;
  writes: AllowedWrites;
  /** Variables without a value that stand in a place that matters: a verb, a kind, a name that is written. */
  open: string[];
  /** Variables that it reads and does not assign itself. */
  variables: string[];
  files: FileReach;
  /** Files that it runs or applies and may change itself before: what stands in them now need not be what is used. */
  swaps?: string[];
  /** Why the executor cannot run it: a tool that is missing, the network. */
  impossible?: string;
}

/**
 * A value or file that a step gets beside its text. A secret one enters by a keyed digest only. An exported variable
 * is also seen by the programs that the text calls.
 *
 * @public
 */
export interface StepInputs {
  variables: Array<
    | { name: string; value: string; exported?: true }
    | { name: string; secret: true; keyedDigest: string; exported?: true }
  >;
  /** Files that it can reach and that differ from the pinned snapshot. */
  files: Array<{
    path: string;
    change: 'added' | 'changed' | 'deleted';
    /** Keyed digest of content and mode, which may be secret and short; missing where deleted. */
    digest?: string;
    /**
     * Whether an approver sees the whole of what differs; always where it was deleted. Values of Secrets are hidden and
     * count as seen: their keys are told.
     */
    shown: boolean;
  }>;
}

/**
 * A step as it would run right now: what an approval binds to. It is made when an approval is asked for and again
 * when the step starts; another digest voids the approval, and the difference of the inputs says why.
 *
 * @public
 */
export interface StepBinding {
  verdict: StepVerdict;
  /** Never `later`. */
  requires: StepRequirement;
  inputs: StepInputs;
  executor: string;
  /** Hex SHA-256 of everything that reaches bash and of all above. */
  digest: string;
}
