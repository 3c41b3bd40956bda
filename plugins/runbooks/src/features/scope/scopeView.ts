import type {
  EntityRef,
  Plan,
  PlannedStep,
  Scope,
  ScopeGrant,
  ScopeSource,
  SecretName,
  SecretReads,
  StepRequirement,
} from '@backstage-runbooks/plugin-runbooks-common';
import {
  assertNever,
  grantsUsedBy,
} from '@backstage-runbooks/plugin-runbooks-common';
import { listWords } from '../../words/listWords';

const HELM_RELEASE = 'helm.sh/release.v1';

/** Where steps may go, and who said so, as people read it. */
export interface ScopeView {
  /** "Writes only in fintech-services; reads in the whole cluster; Secrets: none." */
  reach: string;
  /** "Rule 'fintech' of the configuration" */
  source: string;
  /** Whom the cluster names as owners, where the cluster gave the scope. */
  confirmedFor: EntityRef[];
  /** What is to be known before trusting it; goes on after the source. */
  doubt?: string;
  /** Whose owners must approve, where the scope is only the catalog's word. */
  approvedBy: EntityRef[];
  /** What a rule lets through beside the namespaces, a line each. */
  grants: string[];
  /** Whether the step makes use of them cannot be told from its text. */
  grantsAreOpen?: boolean;
}

/** The scope of a plan, with what its steps together write, read of Secrets and use of grants, and whose owners they need. */
export function planScopeView(plan: Plan): ScopeView {
  const approvedBy = plan.steps.flatMap(step => approvedByOf(step.requires));
  const used = plan.steps.flatMap(step => grantsOf(step, plan.scope));
  return scopeView(
    {
      ...plan.scope,
      grants: plan.scope.grants.filter(grant => used.includes(grant)),
    },
    plan.steps.map(step => step.secrets),
    approvedBy.length > 0 ? [...new Set(approvedBy)] : [plan.entityRef],
    plan.steps.some(mayWrite),
  );
}

/** The scope of one step, which may write nothing where the run may, with those grants only that it can make use of. */
export function stepScopeView(plan: Plan, step: PlannedStep): ScopeView {
  const view = scopeView(
    { ...plan.scope, grants: grantsOf(step, plan.scope) },
    [step.secrets],
    approvedByOf(step.requires),
    mayWrite(step),
  );
  return step.writes.kind === 'listed'
    ? view
    : { ...view, grantsAreOpen: true };
}

/** Whether a scope says anything about a step: it may write, or read what not everybody may read. */
export function isInScope(step: PlannedStep): boolean {
  return mayWrite(step) || step.secrets.kind !== 'none';
}

/** What a step does that is told only when it comes may be anything. */
function mayWrite({ writes, requires }: PlannedStep): boolean {
  return writes.kind !== 'none' || requires.kind === 'later';
}

function grantsOf(step: PlannedStep, scope: Scope): ScopeGrant[] {
  return step.requires.kind === 'later'
    ? scope.grants
    : grantsUsedBy(step, scope);
}

/** Tells a scope and what steps read of Secrets in it; `approvedBy` are the entities whose owners must approve what is written in it. */
export function scopeView(
  scope: Scope,
  secrets: readonly SecretReads[],
  approvedBy: EntityRef[],
  writes: boolean = true,
): ScopeView {
  const parts = [
    writes && scope.namespaces.length > 0
      ? `Writes ${scope.grants.length > 0 ? '' : 'only '}in ${listWords(
          scope.namespaces,
        )}`
      : 'Writes nothing in the cluster',
    readsWords(scope),
    `Secrets: ${secretsWords(secrets, scope.namespaces)}`,
  ];
  const isCatalog = scope.source.kind === 'catalog';
  return {
    reach: `${parts.join('; ')}.`,
    source: sourceWords(scope.source),
    confirmedFor:
      scope.source.kind === 'namespace-annotation' ? scope.source.owners : [],
    doubt: doubtWords(scope.source),
    approvedBy: isCatalog ? approvedBy : [],
    grants: scope.grants.map(grantLine),
  };
}

/** Secret data as it is told in a sentence. */
export function secretTypesWords(types: string[]): string {
  return listWords(
    types.map(type =>
      type === HELM_RELEASE ? "Helm's releases" : `those of type ${type}`,
    ),
  );
}

/** Single Secrets as they are told in a sentence. */
export function secretNamesWords(names: SecretName[]): string {
  const all = names.map(({ namespace, name }) => `${name} in ${namespace}`);
  return listWords([...new Set(all)]);
}

function approvedByOf(requires: StepRequirement): EntityRef[] {
  return 'approvedBy' in requires ? requires.approvedBy : [];
}

function readsWords(scope: Scope): string {
  switch (scope.reads) {
    case 'cluster':
      return 'reads in the whole cluster';
    case 'namespaces':
      return scope.namespaces.length > 0
        ? `reads only in ${listWords(scope.namespaces)}`
        : 'reads nothing in the cluster';
    default:
      return assertNever(scope.reads);
  }
}

/** Of several steps together: what the widest of them reads. */
function secretsWords(
  reads: readonly SecretReads[],
  namespaces: string[],
): string {
  if (reads.some(one => one.kind === 'any'))
    return namespaces.length > 0
      ? `their data in ${listWords(namespaces)}`
      : 'none';
  const types = reads.flatMap(one =>
    one.kind === 'of-types' ? one.types : [],
  );
  const names = reads.flatMap(one => (one.kind === 'named' ? one.names : []));
  return (
    [
      ...(types.length > 0
        ? [secretTypesWords([...new Set(types)].sort())]
        : []),
      ...(names.length > 0 ? [secretNamesWords(names)] : []),
    ].join(' and ') || 'none'
  );
}

function sourceWords(source: ScopeSource): string {
  switch (source.kind) {
    case 'configuration':
      return `Rule '${source.rule}' of the configuration`;
    case 'namespace-annotation':
      return 'Confirmed by the cluster: the namespaces name as their owner';
    case 'catalog':
      return "The catalog's word";
    case 'nobody':
      return 'Nobody gave this service a scope';
    default:
      return assertNever(source);
  }
}

function doubtWords(source: ScopeSource): string | undefined {
  switch (source.kind) {
    case 'catalog':
      return 'anybody who can register a component wrote this.';
    case 'nobody':
      return source.because;
    default:
      return undefined;
  }
}

function grantLine(grant: ScopeGrant): string {
  const group = grant.group ? ` (${grant.group})` : '';
  const names = grant.names.includes('*')
    ? 'any name'
    : listWords(grant.names, 'or');
  const place = grant.namespace ? ` in ${grant.namespace}` : '';
  return `${listWords(grant.verbs)} ${
    grant.resource
  }${group}: ${names}${place}`;
}
