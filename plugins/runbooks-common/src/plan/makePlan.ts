import type { Parameter, Phase, Procedure, Step } from '../document/model';
import { digestOf } from '../ledger/digest';
import { isCredentialLike } from '../redaction';
import type { Scope } from '../scope/model';
import type { EntityRef } from '../time';
import { allowedWritesOf, connectsToPods } from './allowedWrites';
import { applyEdits, bindingEdits } from './bindText';
import type {
  AllowedWrites,
  BoundParameter,
  Plan,
  PlannedStep,
  PlanProblem,
  StepRequirement,
} from './model';
import { isPlainValue, refuseValue } from './parameterValues';

/** Everything a plan is made of. @public */
export interface PlanInput {
  entityRef: EntityRef;
  runbook: Plan['runbook'];
  procedure: Procedure;
  /** Names of the clusters the entity is on; exactly one is chosen. */
  clusters: readonly string[];
  cluster?: string;
  /** Default namespace of kubectl. */
  namespace: string;
  scope: Scope;
  /** Values by parameter name, as the person gave them. */
  values: Readonly<Record<string, string>>;
  /** What a destructive step asks to be typed. */
  confirmation: string;
  notices: readonly string[];
  /** How long a step may run before it is stopped. */
  stepTimeoutSeconds: number;
}

/** @public */
export type PlanDecision =
  | { kind: 'planned'; plan: Plan }
  | { kind: 'refused'; problems: PlanProblem[] };

/**
 * Whether a procedure holds a step that somebody else must approve, whatever its parameters are.
 *
 * @public
 */
export function needsApproval(procedure: Procedure): boolean {
  return procedure.phases.some(phase =>
    phase.steps.some(
      step =>
        step.type === 'command' &&
        (step.secrets ||
          !['local', 'read'].includes(step.effect) ||
          connectsToPods(allowedWritesOf(step, '', {}))),
    ),
  );
}

/** What is shown in place of a secret value. */
const HIDDEN = '••••••';

/**
 * Binds a procedure's parameters: the exact texts that would run, each with its effect, what it may write and what
 * it needs before it runs.
 *
 * Never throws for values or documents: whatever is wrong is a problem with place, value and expectation, and all
 * problems come at once.
 *
 * @public
 */
export function makePlan(input: PlanInput): PlanDecision {
  const { cluster, problems: clusterProblems } = chooseCluster(input);
  const parameters = bindParameters(input.procedure.parameters, input.values);
  const problems = [
    ...clusterProblems,
    ...unknownParameters(input),
    ...parameterProblems(input.procedure, input.values),
  ];
  const values = Object.fromEntries(
    input.procedure.parameters.map(parameter => [
      parameter.name,
      valueOf(parameter, input.values) ?? '',
    ]),
  );
  const steps = input.procedure.phases.flatMap(phase =>
    phase.steps.map(step => planStep(step, phase, input, cluster, values)),
  );
  if (problems.length > 0) return { kind: 'refused', problems };
  const plan: Omit<Plan, 'digest'> = {
    entityRef: input.entityRef,
    runbook: input.runbook,
    procedure: {
      id: input.procedure.id,
      title: input.procedure.title,
      kind: input.procedure.kind,
      observeOnly: input.procedure.observeOnly,
    },
    ...(cluster === undefined ? {} : { cluster }),
    namespace: input.namespace,
    scope: input.scope,
    parameters,
    steps,
    notices: [...input.notices],
  };
  return { kind: 'planned', plan: { ...plan, digest: digestOf(plan) } };
}

/**
 * The values that a run keeps apart from its plan because they are secret, by parameter name: those of secret
 * parameters, and given ones that look like a credential, whatever the document says of their parameter.
 *
 * @public
 */
export function secretValuesOf(
  procedure: Procedure,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    procedure.parameters
      .filter(
        parameter => isSecretValue(parameter, values) && values[parameter.name],
      )
      .map(parameter => [parameter.name, values[parameter.name]]),
  );
}

function chooseCluster(input: PlanInput): {
  cluster?: string;
  problems: PlanProblem[];
} {
  const { clusters, cluster } = input;
  const known = clusters.map(name => `"${name}"`).join(', ') || 'none';
  if (cluster !== undefined) {
    return clusters.includes(cluster)
      ? { cluster, problems: [] }
      : {
          problems: [
            {
              code: 'unknown-cluster',
              message: `There is no cluster "${cluster}"; expected one of ${known}`,
            },
          ],
        };
  }
  if (clusters.length === 1) return { cluster: clusters[0], problems: [] };
  if (clusters.length === 0 || !needsCluster(input.procedure)) {
    return { problems: [] };
  }
  return {
    problems: [
      {
        code: 'no-cluster',
        message: `A run goes to exactly one cluster; choose one of ${known}`,
      },
    ],
  };
}

