import { changedTree, segmentsOf } from './changedTree';
import { lossOfValues } from './lossOfValues';
import { isOrdinaryRemoval } from './ordinaryRemoval';
import {
  removalsOf,
  removalsOfOperation,
  removalText,
  type Removal,
} from './removals';
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
  const isOfManifest = form === 'merged' && isOfApply(tree);
  return (
    dataLoss(kind, tree, form, isOfManifest) ??
    lossOfValues(kind, specOf(tree), form === 'applied' || isOfManifest) ??
    (isPart && !isOfManifest
      ? removalProblem(kind, removalsOf(tree))
      : undefined)
  );
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
  const { op, path } = operation;
  if (op === 'test') return undefined;
  const removals = removalsOfOperation(operation);
  if (removals.some(takesFinalizers)) return FINALIZERS;
  const [first, second] = segmentsOf(path);
  if (holdsData(kind) && DATA.includes(first ?? '')) {
    if (second === undefined) return ALL_DATA;
    if (op === 'remove') return removes(second);
  }
  if (op === 'add' || op === 'replace') {
    const tree = changedTree(operation);
    const loss = isTree(tree)
      ? valueLoss(kind, tree, first === undefined)
      : undefined;
    if (loss !== undefined) return loss;
  }
  return removalProblem(kind, removals);
}

/** What one operation sets, without what it takes out by standing where it stands. */
function valueLoss(
  kind: string,
  tree: Tree,
  isWhole: boolean,
): string | undefined {
  if (isWhole) return WHOLE;
  if (isTree(tree.metadata) && isSaid(tree.metadata, 'ownerReferences', 'part'))
    return 'it changes who owns the object, and it is deleted with them';
  return (
    dataLoss(kind, tree, 'part', false) ??
    lossOfValues(kind, specOf(tree), false)
  );
}

function removalProblem(
  kind: string,
  removals: readonly Removal[],
): string | undefined {
  const lost = removals.find(one => !isOrdinaryRemoval(kind, one));
  return lost && removalText(lost);
}

/** The whole object and its metadata hold the finalizers; a new one beside the others takes none away. */
function takesFinalizers({ how, place: [first, second] }: Removal): boolean {
  if (first === undefined) return how !== 'flat';
  return (
    first === 'metadata' && (second === undefined || second === 'finalizers')
  );
}

function holdsData(kind: string): boolean {
  return kind === '/configmaps' || kind === '/secrets';
}

function removes(key: string): string {
  return `it removes '${key}' from the data, which nothing brings back`;
}

function dataLoss(
  kind: string,
  tree: Tree,
  form: LossForm,
  isOfManifest: boolean,
): string | undefined {
  if (!holdsData(kind)) return undefined;
  if (tree.immutable === true && form !== 'applied')
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

/** What is applied on the server may be new, and says again what is there already. */
function isSaid(tree: Tree, key: string, form: LossForm): boolean {
  const value = tree[key];
  const isEmptied =
    typeof value === 'object' &&
    (value === null || Object.keys(value).length === 0);
  return form !== 'applied' && value !== undefined && !isEmptied;
}

function isEmpty(tree: Tree, key: string): boolean {
  if (!Object.hasOwn(tree, key)) return false;
  const value = tree[key];
  return !Array.isArray(value) || value.length === 0;
}

function specOf({ spec }: Tree): Tree {
  return isTree(spec) ? spec : {};
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
