import { assertNever } from '../assertNever';
import type { AllowedWrite, AllowedWrites, SecretReads } from '../plan/model';
import { byGrantOnly, changesRights } from '../scope/byGrantOnly';
import { isGranted } from '../scope/isGranted';
import { namespacesInWords } from '../scope/namespacesInWords';
import type { Scope } from '../scope/model';
import { givenSecretsProblem } from './givenSecretsProblem';
import { listedWriteProblem } from './listedWriteProblem';
import { actsOnProblem } from './actsOnProblem';
import { nodeProblem } from './nodeProblem';
import { readProblem } from './readProblem';
import { isProvenDryRun, withNameOf, type RequestBody } from './requestBody';
import {
  commandOf,
  isAboutSecrets,
  isSelfReview,
  selectorOf,
  type RequestInfo,
  type ResourceRequest,
} from './RequestInfo';
import { readsBeforeWrite, secretViewOf, type SecretView } from './secretView';
import { secretWriteProblem } from './secretWriteProblem';
import { unlistedWriteProblem } from './unlistedWriteProblem';

/** What the gateway does with a call; `secrets` says what its answer may show, where it is about Secrets. @public */
export type CallDecision =
  | { kind: 'pass'; secrets?: SecretView }
  | { kind: 'refuse'; because: string };

/** What one attempt may do. @public */
export interface CallRules {
  scope: Scope;
  secrets: SecretReads;
  allowed: AllowedWrites;
  /** The step was approved as one that destroys something. */
  destructive: boolean;
  /** Nothing is really written: every write must be a dry run. */
  preview: boolean;
  /** The runbook only observes: no write passes, whatever was approved. */
  observeOnly: boolean;
}

const PASS: CallDecision = { kind: 'pass' };

const READABLE_URLS =
  /^\/(version|(livez|readyz|healthz)(\/[^/]+)*|openapi\/v[23](\/.*)?|api|api\/v1|apis|apis\/[^/]+(\/[^/]+)?)\/?$/;

const READ_SUBRESOURCES = new Set(['', 'status', 'scale', 'log']);

/** There the place of the subresource holds the name of a metric. */
const METRIC_GROUPS = new Set([
  'custom.metrics.k8s.io',
  'external.metrics.k8s.io',
]);

/**
 * All that "any write in this namespace" and a rule for any subresource are about. Others hand out credentials, open a
 * way into what runs, bypass the API server, or are of kinds that nobody here knows: they must be named.
 */
const WRITE_SUBRESOURCES = new Set(['', 'status', 'scale', 'eviction']);

/**
 * Decides whether a call of a step may reach the API server.
 *
 * Reads of known subresources, discovery, self-reviews and proven dry runs pass as far as the scope lets reads go; a
 * dry run of a Secret needs what reading and what writing it needs.
 * Everything else must be among the writes that were approved for the step, and in the scope: in one of its
 * namespaces, or named by one of its grants. Kinds without a namespace, rights and credentials are in no scope but by
 * a grant. What cannot be told is refused.
 *
 * A dry run is proven for the API server itself and for custom resources; an aggregated API server that ignores
 * `dryRun` is not guarded against.
 *
 * @public
 */
export function decideCall(
  request: RequestInfo,
  body: RequestBody,
  rules: CallRules,
): CallDecision {
  if (request.kind === 'unreadable') return refuse(request.problem);
  if (request.kind === 'non-resource') {
    return request.verb === 'get' && READABLE_URLS.test(request.path)
      ? PASS
      : refuse('this URL is no resource and not on the list of readable ones');
  }
  if (body.kind === 'unreadable') {
    return refuse(`its body cannot be read: ${body.because}`);
  }
  if (isSelfReview(request)) return PASS;
  if (isPlainRead(request)) return decideRead(request, rules);
  const info = withNameOf(request, body);
  if (!isRead(info) && isProvenDryRun(info, body)) {
    return decideDryRun(info, body, rules);
  }
  const refusal = headRefusal(info, rules, false);
  if (refusal !== undefined) return refuse(refusal);
  return decideContent(info, body, rules);
}

/**
 * Decides as far as method and URL tell, before the body of a call is read: what is refused here would be refused
 * with any body. Passing means no more than that the body is worth reading.
 *
 * @public
 */
export function decideHead(
  request: RequestInfo,
  rules: CallRules,
): CallDecision {
  const isWholeCall =
    request.kind !== 'resource' || isSelfReview(request) || isRead(request);
  if (isWholeCall) return decideCall(request, { kind: 'none' }, rules);
  const mayBeDryRun =
    request.verb !== 'connect' &&
    (rules.preview ||
      request.verb.startsWith('delete') ||
      isProvenDryRun(request, { kind: 'none' }));
  if (mayBeDryRun) return PASS;
  const refusal = headRefusal(request, rules, true);
  return refusal === undefined ? PASS : refuse(refusal);
}

