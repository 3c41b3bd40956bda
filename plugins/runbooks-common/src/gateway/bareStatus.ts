import type { JsonObject } from './requestBody';

/** The API's words for why something failed: 'NotFound', 'Conflict'. */
const REASON = /^[A-Z][A-Za-z]{0,60}$/;
/** Names of objects and kinds, also `*.apps` and `system:…`; never long enough or odd enough to hold a text. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9.:_*-]{0,252}$/;
/** A place in an object: `metadata.labels`, `.data.PASSWORD`, `data[a]`. */
const FIELD = /^[A-Za-z0-9._$[\]/~"-]{1,300}$/;
const UID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const MAX_CAUSES = 20;

const SAYS: Readonly<Record<string, string>> = {
  NotFound: 'not found',
  AlreadyExists: 'already exists',
};

/**
 * A Status that answers a call about Secrets, built anew from what cannot hold a value: its code, its reason, which
 * object it is about, and the places that it complains of. What the API server says in words is left out, because it
 * quotes the object that it complains of, with its data.
 *
 * @param status - What the API server answered; what of it is not as expected is left out.
 */
export function bareStatus(status: JsonObject): JsonObject {
  const isSuccess = status.status === 'Success';
  const reason = matching(status.reason, REASON);
  const details = detailsOf(status.details);
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: isSuccess ? 'Success' : 'Failure',
    ...(isSuccess ? {} : { message: messageOf(reason, details) }),
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    ...(isCount(status.code) ? { code: status.code } : {}),
  };
}

function messageOf(
  reason: string | undefined,
  details: JsonObject | undefined,
): string {
  const { kind = 'secrets', name } = details ?? {};
  const about = name === undefined ? String(kind) : `${kind} "${name}"`;
  const says = SAYS[reason ?? ''];
  if (says !== undefined) return `${about} ${says}`;
  const causes = Array.isArray(details?.causes) ? details.causes : [];
  const places = causes
    .map(({ field, reason: why }) => [field, why].filter(Boolean).join(': '))
    .filter(Boolean);
  return `${about}: ${[reason ?? 'failed', ...places].join(
    '; ',
  )} (what the API server says besides may quote the Secret and is not shown)`;
}

function detailsOf(details: unknown): JsonObject | undefined {
  if (!isObject(details)) return undefined;
  const causes = Array.isArray(details.causes)
    ? details.causes
        .slice(0, MAX_CAUSES)
        .filter(isObject)
        .map(cause =>
          withoutUndefined({
            reason: matching(cause.reason, REASON),
            field: matching(cause.field, FIELD),
          }),
        )
    : [];
  return withoutUndefined({
    name: matching(details.name, NAME),
    kind: matching(details.kind, NAME),
    // By it kubectl waits for the end of what it deleted.
    uid: matching(details.uid, UID),
    causes: causes.length > 0 ? causes : undefined,
    retryAfterSeconds: isCount(details.retryAfterSeconds)
      ? details.retryAfterSeconds
      : undefined,
  });
}

function matching(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function withoutUndefined(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
