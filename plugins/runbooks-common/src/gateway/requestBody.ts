import {
  onlyBytes,
  onlyNumber,
  onlyText,
  readProtobuf,
  textOf,
  type ProtobufMessage,
} from './protobuf';
import { contentOfMessage } from './protobufContent';
import { repeatedJsonKey } from './repeatedJsonKey';
import {
  queryValues,
  type RequestInfo,
  type ResourceRequest,
} from './RequestInfo';

const FORM_OF_PATCH: Readonly<Record<string, ChangeForm | undefined>> = {
  'application/merge-patch+json': 'part',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'whole',
};

const DRY_RUN_SUBRESOURCES = new Set(['', 'status', 'scale', 'eviction']);

/**
 * What a decision needs of a request's body.
 *
 * - `none`: there is none, or nobody reads it.
 * - `object`: a created object; `json` where it came as JSON, `content` where it is understood, as JSON too.
 * - `change`: an update or a patch that looks like the object, whose object is named by the URL.
 * - `json-patch`: operations on the object that the URL names.
 * - `delete-options`: all that is sent on of a delete's options.
 * - `opaque`: an update or a patch that is not understood; its object is still named by the URL.
 * - `unreadable`: cannot be told; such a call is refused.
 *
 * @public
 */
export type RequestBody =
  | { kind: 'none' }
  | { kind: 'object'; name: string; json?: JsonObject; content?: JsonObject }
  | { kind: 'change'; form: ChangeForm; content: JsonObject }
  | { kind: 'json-patch'; operations: JsonPatchOperation[] }
  | { kind: 'delete-options'; options: DeleteOptions }
  | { kind: 'opaque'; because: string }
  | { kind: 'unreadable'; because: string };

/**
 * How a change looks: `whole` replaces the object (PUT) or what its sender owned of it (server-side apply), `part` and
 * `strategic` hold what changes. In a `part` (RFC 7386) a list takes the place of the one that is there; the other puts
 * the entries of some lists beside those that are there.
 *
 * @public
 */
export type ChangeForm = 'whole' | 'part' | 'strategic';

/** @public */
export interface JsonPatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

/** @public */
export type JsonObject = { [key: string]: unknown };

/** The options of a delete. @public */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
  orphanDependents?: boolean;
  propagationPolicy?: string;
  dryRun?: string[];
}

/**
 * Reads a body as far as the decision needs it. Never throws.
 *
 * @param contentType - The header's value; without one the API server reads JSON, and so do we.
 *
 * @public
 */
export function readRequestBody(
  info: RequestInfo,
  contentType: string | undefined,
  bytes: Uint8Array,
): RequestBody {
  if (info.kind !== 'resource' || bytes.length === 0) return { kind: 'none' };
  switch (info.verb) {
    case 'create':
      return readSafely(() => readObject(info, contentType, bytes));
    case 'delete':
    case 'deletecollection':
      return readSafely(() => readDeleteOptions(contentType, bytes));
    case 'update':
    case 'patch':
      return readChange(info, contentType, bytes);
    default:
      return { kind: 'none' };
  }
}

/** The request with the name of the object that it creates. @public */
export function withNameOf<Info extends RequestInfo>(
  info: Info,
  body: RequestBody,
): Info {
  const hasNameInBody =
    info.kind === 'resource' &&
    info.verb === 'create' &&
    info.name === '' &&
    body.kind === 'object';
  return hasNameInBody ? { ...info, name: body.name } : info;
}

/**
 * A dry run that the API server will honour: `dryRun=All` in the query, but for deletes in the body alone as soon as
 * there is one. Only for kinds of calls that have a dry run: one of `serviceaccounts/token` hands out a real token.
 *
 * @public
 */
export function isProvenDryRun(
  info: ResourceRequest,
  body: RequestBody,
): boolean {
  if (!DRY_RUN_SUBRESOURCES.has(info.subresource)) return false;
  if (info.verb === 'connect' || answersAnyway(info)) return false;
  const values =
    body.kind === 'delete-options'
      ? body.options.dryRun ?? []
      : queryValues(info.query, 'dryRun');
  return values.length === 1 && values[0] === 'All';
}

/** A review stores nothing: it is created for its answer, and a dry run of it answers as well. */
function answersAnyway({ group, resource }: ResourceRequest): boolean {
  return (
    /^(?:authentication|authorization)\.k8s\.io$/.test(group) ||
    /reviews$/.test(resource)
  );
}

/** A change that cannot be read is not refused for it: its object is known, and its rules may not need more. */
function readChange(
  info: ResourceRequest,
  contentType: string | undefined,
  bytes: Uint8Array,
): RequestBody {
  try {
    return changeOf(info, contentType, bytes);
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { kind: 'opaque', because };
  }
}

function changeOf(
  info: ResourceRequest,
  contentType: string | undefined,
  bytes: Uint8Array,
): RequestBody {
  if (info.verb === 'update') {
    const content = isProtobuf(contentType)
      ? contentOfMessage(info, kubernetesMessage(bytes))
      : readJson(contentType, bytes);
    if (!content) throw new Error('protobuf of this kind is not read');
    return { kind: 'change', form: 'whole', content };
  }
  const type = mediaType(contentType);
  if (type === 'application/json-patch+json') {
    return { kind: 'json-patch', operations: operationsOf(jsonOf(bytes)) };
  }
  const form = FORM_OF_PATCH[type];
  if (!form) throw new Error(`a patch of type '${type}' is not read`);
  // YAML is read where it is JSON, as kubectl and helm send it: two YAML readers may see two things.
  return { kind: 'change', form, content: objectOf(jsonOf(bytes)) };
}

const OPERATION_KEYS = new Set(['op', 'path', 'from', 'value']);

