import { changedTree, segmentsOf } from './changedTree';
import {
  contentLoss,
  isKnownContent,
  operationContentLoss,
} from './contentLoss';
import type { JsonPatchOperation } from './requestBody';

type Tree = Readonly<Record<string, unknown>>;

/**
 * How much of an object a tree stands for: `part` holds what changes, `whole` all of it, and `applied` all that its
 * sender says of it (server-side apply), which may also be new. `merged` is a part that `kubectl apply` worked out from
 * a manifest that was approved: what is gone from the manifest is removed from the object.
 */
export type LossForm = 'part' | 'whole' | 'applied' | 'merged';

/** What is not there any more waits for nothing: the object goes without its clean-up. */
export const FINALIZERS = 'it removes finalizers';
/** Nobody knows what is there and is not in what takes its place. @public */
export const WHOLE =
  'it replaces the whole object, and what that has besides is lost';
const ALL_DATA = 'it removes the data, which nothing brings back';
const DATA = ['data', 'binaryData', 'stringData'];
/** What kubectl leaves where a manifest that was seen says what is gone from it. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What a change of an object takes away for good, by its kind: the kinds are those whose loss is understood. */
const LOSSES: Readonly<
  Record<string, (tree: Tree, form: LossForm) => string | undefined>
> = {
  '/configmaps': dataLoss,
  '/secrets': dataLoss,
  '/pods': deadlineLoss,
  '/replicationcontrollers': tree => stops(specOf(tree)),
  'apps/replicasets': tree => stops(specOf(tree)),
  'apps/deployments': workloadLoss,
  'apps/statefulsets': workloadLoss,
  'apps/daemonsets': workloadLoss,
  'batch/jobs': jobLoss,
  'batch/cronjobs': cronJobLoss,
  'autoscaling/horizontalpodautoscalers': autoscalerLoss,
  '/persistentvolumes': volumeLoss,
};

/**
 * Why a change of an object that is there takes away what nobody can bring back, in words;
 * undefined where it does not. A whole object in the place of another loses whatever that had besides. Of a part
 * count the finalizers of any kind, what `LOSSES` knows, and of a kind whose content is not known all that it removes.
 * A value that is replaced by another is an ordinary change: who writes it says what it shall be.
 *
 * @param kind - Group and resource of the object; `status` where only its status is written.
 */
export function lossProblem(
  kind: string,
  tree: Tree,
  form: LossForm,
): string | undefined {
  const { metadata } = tree;
  const isPart = form === 'part' || form === 'merged';
  if (
    isPart &&
    (metadata === null ||
      Object.hasOwn(tree, '$patch') ||
      removesFinalizers(tree))
  )
    return FINALIZERS;
  if (isTree(metadata) && isSaid(metadata, 'ownerReferences', form))
    return 'it changes who owns the object, and it is deleted with them';
  if (form === 'whole') return WHOLE;
  if (Object.hasOwn(LOSSES, kind)) return LOSSES[kind](tree, form);
  const isNamed = form === 'merged' && isOfApply(tree);
  return isContentOpen(kind) && isPart && !isNamed
    ? contentLoss(tree)
    : undefined;
}

/** Whether a change of an object's metadata takes finalizers away. */
export function removesFinalizers({ metadata }: Tree): boolean {
  return (
    isTree(metadata) &&
    (isEmpty(metadata, 'finalizers') ||
      Object.hasOwn(metadata, '$deleteFromPrimitiveList/finalizers') ||
      Object.hasOwn(metadata, '$patch'))
  );
}

/** The same of one operation of a JSON patch. */
export function operationLoss(
  kind: string,
  operation: JsonPatchOperation,
): string | undefined {
  if (movesFinalizers(operation)) return FINALIZERS;
  const [first, second] = segmentsOf(operation.path);
  const isWhole = first === undefined;
  const holdsData =
    /^\/(?:configmaps|secrets)$/.test(kind) && DATA.includes(first ?? '');
  if (holdsData && second === undefined) return ALL_DATA;
  if (operation.op === 'remove' && holdsData) return removes(second ?? '');
  if (operation.op === 'remove')
    return isContentOpen(kind) ? operationContentLoss(operation) : undefined;
  const tree = changedTree(operation);
  const loss = isTree(tree)
    ? lossProblem(kind, tree, isWhole ? 'whole' : 'part')
    : undefined;
  return (
    loss ?? (isContentOpen(kind) ? operationContentLoss(operation) : undefined)
  );
}

/** `move` takes away what is at `from`, and it and `copy` overwrite what is at `path`. */
function movesFinalizers({ op, path, from }: JsonPatchOperation): boolean {
  if (op !== 'move' && op !== 'copy') return false;
  return (
    holdsFinalizers(path) ||
    (op === 'move' && (from === undefined || holdsFinalizers(from)))
  );
}

