import { assertNever } from '../assertNever';
import type { AllowedWrite, AllowedWrites, SecretReads } from '../plan/model';
import type { Scope } from '../scope/model';
import { isProvenDryRun, withNameOf, type RequestBody } from './requestBody';
import {
  commandOf,
  selectorOf,
  type RequestInfo,
  type ResourceRequest,
} from './RequestInfo';

/** What the gateway does with a call. @public */
export type CallDecision =
  | { kind: 'pass' }
  | { kind: 'refuse'; because: string };

/** What one attempt may do. @public */
export interface CallRules {
  scope: Scope;
  secrets: SecretReads;
  allowed: AllowedWrites;
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

const SELF_REVIEWS = new Set([
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authentication.k8s.io/selfsubjectreviews',
]);

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** Never part of "any write in this namespace": they hand out credentials or bypass the API server. */
const NEVER_BY_NAMESPACE = new Set([
  'attach',
  'portforward',
  'proxy',
  'token',
  'binding',
  'ephemeralcontainers',
  'approval',
  'finalize',
]);

/**
 * Decides whether a call of a step may reach the API server.
 *
 * Reads of known subresources, discovery, self-reviews and proven dry runs pass. Everything else must be among the
 * writes that were approved for the step. What cannot be told is refused. A dry run is proven for the API server
 * itself and for custom resources; an aggregated API server that ignores `dryRun` is not guarded against.
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
  if (isSelfReview(request) || isPlainRead(request)) return PASS;
  const info = withNameOf(request, body);
  if (!isRead(info) && isProvenDryRun(info, body)) return PASS;
  if (rules.preview) return refuse('it has no dry run');
  if (rules.observeOnly) return refuse('this runbook only observes');
  return decideWrite(info, rules.allowed);
}

function decideWrite(
  info: ResourceRequest,
  allowed: AllowedWrites,
): CallDecision {
  switch (allowed.kind) {
    case 'none':
      return refuse('this step is not approved to write');
    case 'listed':
      return allowed.writes.some(write => matches(write, info))
        ? PASS
        : refuse('it is not among the writes approved for this step');
    case 'any-in-namespaces':
      return decideByNamespaces(info, allowed.namespaces);
    default:
      return assertNever(allowed);
  }
}

function decideByNamespaces(
  info: ResourceRequest,
  namespaces: readonly string[],
): CallDecision {
  if (!namespaces.includes(info.namespace)) {
    return refuse(
      `this step may write in ${namespaces.join(', ') || 'no namespace'} only`,
    );
  }
  if (NEVER_BY_NAMESPACE.has(info.subresource)) {
    return refuse(
      `${info.subresource} is never part of "any write in a namespace"`,
    );
  }
  if (info.group === RBAC_GROUP) {
    return refuse('rights are never part of "any write in a namespace"');
  }
  return PASS;
}

function matches(write: AllowedWrite, info: ResourceRequest): boolean {
  return (
    fits(write.verb, info.verb) &&
    fits(write.group, info.group) &&
    fits(write.resource, info.resource) &&
    fitsSubresource(write, info) &&
    fits(write.namespace, info.namespace) &&
    fits(write.name, info.name) &&
    fitsSelector(write, info) &&
    fitsCommand(write, info)
  );
}

function fits(allowed: string, actual: string): boolean {
  return allowed === '*' || allowed === actual;
}

/** `*` stands for ordinary subresources; what opens a connection or hands out a token must be named. */
function fitsSubresource(write: AllowedWrite, info: ResourceRequest): boolean {
  return write.subresource === '*'
    ? info.subresource !== 'exec' && !NEVER_BY_NAMESPACE.has(info.subresource)
    : write.subresource === info.subresource;
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

function isSelfReview(info: ResourceRequest): boolean {
  return (
    info.verb === 'create' &&
    info.subresource === '' &&
    SELF_REVIEWS.has(`${info.group}/${info.resource}`)
  );
}

function refuse(because: string): CallDecision {
  return { kind: 'refuse', because };
}