function operationsOf(json: unknown): JsonPatchOperation[] {
  if (!Array.isArray(json)) throw new Error('a JSON patch is no list');
  return json.map(item => {
    const isKnown =
      isObject(item) &&
      typeof item.op === 'string' &&
      typeof item.path === 'string' &&
      Object.keys(item).every(key => OPERATION_KEYS.has(key));
    if (!isKnown) throw new Error('an operation of the patch is not known');
    return item as unknown as JsonPatchOperation;
  });
}

function readSafely(read: () => RequestBody): RequestBody {
  try {
    return read();
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', because };
  }
}

function readObject(
  info: ResourceRequest,
  contentType: string | undefined,
  bytes: Uint8Array,
): RequestBody {
  if (isProtobuf(contentType)) {
    const message = kubernetesMessage(bytes);
    const metadata = onlyBytes(message, 1);
    const name = metadata && onlyText(readProtobuf(metadata), 1);
    const content = contentOfMessage(info, message);
    return { kind: 'object', name: name ?? '', ...(content && { content }) };
  }
  const json = readJson(contentType, bytes);
  const { metadata } = json;
  const name = isObject(metadata) ? metadata.name ?? '' : '';
  if (typeof name !== 'string') throw new Error('metadata.name is not a text');
  return { kind: 'object', name, json, content: json };
}

function readDeleteOptions(
  contentType: string | undefined,
  bytes: Uint8Array,
): RequestBody {
  const options = isProtobuf(contentType)
    ? optionsOfMessage(kubernetesMessage(bytes))
    : optionsOfJson(readJson(contentType, bytes));
  return { kind: 'delete-options', options };
}

const KNOWN_OPTION_FIELDS = new Set([1, 2, 3, 4, 5]);

function optionsOfMessage(message: ProtobufMessage): DeleteOptions {
  for (const field of message.fields) {
    if (!KNOWN_OPTION_FIELDS.has(field)) {
      throw new Error(`delete option ${field} is not known`);
    }
  }
  const preconditions = onlyBytes(message, 2);
  const guards = preconditions && readProtobuf(preconditions);
  const orphan = onlyNumber(message, 3);
  return withoutUndefined({
    gracePeriodSeconds: onlyNumber(message, 1),
    preconditions:
      guards &&
      withoutUndefined({
        uid: onlyText(guards, 1),
        resourceVersion: onlyText(guards, 2),
      }),
    orphanDependents: orphan === undefined ? undefined : orphan !== 0,
    propagationPolicy: onlyText(message, 4),
    dryRun: message.fields.has(5)
      ? message.all(5).map(value => textOf(value as Uint8Array))
      : undefined,
  });
}

const KNOWN_OPTIONS = new Set([
  'kind',
  'apiVersion',
  'gracePeriodSeconds',
  'preconditions',
  'orphanDependents',
  'propagationPolicy',
  'dryRun',
]);

function optionsOfJson(json: JsonObject): DeleteOptions {
  for (const key of Object.keys(json)) {
    if (!KNOWN_OPTIONS.has(key)) {
      throw new Error(`delete option '${key}' is not known`);
    }
  }
  const { preconditions } = json;
  return withoutUndefined({
    gracePeriodSeconds: typed(json, 'gracePeriodSeconds', 'number'),
    preconditions: isObject(preconditions)
      ? withoutUndefined({
          uid: typed(preconditions, 'uid', 'string'),
          resourceVersion: typed(preconditions, 'resourceVersion', 'string'),
        })
      : undefined,
    orphanDependents: typed(json, 'orphanDependents', 'boolean'),
    propagationPolicy: typed(json, 'propagationPolicy', 'string'),
    dryRun: textsIn(json, 'dryRun'),
  });
}

interface TypeNames {
  string: string;
  number: number;
  boolean: boolean;
}

function typed<Name extends keyof TypeNames>(
  json: JsonObject,
  key: string,
  type: Name,
): TypeNames[Name] | undefined {
  const value = json[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== type) {
    throw new Error(`'${key}' is ${typeof value}; expected ${type}`);
  }
  return value as TypeNames[Name];
}

function textsIn(json: JsonObject, key: string): string[] | undefined {
  const value = json[key];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) {
    throw new Error(`'${key}' is not a list of texts`);
  }
  return value;
}

function readJson(
  contentType: string | undefined,
  bytes: Uint8Array,
): JsonObject {
  const type = mediaType(contentType);
  if (type !== '' && type !== 'application/json') {
    throw new Error(`a body of type ${type} is not read`);
  }
  return objectOf(jsonOf(bytes));
}

function objectOf(json: unknown): JsonObject {
  if (!isObject(json)) throw new Error('the body is not an object');
  return json;
}

/** Refuses what two readers could understand in two ways. */
function jsonOf(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  const json: unknown = JSON.parse(text);
  const repeated = repeatedJsonKey(text);
  if (repeated !== undefined) {
    throw new Error(`the body holds '${repeated}' twice`);
  }
  return json;
}

function isProtobuf(contentType: string | undefined): boolean {
  return mediaType(contentType) === 'application/vnd.kubernetes.protobuf';
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0].trim().toLowerCase();
}

const MAGIC = [0x6b, 0x38, 0x73, 0x00]; // "k8s" and a zero byte

/** The object inside Kubernetes' envelope: type, object, encoding, content type. */
function kubernetesMessage(bytes: Uint8Array): ProtobufMessage {
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new Error('the body does not begin as Kubernetes protobuf does');
  }
  const envelope = readProtobuf(bytes.subarray(MAGIC.length));
  if (onlyText(envelope, 3) || onlyText(envelope, 4)) {
    throw new Error('the body is encoded once more');
  }
  return readProtobuf(onlyBytes(envelope, 2) ?? new Uint8Array());
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as Value;
}
