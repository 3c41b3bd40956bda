import { appliedProblem } from './appliedProblem';
import { changedTree } from './changedTree';
import {
  FINALIZERS,
  lossProblem,
  operationLoss,
  removesFinalizers,
  type LossForm,
} from './lossProblem';
import { podRisk, podSpecOf, reachesNode, runsPods } from './podRisk';
import type {
  ChangeForm,
  JsonPatchOperation,
  RequestBody,
} from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { scaleProblem } from './scaleProblem';

/** A pod that is said to have failed is replaced; a Job that is said to be done is not run; metadata is written as well. */
const OF_STATUS =
  'it writes a status, which those who keep the object take for what happened';

type Tree = Readonly<Record<string, unknown>>;

/**
 * Why the body of a write that was approved by name is more than a change that can be taken back: pods that reach
 * their node or another account, no replicas, finalizers that are removed, and what `lossProblem` names. Undefined
 * where it is not.
 *
 * The approver saw which object is written, but not what is in the body. A rollback puts back a whole template that
 * was there before: of it only what reaches the node counts. Of kinds that run no pods and lose
 * nothing only the finalizers are looked at; deletions are not looked into, for they were named.
 *
 * @param isApplied - The write was approved as one of `kubectl apply`: what its manifest leaves out may go.
 *
 * @public
 */
export function listedWriteProblem(
  info: ResourceRequest,
  body: RequestBody,
  isApplied = false,
): string | undefined {
  if (!['create', 'update', 'patch'].includes(info.verb)) return undefined;
  if (info.subresource === 'ephemeralcontainers')
    return 'it adds a container to a running pod';
  if (info.subresource === 'scale') return scaleProblem(body);
  if (info.subresource === 'status') return OF_STATUS;
  if (info.subresource !== '') return undefined;
  const kind = `${info.group}/${info.resource}`;
  const isCreate = info.verb === 'create';
  const judge = (tree: Tree, form?: LossForm) =>
    objectProblem(kind, tree, isCreate ? undefined : form);
  switch (body.kind) {
    case 'object':
      if (body.content) return judge(body.content);
      break;
    case 'change': {
      const form = lossFormOf(info.verb, body.form, isApplied);
      return (
        judge(body.content, form) ??
        (form === 'applied'
          ? appliedProblem(info, body.content, isApplied)
          : undefined)
      );
    }
    case 'json-patch':
      return body.operations
        .map(
          one => operationProblem(one, kind, judge) ?? operationLoss(kind, one),
        )
        .find(problem => problem !== undefined);
    default:
  }
  return runsPods(kind) || !isCreate ? 'its body is not understood' : undefined;
}

/** What is applied on the server may be made by it. */
function lossFormOf(
  verb: string,
  form: ChangeForm,
  isApplied: boolean,
): LossForm {
  if (verb === 'patch' && form === 'whole') return 'applied';
  return isApplied && form === 'part' ? 'merged' : form;
}

/** What an operation makes of pods; what it takes out is asked of `operationLoss`. */
function operationProblem(
  operation: JsonPatchOperation,
  kind: string,
  judge: (tree: Tree) => string | undefined,
): string | undefined {
  if (operation.op !== 'add' && operation.op !== 'replace') return undefined;
  const tree = changedTree(operation);
  if (!isTree(tree)) return 'its body is not understood';
  return isRollback(kind, operation)
    ? rollbackProblem(kind, tree)
    : judge(tree);
}

/** `kubectl rollout undo` replaces the template by an earlier one. */
function isRollback(kind: string, { op, path }: JsonPatchOperation): boolean {
  return runsPods(kind) && op === 'replace' && path === '/spec/template';
}

/** The same of a StatefulSet or a DaemonSet, whose earlier templates are kept as patches. */
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

function objectProblem(
  kind: string,
  tree: Tree,
  form: LossForm | undefined,
): string | undefined {
  const risk = putsTemplateBack(tree)
    ? rollbackProblem(kind, tree)
    : riskyPods(kind, tree);
  if (risk !== undefined) return risk;
  if (form !== undefined && removesFinalizers(tree)) return FINALIZERS;
  const { spec } = tree;
  if (isTree(spec) && isZero(spec.replicas)) return 'it scales to zero';
  return form === undefined ? undefined : lossProblem(kind, tree, form);
}

function riskyPods(kind: string, tree: Tree): string | undefined {
  const risk = podRisk(kind, tree);
  return risk === undefined ? undefined : `it runs ${risk}`;
}

/** What is removed gets the default of one. */
function isZero(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !(Number.isSafeInteger(value) && (value as number) > 0)
  );
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