function decideRead(info: ResourceRequest, rules: CallRules): CallDecision {
  const problem = readProblem(info, rules.scope);
  if (problem !== undefined) return refuse(problem);
  return isAboutSecrets(info)
    ? { kind: 'pass', secrets: secretViewOf(info, rules) }
    : PASS;
}

/** A dry run shows what is there: it goes as far as a read. A preview shows no write that would be refused. */
function decideDryRun(
  info: ResourceRequest,
  body: RequestBody,
  rules: CallRules,
): CallDecision {
  const problem =
    readProblem(info, rules.scope) ??
    (rules.preview && !isGranted(info, rules.scope)
      ? outsideScope(info, rules.scope)
      : undefined);
  if (problem !== undefined) return refuse(problem);
  if (!isAboutSecrets(info)) return PASS;
  const because = secretDryRunProblem(info, rules);
  return because === undefined
    ? decideSecretWrite(info, body, rules)
    : refuse(because);
}

/** A dry run of a Secret tells of its data, by its failures too: it needs what reading and what writing it needs. */
function secretDryRunProblem(
  info: ResourceRequest,
  rules: CallRules,
): string | undefined {
  const granted = isGranted(info, rules.scope);
  const unwritten = unapproved(info, rules.allowed, {
    anyName: false,
    granted,
  });
  if (unwritten !== undefined)
    return `${unwritten}, and a dry run of a Secret tells of it what a write does`;
  const view = secretViewOf(info, rules);
  if (view.kind !== 'without-data' || readsBeforeWrite(info, rules))
    return undefined;
  return `a dry run of a Secret tells of its data: ${view.because}`;
}

/** Why a call is refused whatever its body holds; `isNameOpen` where the body may hold its name. */
function headRefusal(
  info: ResourceRequest,
  rules: CallRules,
  isNameOpen: boolean,
): string | undefined {
  if (rules.preview) return 'it has no dry run';
  if (rules.observeOnly) return 'this runbook only observes';
  const anyName = isNameOpen && info.verb === 'create' && info.name === '';
  const granted = isGranted(info, rules.scope, { anyName });
  return (
    unapproved(info, rules.allowed, { anyName, granted }) ??
    (granted ? undefined : outsideScope(info, rules.scope))
  );
}

function outsideScope(info: ResourceRequest, scope: Scope): string | undefined {
  const special = byGrantOnly(info);
  if (special !== undefined)
    return `it ${special}, which needs a grant of its scope that names it`;
  return scope.namespaces.includes(info.namespace)
    ? undefined
    : `this run may write in ${namespacesInWords(scope.namespaces)} only`;
}

function unapproved(
  info: ResourceRequest,
  allowed: AllowedWrites,
  options: { anyName: boolean; granted: boolean },
): string | undefined {
  switch (allowed.kind) {
    case 'none':
      return 'this step is not approved to write';
    case 'listed':
      return allowed.writes.some(write => matches(write, info, options.anyName))
        ? undefined
        : 'it is not among the writes approved for this step';
    case 'any-in-namespaces':
      if (opensPod(info) && !isNamed(info, allowed)) {
        return info.subresource === 'exec'
          ? executionProblem(allowed, info)
          : `${info.subresource} is never part of "any write in a namespace", only what the step names`;
      }
      // What the scope grants by name stands on the page of the approval as well.
      return options.granted || isNamed(info, allowed)
        ? undefined
        : outsideNamespaces(info, allowed.namespaces);
    default:
      return assertNever(allowed);
  }
}

type AnyInNamespaces = Extract<AllowedWrites, { kind: 'any-in-namespaces' }>;

/** What starts something in a pod that is there, or opens a connection to what is behind the API server. */
function opensPod({ verb, subresource }: ResourceRequest): boolean {
  return verb === 'connect' || subresource === 'ephemeralcontainers';
}

function isNamed(
  info: ResourceRequest,
  { executes, namespaces }: AnyInNamespaces,
): boolean {
  return (
    Array.isArray(executes) &&
    namespaces.includes(info.namespace) &&
    executes.some(write => matches(write, info, false))
  );
}

/** Why a command that the step does not name is not executed in a pod. */
function executionProblem(
  allowed: AnyInNamespaces,
  info: ResourceRequest,
): string | undefined {
  if (allowed.executes === 'any' && allowed.destructive)
    return outsideNamespaces(info, allowed.namespaces);
  const command = commandOf(info).join(' ');
  return `this step may execute in pods only what its text names, which "${
    command.length > 60 ? `${command.slice(0, 60)}…` : command
  }" is not`;
}

function outsideNamespaces(
  info: ResourceRequest,
  namespaces: readonly string[],
): string | undefined {
  if (!namespaces.includes(info.namespace)) {
    return `this step may write in ${namespacesInWords(namespaces)} only`;
  }
  // Commands that are executed in pods were asked about before.
  if (info.subresource !== 'exec' && !isOrdinaryPart(info)) {
    return `${info.subresource} is never part of "any write in a namespace"`;
  }
  if (changesRights(info)) {
    return 'rights are never part of "any write in a namespace"';
  }
  return undefined;
}