function needsCluster(procedure: Procedure): boolean {
  return procedure.phases.some(phase =>
    phase.steps.some(step => step.type === 'command'),
  );
}

function valueOf(
  parameter: Parameter,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const given = values[parameter.name];
  return given === undefined || given === '' ? parameter.default : given;
}

/** A default stands in the document, which everybody reads. */
function isSecretValue(
  parameter: Parameter,
  values: Readonly<Record<string, string>>,
): boolean {
  const given = values[parameter.name];
  if (parameter.secret) return true;
  return given !== parameter.default && isCredentialLike(given ?? '');
}

function bindParameters(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, string>>,
): BoundParameter[] {
  return parameters.map(parameter => ({
    name: parameter.name,
    label: parameter.label,
    type: parameter.type,
    value: isSecretValue(parameter, values)
      ? ''
      : valueOf(parameter, values) ?? '',
    secret: isSecretValue(parameter, values),
  }));
}

function unknownParameters(input: PlanInput): PlanProblem[] {
  const known = new Set(input.procedure.parameters.map(({ name }) => name));
  return Object.keys(input.values)
    .filter(name => !known.has(name))
    .map(name => ({
      code: 'unknown-parameter',
      parameter: name,
      message: `"${
        input.procedure.title
      }" has no parameter "${name}"; expected ${
        [...known].join(', ') || 'none'
      }`,
    }));
}

function parameterProblems(
  procedure: Procedure,
  values: Readonly<Record<string, string>>,
): PlanProblem[] {
  return procedure.parameters.flatMap((parameter): PlanProblem[] => {
    const value = valueOf(parameter, values);
    if (value === undefined) {
      return parameter.required
        ? [
            {
              code: 'missing-parameter',
              parameter: parameter.name,
              line: parameter.line,
              message: `"${parameter.label}" (${parameter.written}, line ${parameter.line}) needs a value`,
            },
          ]
        : [];
    }
    const refused = refuseValue(parameter, value);
    if (refused) {
      return [
        {
          code: 'invalid-value',
          parameter: parameter.name,
          line: parameter.line,
          message: refused,
        },
      ];
    }
    return unsafePlaces(procedure, parameter, value);
  });
}

/** Where the text would interpret the value once more, or split it, only values that mean nothing there may go. */
function unsafePlaces(
  procedure: Procedure,
  parameter: Parameter,
  value: string,
): PlanProblem[] {
  if (isPlainValue(value)) return [];
  return procedure.phases.flatMap(phase =>
    phase.steps.flatMap(step =>
      step.placeholders
        .filter(
          use =>
            use.parameter === parameter.name &&
            (use.place === 'nested' ||
              use.place === 'heredoc' ||
              (use.place === 'unquoted' && use.form === 'variable')),
        )
        .map(
          (use): PlanProblem => ({
            code: 'unsafe-place',
            parameter: parameter.name,
            stepId: step.id,
            line: step.line,
            message: `"${parameter.label}" stands in step "${
              step.title
            }" (line ${step.line}) where ${
              use.because ?? 'its value would be read once more'
            }; expected only letters, digits and . _ : / @ -`,
          }),
        ),
    ),
  );
}

