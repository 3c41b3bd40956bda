import { accountProblem } from './accountProblem';
import { changedTree, segmentsOf } from './changedTree';
import { lossOfValues } from './lossOfValues';
import { hasPlainLabels, isOrdinaryRemoval } from './ordinaryRemoval';
import { placementProblem } from './placementProblem';
import {
  removalsOf,
  removalsOfOperation,
  removalText,
  type Removal,
} from './removals';
import type { ChangeForm, JsonPatchOperation } from './requestBody';
import { isTree, type Tree } from './trees';

/**
 * How much of an object a tree stands for, and whether that is there.
 *
 * - `part`, `strategic`: what changes of one that is there.
 * - `whole`: all of it.
 * - `applied`: all that its sender says of it (server-side apply); it may be new.
 * - `manifest`: the same in words: what is applied, before anybody knows whether it is there.
 * - `merged`: a part that `kubectl apply` worked out from a manifest that was approved, of an object that is there: what
 *   is gone from the manifest is removed from it.
 * - `new`: all of it, made anew; nothing is there that it could take away.
 */
export type LossForm = ChangeForm | 'applied' | 'manifest' | 'merged' | 'new';

/** What is not there any more waits for nothing: the object goes without its clean-up. */
const FINALIZERS = 'it removes finalizers';
/** Nobody knows what is there and is not in what takes its place. @public */
export const WHOLE =
  'it replaces the whole object, and what that has besides is lost';
const OWNERS = 'it changes who owns the object, and it is deleted with them';
const MANAGERS =
  'it says what was applied before, by which the next apply decides what to remove';
const LABELS =
  'it changes labels by which others find the object: who does not find it any more makes another in its place or drops it';
const ALL_DATA = 'it removes the data, which nothing brings back';
const DATA = ['data', 'binaryData', 'stringData'];
/** Groups whose kinds kubectl knows. */
const MERGED_GROUPS = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'policy',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'certificates.k8s.io',
  'events.k8s.io',
]);
/** What kubectl leaves where a manifest that was seen says what is gone from it. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Why a change of an object that is there takes away what nobody can bring back, in words;
 * undefined where it does not. A whole object in the place of another loses whatever that had besides. Of a part
 * counts what it takes out (`isOrdinaryRemoval` says what may go), and of any change what its values set off
 * (`lossOfValues`). Another value in the place of one is an ordinary change: who writes it says what it shall be.
 *
 * @param kind - Group and resource of the object.
 */
export function lossProblem(
  kind: string,
  tree: Tree,
  form: LossForm,
): string | undefined {
  const { metadata } = tree;
  const isPart = !['whole', 'applied', 'manifest', 'new'].includes(form);
  if (
    isPart &&
    (metadata === null ||
      Object.hasOwn(tree, '$patch') ||
      removesFinalizers(tree))
  )
    return FINALIZERS;
  const odd =
    (isTree(metadata) ? metadataLoss(metadata, form) : undefined) ??
    accountProblem(kind, metadata);
  if (odd !== undefined) return odd;
  if (form === 'whole') return WHOLE;
  const addresses = addressLoss(kind, tree);
  if (addresses !== undefined) return addresses;
  if (form === 'new') return lossOfValues(kind, specOf(tree), true);
  if (namesOtherFinalizers(kind, tree, form)) return FINALIZERS;
  const isOfManifest = form === 'merged' && isOfApply(tree);
  return (
    dataLoss(kind, tree, isOfManifest) ??
    lossOfValues(kind, specOf(tree), form === 'manifest') ??
    nodesLoss(kind, tree, form) ??
    (isPart && !isOfManifest
      ? labelLoss(kind, metadata) ?? takenOut(kind, tree, form)
      : undefined)
  );
}

/**
 * A DaemonSet that fits fewer nodes loses pods at once. An apply on one that is there says where they run only where
 * that changes; one on the server says it again and again, and nobody knows whether it is new.
 */