/** Of a call that is approved and in scope: what its body does. */
function decideContent(
  info: ResourceRequest,
  body: RequestBody,
  rules: CallRules,
): CallDecision {
  const { allowed } = rules;
  const ending = nodeProblem(info, body);
  if (ending !== undefined) return refuse(ending);
  const given =
    allowed.kind === 'listed'
      ? givenSecretsProblem(
          info,
          body,
          rules.secrets,
          isMarked(info, allowed, 'rollsBack'),
        )
      : undefined;
  if (given !== undefined) return refuse(given);
  const problem =
    allowed.kind === 'any-in-namespaces'
      ? !allowed.destructive && unlistedWriteProblem(info, body)
      : !rules.destructive &&
        listedWriteProblem(info, body, {
          isApplied: isMarked(info, allowed, 'applies'),
          isRollback: isMarked(info, allowed, 'rollsBack'),
        });
  if (problem) {
    return refuse(`${problem}, and this step is not approved as destructive`);
  }
  const acting =
    allowed.kind === 'listed'
      ? actsOnProblem(
          info,
          body,
          allowed.writes.filter(write => matches(write, info, false)),
        )
      : undefined;
  if (acting !== undefined) return refuse(acting);
  return isAboutSecrets(info) ? decideSecretWrite(info, body, rules) : PASS;
}

/** Among what was approved is an apply of that object, or its rollback. */
function isMarked(
  info: ResourceRequest,
  allowed: AllowedWrites,
  mark: 'applies' | 'rollsBack',
): boolean {
  return (
    allowed.kind === 'listed' &&
    allowed.writes.some(
      write => write[mark] === true && matches(write, info, false),
    )
  );
}

function decideSecretWrite(
  info: ResourceRequest,
  body: RequestBody,
  rules: CallRules,
): CallDecision {
  const view = secretViewOf(info, rules);
  const isInScope =
    rules.scope.namespaces.includes(info.namespace) ||
    isGranted(info, rules.scope);
  // Even a dry run tells whether a value was guessed.
  if (!isInScope) return refuse(outsideScope(info, rules.scope) ?? '');
  const mayRead = view.kind === 'data' || view.kind === 'named';
  const problem = secretWriteProblem(info, body, mayRead);
  if (problem !== undefined && !isGranted(info, rules.scope)) {
    return refuse(problem);
  }
  return { kind: 'pass', secrets: view };
}

function matches(
  write: AllowedWrite,
  info: ResourceRequest,
  anyName: boolean,
): boolean {
  return (
    fits(write.verb, info.verb) &&
    fits(write.group, info.group) &&
    fits(write.resource, info.resource) &&
    fitsSubresource(write, info) &&
    fits(write.namespace, info.namespace) &&
    (anyName || fits(write.name, info.name)) &&
    fitsSelector(write, info) &&
    fitsCommand(write, info)
  );
}

function fits(allowed: string, actual: string): boolean {
  return allowed === '*' || allowed === actual;
}

/** `*` stands for ordinary subresources; every other one must be named. */
function fitsSubresource(write: AllowedWrite, info: ResourceRequest): boolean {
  return write.subresource === '*'
    ? isOrdinaryPart(info)
    : write.subresource === info.subresource;
}

/** Whether a subresource is known for what it does. Where one is read that is not, a connection may be opened. */
function isOrdinaryPart(info: ResourceRequest): boolean {
  return isRead(info)
    ? isPlainRead(info)
    : WRITE_SUBRESOURCES.has(info.subresource);
}

function fitsSelector(write: AllowedWrite, info: ResourceRequest): boolean {
  return (
    info.verb !== 'deletecollection' ||
    fits(write.selector ?? '', selectorOf(info))
  );
}

/** A word `*` stands for any word, the list `['*']` for any command; an exec without a command in its rule never fits. */
function fitsCommand(write: AllowedWrite, info: ResourceRequest): boolean {
  if (info.subresource !== 'exec') return true;
  const allowed = write.command;
  if (!allowed) return false;
  if (allowed.length === 1 && allowed[0] === '*') return true;
  const actual = commandOf(info);
  return (
    allowed.length === actual.length &&
    allowed.every((word, index) => fits(word, actual[index]))
  );
}

function isRead(info: ResourceRequest): boolean {
  return ['get', 'list', 'watch'].includes(info.verb);
}

function isPlainRead(info: ResourceRequest): boolean {
  return (
    isRead(info) &&
    (READ_SUBRESOURCES.has(info.subresource) || METRIC_GROUPS.has(info.group))
  );
}

function refuse(because: string): CallDecision {
  return { kind: 'refuse', because };
}
