import { appliedProblem } from './appliedProblem';
import { changedTree } from './changedTree';
import { lossProblem, operationLoss, type LossForm } from './lossProblem';
import { ORDINARY_KINDS } from './ordinaryKinds';
import { podRisk, podSpecOf, reachesNode, runsPods } from './podRisk';
import type {
  ChangeForm,
  JsonPatchOperation,
  RequestBody,
} from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { scaleProblem } from './scaleProblem';
import { isNone, isTree, type Tree } from './trees';

/** A pod that is said to have failed is replaced; a Job that is said to be done is not run; metadata is written as well. */
const OF_STATUS =
  'it writes a status, which those who keep the object take for what happened';

/** Whose bodies say nothing beyond what was named. */
const SAID_BY_NAME = new Set(['eviction', 'token', 'approval']);

/** What of the words that were approved explains a body that would else be more than an ordinary change. @public */
export interface ApprovedAs {
  isApplied: boolean;
  isRollback: boolean;
}

/**
 * Why the body of a write that was approved by name is more than a change that can be taken back: pods that reach
 * their node or another account, no replicas, finalizers that are removed, and what `lossProblem` names. Undefined
 * where it is not.
 *
 * The approver saw which object is written, but not what is in the body. A rollback puts back a whole template that
 * was there before: of it only what reaches the node counts. Of kinds that run no pods and lose
 * nothing only the finalizers are looked at; deletions are not looked into, for they were named.
 *
 * @param approvedAs - As one of `kubectl apply`: what its manifest leaves out may go. As one of `kubectl rollout undo`:
 *   the template that it puts back may have an account and fields of its own. Whatever looks like these and was not
 *   approved as such is judged like any other.
 *
 * @public
 */
export function listedWriteProblem(
  info: ResourceRequest,
  body: RequestBody,
  approvedAs: ApprovedAs = { isApplied: false, isRollback: false },
): string | undefined {
  if (!['create', 'update', 'patch'].includes(info.verb)) return undefined;
  if (info.subresource === 'ephemeralcontainers')
    return 'it adds a container to a running pod';
  if (info.subresource === 'scale') return scaleProblem(body);
  if (info.subresource === 'status') return OF_STATUS;
  if (info.subresource !== '')
    return SAID_BY_NAME.has(info.subresource)
      ? undefined
      : `what ${info.subresource} does is not understood`;
  const kind = `${info.group}/${info.resource}`;
  const isCreate = info.verb === 'create';
  const { isApplied, isRollback } = approvedAs;
  switch (body.kind) {
    case 'object':
      if (body.content)
        return (
          podsProblem(kind, body.content, isRollback) ??
          lossProblem(kind, body.content, 'new')
        );
      break;
    case 'change': {
      const form = lossFormOf(info.verb, body.form, isApplied);
      return (
        podsProblem(kind, body.content, isRollback) ??
        (isCreate ? undefined : lossProblem(kind, body.content, form)) ??
        (form === 'applied'
          ? appliedProblem(info, body.content, isApplied)
          : undefined)
      );
    }
    case 'json-patch':
      return body.operations
        .map(one => operationProblem(kind, one, approvedAs))
        .find(problem => problem !== undefined);
    default:
  }
  // Of other kinds a new object does no more than its name says.
  const isJudged = runsPods(kind) || Object.hasOwn(ORDINARY_KINDS, kind);
  return isJudged || !isCreate ? 'its body is not understood' : undefined;
}

/** What is applied on the server may be made by it. */
function lossFormOf(
  verb: string,
  form: ChangeForm,
  isApplied: boolean,
): LossForm {
  if (verb === 'patch' && form === 'whole') return 'applied';
  return isApplied && form !== 'whole' ? 'merged' : form;
}

/** What an operation makes of pods, and what it takes out. */
function operationProblem(
  kind: string,
  operation: JsonPatchOperation,
  { isApplied, isRollback }: ApprovedAs,
): string | undefined {
  const { op, path } = operation;
  const isOwn =
    (isRollback && path === '/metadata/annotations') ||
    // An apply on the server takes over what an earlier one of kubectl set.
    (isApplied && path === '/metadata/managedFields');
  if (isOwn && op === 'replace') return undefined;
  if (op !== 'add' && op !== 'replace') return operationLoss(kind, operation);
  const tree = changedTree(operation);
  if (!isTree(tree)) return 'its body is not understood';
  const putsBack = isRollback && op === 'replace' && path === '/spec/template';
  return (
    (putsBack
      ? rollbackProblem(kind, tree)
      : podsProblem(kind, tree, isRollback)) ?? operationLoss(kind, operation)
  );
}

/** How `kubectl rollout undo` puts the template of a StatefulSet or a DaemonSet back, which is kept as a patch. */
function putsTemplateBack({ spec }: Tree): boolean {
  return (
    isTree(spec) && isTree(spec.template) && spec.template.$patch === 'replace'
  );
}

/** What was there before may have an account and fields of its own; what reaches a node is asked for again. */
function rollbackProblem(kind: string, tree: Tree): string | undefined {
  const pod = podSpecOf(kind, tree);
  const how = reachesNode(pod);
  if (how !== undefined) return `it runs ${how}`;
  return isTree(pod) && Boolean(pod.nodeName)
    ? 'it sets the node of a pod'
    : undefined;
}

function podsProblem(
  kind: string,
  tree: Tree,
  isRollback: boolean,
): string | undefined {
  const risk =
    isRollback && putsTemplateBack(tree)
      ? rollbackProblem(kind, tree)
      : riskyPods(kind, tree);
  if (risk !== undefined) return risk;
  const { spec } = tree;
  return isTree(spec) && isNone(spec.replicas)
    ? 'it scales to zero'
    : undefined;
}

function riskyPods(kind: string, tree: Tree): string | undefined {
  const risk = podRisk(kind, tree);
  return risk === undefined ? undefined : `it runs ${risk}`;
}