function planStep(
  step: Step,
  phase: Phase,
  input: PlanInput,
  cluster: string | undefined,
  values: Readonly<Record<string, string>>,
): PlannedStep {
  const impossible = step.placeholders.find(use => use.place === 'none');
  const manualBecause =
    step.manualBecause ??
    (step.interactive && !step.interactive.remedy
      ? step.interactive.because
      : undefined) ??
    (impossible && step.type === 'command'
      ? `${impossible.written} stands where no value can be put safely: ${
          impossible.because ?? 'it would become part of the command'
        }`
      : undefined);
  const type =
    step.type === 'command' && manualBecause !== undefined
      ? 'manual'
      : step.type;
  const secrets = new Set(
    input.procedure.parameters
      .filter(parameter => isSecretValue(parameter, input.values))
      .map(({ name }) => name),
  );
  const open = Object.fromEntries(
    Object.entries(values).filter(([name]) => !secrets.has(name)),
  );
  const writes: AllowedWrites =
    type !== 'command' || input.procedure.observeOnly
      ? { kind: 'none' }
      : allowedWritesOf(step, input.namespace, open);
  const remedies = type === 'command' ? remedyEdits(step) : [];
  const shown = (name: string) => (secrets.has(name) ? HIDDEN : values[name]);
  const inWords = (text: string) => withValues(text, shown);
  const planned: Omit<PlannedStep, 'digest'> = {
    id: step.id,
    title: step.title,
    type,
    phase: { role: phase.role, title: phase.title },
    line: step.line,
    effect: step.effect,
    because: inWords(step.because),
    secrets: step.secrets ? { kind: 'any' } : { kind: 'none' },
    variables: [],
    files: { kind: 'unknown' },
    text:
      type === 'command'
        ? applyEdits(step.text, [
            ...remedies,
            ...bindingEdits(step.text, step.placeholders),
          ])
        : displayOf(step, shown),
    display: displayOf(step, shown),
    parameters: step.parameters,
    commands: step.commands.map(({ text, line, effect, because }) => ({
      text,
      line,
      effect,
      because: inWords(because),
    })),
    requires:
      type === 'command'
        ? requirementOf(step, writes, inWords(step.because), input)
        : { kind: 'nothing' },
    writes,
    timeoutSeconds:
      step.interactive?.remedy?.boundedSeconds ?? input.stepTimeoutSeconds,
    ...(step.interactive?.remedy?.boundedSeconds === undefined
      ? {}
      : { boundedSeconds: step.interactive.remedy.boundedSeconds }),
    ...optional('expectation', step.expectation),
    ...optional('condition', step.condition),
    ...optional('alternative', step.alternative),
    ...optional('manualBecause', manualBecause),
    ...optional('note', step.note),
  };
  return {
    ...planned,
    digest: stepDigest(planned, input, cluster, values, secrets),
  };
}

function remedyEdits(step: Step) {
  return step.commands.flatMap(
    command => command.interactive?.remedy?.edits ?? [],
  );
}

/** The text as people read it: values written out, secrets hidden. */
function displayOf(
  step: Step,
  valueOfName: (name: string) => string | undefined,
): string {
  return applyEdits(
    step.text,
    step.placeholders.flatMap(use => {
      const value = valueOfName(use.parameter);
      return value === undefined || value === '' || use.place === 'none'
        ? []
        : [{ start: use.start, end: use.end, text: value }];
    }),
  );
}

/** Rules name parameters as `${NAME}`; people read the value. */
function withValues(
  text: string,
  valueOfName: (name: string) => string | undefined,
): string {
  return text.replace(
    /\$\{([A-Z_][A-Z0-9_]*)\}/g,
    (all, name) => valueOfName(name) || all,
  );
}

function requirementOf(
  step: Step,
  writes: AllowedWrites,
  because: string,
  { confirmation: typed, entityRef }: PlanInput,
): StepRequirement {
  const approvedBy = [entityRef];
  switch (step.effect) {
    case 'destructive':
      return {
        kind: 'approval-and-confirmation',
        because,
        typed,
        approvedBy,
      };
    case 'change':
      return { kind: 'approval', because, approvedBy };
    case 'unknown':
      return {
        kind: 'approval',
        because: `${because}; what cannot be told is treated as a change`,
        approvedBy,
      };
    default:
      if (step.secrets) {
        return {
          kind: 'approval',
          because: 'it reads values of Secrets',
          approvedBy,
        };
      }
      return connectsToPods(writes)
        ? {
            kind: 'approval',
            because: `${because}; it executes a command inside a pod`,
            approvedBy,
          }
        : { kind: 'nothing' };
  }
}

/** Everything an approval binds to; secret values enter by name only. */
function stepDigest(
  step: Omit<PlannedStep, 'digest'>,
  input: PlanInput,
  cluster: string | undefined,
  values: Readonly<Record<string, string>>,
  secrets: ReadonlySet<string>,
): string {
  return digestOf({
    entityRef: input.entityRef,
    cluster: cluster ?? null,
    namespace: input.namespace,
    revision: input.runbook.revision,
    stepId: step.id,
    text: step.text,
    effect: step.effect,
    writes: step.writes,
    timeoutSeconds: step.timeoutSeconds,
    values: step.parameters.map(name => [
      name,
      secrets.has(name) ? null : values[name] ?? '',
    ]),
  });
}

function optional<K extends string, V>(
  key: K,
  value: V | undefined,
): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