function holdsFinalizers(pointer: string): boolean {
  const [first, second] = segmentsOf(pointer);
  return (
    first === undefined ||
    (first === 'metadata' && (second === undefined || second === 'finalizers'))
  );
}

/** Whether it can be told what a change of a kind takes away; only bodies that are understood can be judged. */
export function hasLosses(kind: string): boolean {
  return Object.hasOwn(LOSSES, kind) || isContentOpen(kind);
}

/** What is written to a status alone is no content: whoever keeps it writes it anew. */
function isContentOpen(kind: string): boolean {
  return (
    kind !== 'status' && !Object.hasOwn(LOSSES, kind) && !isKnownContent(kind)
  );
}

function removes(key: string): string {
  return `it removes '${key}' from the data, which nothing brings back`;
}

function dataLoss(tree: Tree, form: LossForm): string | undefined {
  if (tree.immutable === true && form !== 'applied')
    return 'it makes the object immutable, which cannot be taken back';
  const said = DATA.filter(key => Object.hasOwn(tree, key));
  for (const key of said) {
    const data = tree[key];
    if (!isTree(data)) return ALL_DATA;
    if (Object.keys(data).some(one => one.startsWith('$'))) return ALL_DATA;
    const removed = Object.keys(data).find(one => data[one] === null);
    if (removed !== undefined && !(form === 'merged' && isOfApply(tree)))
      return removes(removed);
  }
  const isDirected = Object.keys(tree).some(
    key => key.startsWith('$') && !key.startsWith('$setElementOrder/'),
  );
  return isDirected ? ALL_DATA : undefined;
}

/** `kubectl apply` always leaves its manifest. Anybody can write that: it tells nothing where no apply was approved. */
function isOfApply({ metadata }: Tree): boolean {
  const { annotations } = isTree(metadata) ? metadata : { annotations: {} };
  return isTree(annotations) && typeof annotations[LAST_APPLIED] === 'string';
}

function workloadLoss(tree: Tree): string | undefined {
  const spec = specOf(tree);
  const { revisionHistoryLimit, persistentVolumeClaimRetentionPolicy } = spec;
  if (isNone(revisionHistoryLimit))
    return 'it keeps no earlier revision, so that nothing can be rolled back';
  if (
    /"Delete"/.test(JSON.stringify(persistentVolumeClaimRetentionPolicy) ?? '')
  )
    return 'it lets volumes be deleted with their pods';
  return stops(spec);
}

function jobLoss(tree: Tree, form: LossForm): string | undefined {
  const spec = specOf(tree);
  if (isNone(spec.parallelism)) return 'it stops a job';
  if (spec.suspend === true) return 'it suspends a job, whose pods are deleted';
  if (isSaid(spec, 'ttlSecondsAfterFinished', form))
    return 'it sets when the job and its logs are deleted';
  if (isSaid(spec, 'activeDeadlineSeconds', form))
    return 'it sets when the job is stopped';
  return isSaid(spec, 'backoffLimit', form)
    ? 'it sets after how many failures the job is stopped'
    : undefined;
}

function cronJobLoss(tree: Tree): string | undefined {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = specOf(tree);
  return isNone(successfulJobsHistoryLimit) || isNone(failedJobsHistoryLimit)
    ? 'it keeps no job that has ended, nor its logs'
    : undefined;
}

function deadlineLoss(tree: Tree, form: LossForm): string | undefined {
  return isSaid(specOf(tree), 'activeDeadlineSeconds', form)
    ? 'it sets when the pod is stopped'
    : undefined;
}

function autoscalerLoss(tree: Tree): string | undefined {
  return isNone(specOf(tree).minReplicas)
    ? 'it lets an autoscaler go to zero'
    : undefined;
}

function volumeLoss(tree: Tree): string | undefined {
  const { persistentVolumeReclaimPolicy } = specOf(tree);
  return /^(?:Delete|Recycle)$/.test(String(persistentVolumeReclaimPolicy))
    ? 'it lets a volume be deleted with its claim'
    : undefined;
}

function stops({ replicas }: Tree): string | undefined {
  return isNone(replicas) ? 'it scales to zero' : undefined;
}

/** True for a count that is set and is none; what is removed gets its default, which is more. */
function isNone(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !(Number.isSafeInteger(value) && (value as number) > 0)
  );
}

/** What is applied on the server may be new, and says again what is there already. */
function isSaid(tree: Tree, key: string, form: LossForm): boolean {
  return form !== 'applied' && !isNothing(tree[key]);
}

function isEmpty(tree: Tree, key: string): boolean {
  if (!Object.hasOwn(tree, key)) return false;
  const value = tree[key];
  return !Array.isArray(value) || value.length === 0;
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function specOf({ spec }: Tree): Tree {
  return isTree(spec) ? spec : {};
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