function nodesLoss(
  kind: string,
  tree: Tree,
  form: LossForm,
): string | undefined {
  const isApplied = form === 'merged' || form === 'applied';
  return kind === 'apps/daemonsets' && isApplied
    ? placementProblem(kind, tree, false)
    : undefined;
}

/** Who owns an object, and which manager set what, decides what is deleted and what an apply removes. */
function metadataLoss(metadata: Tree, form: LossForm): string | undefined {
  // Of a new one the owners are asked: see `actsOn`.
  if (form === 'new') return undefined;
  if (isSaid(metadata, 'ownerReferences')) return OWNERS;
  if (form !== 'whole' && Object.hasOwn(metadata, 'managedFields'))
    return MANAGERS;
  const isNoted =
    (form === 'part' || form === 'strategic') && isOfApply({ metadata });
  return isNoted ? MANAGERS : undefined;
}

/** What a merge patch takes out, whatever values it sets, in words. */
export function takenOut(
  kind: string,
  tree: Tree,
  form: LossForm,
): string | undefined {
  return removalProblem(kind, removalsOf(tree), form === 'strategic');
}

/** Whether a change of an object's metadata takes finalizers away. */
function removesFinalizers({ metadata }: Tree): boolean {
  return (
    isTree(metadata) &&
    (isEmpty(metadata, 'finalizers') ||
      Object.hasOwn(metadata, '$deleteFromPrimitiveList/finalizers') ||
      Object.hasOwn(metadata, '$patch'))
  );
}

/** Where the traffic of a Service goes, which its controller says, or whoever keeps a Service without a selector. */
const ADDRESSES: Readonly<Record<string, string>> = {
  '/endpoints': 'subsets',
  'discovery.k8s.io/endpointslices': 'endpoints',
};

function addressLoss(kind: string, tree: Tree): string | undefined {
  return Object.hasOwn(ADDRESSES, kind) && Object.hasOwn(tree, ADDRESSES[kind])
    ? 'it sets to which addresses the traffic of a service goes'
    : undefined;
}

/**
 * Whether an apply puts a list of finalizers in the place of the one that is there: kubectl merges lists only of kinds that
 * it was built with. On the server the lists are merged.
 */
function namesOtherFinalizers(
  kind: string,
  { metadata }: Tree,
  form: LossForm,
): boolean {
  return (
    (form === 'manifest' || form === 'merged') &&
    isTree(metadata) &&
    isSaid(metadata, 'finalizers') &&
    (kind === '' || !MERGED_GROUPS.has(kind.split('/')[0]))
  );
}

/** The same of one operation of a JSON patch. */
export function operationLoss(
  kind: string,
  operation: JsonPatchOperation,
): string | undefined {
  const { op, path, from } = operation;
  if (op === 'test') return undefined;
  const [first, second] = segmentsOf(path);
  if (takesFinalizers(operation)) return FINALIZERS;
  if ([path, from ?? ''].some(one => isOf(one, 'ownerReferences')))
    return OWNERS;
  if ([path, from ?? ''].some(one => isOf(one, 'managedFields')))
    return MANAGERS;
  if (second === 'annotations' && writesNote(operation)) return MANAGERS;
  if (holdsData(kind) && DATA.includes(first ?? ''))
    return dataOperationLoss(operation, second);
  if (op === 'add' || op === 'replace') {
    const tree = changedTree(operation);
    if (first === undefined) return WHOLE;
    const loss = isTree(tree)
      ? addressLoss(kind, tree) ??
        dataLoss(kind, tree, false) ??
        lossOfValues(kind, specOf(tree), false) ??
        labelLoss(kind, tree.metadata) ??
        accountProblem(kind, tree.metadata)
      : undefined;
    if (loss !== undefined) return loss;
  }
  return removalProblem(kind, removalsOfOperation(operation), false);
}

