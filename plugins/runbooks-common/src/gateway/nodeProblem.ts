import { changedTree, segmentsOf } from './changedTree';
import type { JsonPatchOperation, RequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { isTree, type Tree } from './trees';

/** They keep new pods away and leave those that run where they are. */
const STAYING = new Set(['NoSchedule', 'PreferNoSchedule']);

const ORDINARY_METADATA = new Set([
  'name',
  'annotations',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
]);

/** Whatever its effect is: pods of a node with it are deleted by force, and their volumes taken off. */
export const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** What else a whole Node says of itself; the API server lets none of it change. */
const FIXED_SPEC = new Set(['podCIDR', 'podCIDRs', 'providerID']);

const REMOVABLE =
  /^\/(?:spec\/(?:unschedulable|taints(?:\/\d+)?)|metadata\/annotations(?:\/[^/]+)?)$/;

/** @public */
export const BY_HAND =
  'it may end pods of all namespaces, and whose they are is known only when it happens: a person does it';

/** Whether a write to a node, as far as its verb tells, acts upon the pods on it. */
export function endsPodsOfNode({
  verb,
  group,
  resource,
  subresource,
}: {
  verb: string;
  group: string;
  resource: string;
  subresource: string;
}): boolean {
  if (group !== '' || resource !== 'nodes') return false;
  return subresource !== '' || !['create', 'patch', 'update'].includes(verb);
}

/**
 * Why a write to a node is like a drain: it may end or move pods of everybody, whoever approved it. Undefined where it is
 * another write or only what is on this list: annotations, `unschedulable`, and taints that let running pods stay. Labels are
 * not: a DaemonSet of any namespace ends its pod where they do not fit it any more, and one that looks for a node without
 * the label does so for a new one.
 *
 * @public
 */
export function nodeProblem(
  info: ResourceRequest,
  body: RequestBody,
): string | undefined {
  if (info.group !== '' || info.resource !== 'nodes') return undefined;
  if (endsPodsOfNode(info)) return BY_HAND;
  switch (body.kind) {
    case 'object':
      return body.content ? nodeLoss(body.content) : BY_HAND;
    case 'change':
      return nodeLoss(body.content);
    case 'json-patch':
      return nodeLossOfOperations(body.operations);
    default:
      return BY_HAND;
  }
}

/** The same of a Node, or a part of one, in words. */
export function nodeLoss(node: Tree): string | undefined {
  const {
    metadata,
    spec,
    status: _,
    apiVersion: __,
    kind: ___,
    ...rest
  } = node;
  const isOrdinary =
    Object.keys(rest).length === 0 &&
    hasOnly(metadata, isOrdinaryMetadata) &&
    hasOnly(spec, isOrdinarySpec);
  return isOrdinary ? undefined : BY_HAND;
}

/** The same of the operations of a JSON patch. */
export function nodeLossOfOperations(
  operations: readonly JsonPatchOperation[],
): string | undefined {
  return operations.every(isOrdinaryOperation) ? undefined : BY_HAND;
}

function isOrdinaryOperation(operation: JsonPatchOperation): boolean {
  const { op, path } = operation;
  if (op === 'test') return true;
  if (op === 'remove') return REMOVABLE.test(path);
  if (op !== 'add' && op !== 'replace') return false;
  const tree = changedTree(operation);
  return (
    segmentsOf(path).length > 1 && isTree(tree) && nodeLoss(tree) === undefined
  );
}

function hasOnly(
  section: unknown,
  isFine: (key: string, value: unknown) => boolean,
): boolean {
  if (section === undefined) return true;
  return (
    isTree(section) &&
    Object.entries(section).every(([key, value]) => isFine(key, value))
  );
}

function isOrdinaryMetadata(key: string, value: unknown): boolean {
  const isEmpty = isTree(value) && Object.keys(value).length === 0;
  return ORDINARY_METADATA.has(key) || (key === 'labels' && isEmpty);
}

function isOrdinarySpec(key: string, value: unknown): boolean {
  if (key === 'unschedulable' || FIXED_SPEC.has(key)) return true;
  return key === 'taints' && (value === null || areStaying(value));
}

/** Each says its effect: of one that is only changed in part another may be there. */
function areStaying(taints: unknown): boolean {
  return (
    Array.isArray(taints) &&
    taints.every(
      one =>
        isTree(one) &&
        STAYING.has(String(one.effect)) &&
        one.key !== OUT_OF_SERVICE,
    )
  );
}