/** Of a kind whose labels others look for, any of them counts: one more may be one that somebody looks for. */
function labelLoss(kind: string, metadata: unknown): string | undefined {
  return isTree(metadata) &&
    Object.hasOwn(metadata, 'labels') &&
    !hasPlainLabels(kind)
    ? LABELS
    : undefined;
}

function removalProblem(
  kind: string,
  removals: readonly Removal[],
  isStrategic: boolean,
): string | undefined {
  const lost = removals.find(one => !isOrdinaryRemoval(kind, one, isStrategic));
  return lost && removalText(lost);
}

/**
 * The whole object and its metadata hold the finalizers, and any word in the place of one of them takes it away; one
 * more beside the others takes none.
 */
function takesFinalizers({ op, path, from }: JsonPatchOperation): boolean {
  if (op === 'add') {
    const [first, second, index] = segmentsOf(path);
    if (first === undefined) return false;
    if (first === 'metadata' && second === 'finalizers')
      return index === undefined || !/^(?:-|\d+)$/.test(index);
    return first === 'metadata' && second === undefined;
  }
  if (op === 'replace' && path === '') return false;
  return [path, ...(op === 'move' ? [from ?? ''] : [])].some(holdsFinalizers);
}

function holdsFinalizers(pointer: string): boolean {
  const [first, second] = segmentsOf(pointer);
  return (
    first === undefined ||
    (first === 'metadata' && (second === undefined || second === 'finalizers'))
  );
}

function isOf(pointer: string, field: string): boolean {
  const [first, second] = segmentsOf(pointer);
  return first === 'metadata' && second === field;
}

/** Of a JSON patch that writes annotations: whether it may write what was applied last. */
function writesNote({ op, path, value }: JsonPatchOperation): boolean {
  if (op === 'remove') return false;
  const key = segmentsOf(path)[2];
  if (key !== undefined) return key === LAST_APPLIED;
  return !isTree(value) || Object.hasOwn(value, LAST_APPLIED);
}

function holdsData(kind: string): boolean {
  return kind === '/configmaps' || kind === '/secrets';
}

function removes(key: string): string {
  return `it removes '${key}' from the data, which nothing brings back`;
}

/** One key of the data of a ConfigMap or Secret may get another value. */
function dataOperationLoss(
  { op, value }: JsonPatchOperation,
  key: string | undefined,
): string | undefined {
  if (key === undefined) return ALL_DATA;
  return (op === 'add' || op === 'replace') && typeof value === 'string'
    ? undefined
    : removes(key);
}

function dataLoss(
  kind: string,
  tree: Tree,
  isOfManifest: boolean,
): string | undefined {
  if (!holdsData(kind)) return undefined;
  if (tree.immutable === true)
    return 'it makes the object immutable, which cannot be taken back';
  const said = DATA.filter(key => Object.hasOwn(tree, key));
  for (const key of said) {
    const data = tree[key];
    if (!isTree(data)) return ALL_DATA;
    if (Object.keys(data).some(one => one.startsWith('$'))) return ALL_DATA;
    const removed = Object.keys(data).find(one => data[one] === null);
    if (removed !== undefined && !isOfManifest) return removes(removed);
  }
  return undefined;
}

/** `kubectl apply` always leaves its manifest. Anybody can write that: it tells nothing where no apply was approved. */
function isOfApply({ metadata }: Tree): boolean {
  const { annotations } = isTree(metadata) ? metadata : { annotations: {} };
  return isTree(annotations) && typeof annotations[LAST_APPLIED] === 'string';
}

function isSaid(tree: Tree, key: string): boolean {
  const value = tree[key];
  const isEmptied =
    typeof value === 'object' &&
    (value === null || Object.keys(value).length === 0);
  return value !== undefined && !isEmptied;
}

function isEmpty(tree: Tree, key: string): boolean {
  if (!Object.hasOwn(tree, key)) return false;
  const value = tree[key];
  return !Array.isArray(value) || value.length === 0;
}

function specOf({ spec }: Tree): Tree {
  return isTree(spec) ? spec : {};
}
