import { accountProblem } from './accountProblem';
import { changedTree, segmentsOf } from './changedTree';
import { lossProblem, operationLoss, WHOLE } from './lossProblem';
import { ORDINARY_KINDS } from './ordinaryKinds';
import { hasPlainLabels } from './ordinaryRemoval';
import { placementProblem } from './placementProblem';
import { holdsPodSpec } from './podRisk';
import type {
  ChangeForm,
  JsonPatchOperation,
  RequestBody,
} from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { scaleProblem } from './scaleProblem';
import { isTree, type Tree } from './trees';

/** Where removing a value takes nothing away that matters. */
const REMOVABLE = new Set(['labels', 'annotations']);

const ORDINARY_METADATA = new Set([
  'name',
  'namespace',
  'generateName',
  'labels',
  'annotations',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
]);

/** Who owns an object and who must let it go is said when it is made. */
const METADATA_OF_NEW = new Set(['finalizers', 'ownerReferences']);

/**
 * Why a write is more than an ordinary change that can be taken back; undefined where it is one.
 *
 * Asked where the writes of a step could not be listed (scripts): then nobody saw this call before, and only what is
 * understood counts as ordinary. Deleting, evicting, stopping (no replicas, a suspended job), removing finalizers, and
 * pods that reach their node or another account, and what `lossProblem` names are never ordinary; kinds, fields and bodies that are not known are
 * not either. Suspending a CronJob is: it stops nothing that runs and is taken back by one word.
 *
 * @public
 */
export function unlistedWriteProblem(
  info: ResourceRequest,
  body: RequestBody,
): string | undefined {
  if (info.verb === 'delete' || info.verb === 'deletecollection') {
    return 'it deletes';
  }
  if (info.subresource === 'eviction') return 'it evicts a pod';
  // Which ways into a pod are open is said by name, and was approved.
  if (info.verb === 'connect') return undefined;
  const kind = `${info.group}/${info.resource}`;
  if (info.subresource === 'scale') return scaleProblem(body);
  if (info.subresource !== '') {
    return `what ${info.subresource} does is not understood`;
  }
  if (!Object.hasOwn(ORDINARY_KINDS, kind))
    return `this kind is not understood`;
  const losses =
    body.kind === 'json-patch'
      ? body.operations
          .filter(({ op }) => op === 'add' || op === 'replace')
          .map(one => operationLoss(kind, one))
      : [];
  return (
    changeProblem(body, kind, (tree, form, pointer) =>
      objectProblem(kind, info, tree, form, pointer),
    ) ?? losses.find(loss => loss !== undefined)
  );
}

/** `pointer` is the place of what is changed, where that is said; '' for the object itself. */
type JudgeTree = (
  tree: Tree,
  form: ChangeForm,
  pointer?: string,
) => string | undefined;

function changeProblem(
  body: RequestBody,
  kind: string,
  judge: JudgeTree,
): string | undefined {
  switch (body.kind) {
    case 'object':
      return body.content
        ? judge(body.content, 'whole')
        : 'its body is not understood';
    case 'change':
      return judge(body.content, body.form);
    case 'json-patch':
      for (const operation of body.operations) {
        const problem = operationProblem(operation, kind, judge);
        if (problem !== undefined) return problem;
      }
      return undefined;
    case 'none':
      return 'it has no body';
    default:
      return 'its body is not understood';
  }
}

function operationProblem(
  operation: JsonPatchOperation,
  kind: string,
  judge: JudgeTree,
): string | undefined {
  const segments = segmentsOf(operation.path);
  switch (operation.op) {
    case 'test':
      return undefined;
    case 'remove':
      return segments[0] === 'metadata' &&
        segments.length === 3 &&
        REMOVABLE.has(segments[1]) &&
        (segments[1] !== 'labels' || hasPlainLabels(kind))
        ? undefined
        : `it removes ${operation.path || 'the whole object'}`;
    case 'add':
    case 'replace': {
      const tree = changedTree(operation);
      return isTree(tree)
        ? judge(tree, segments.length === 0 ? 'whole' : 'part', operation.path)
        : 'its body is not understood';
    }
    default:
      return `what the patch operation '${operation.op}' does is not understood`;
  }
}

function objectProblem(
  kind: string,
  info: ResourceRequest,
  tree: Tree,
  form: ChangeForm,
  pointer: string | undefined,
): string | undefined {
  const isCreate = info.verb === 'create';
  const ordinary =
    directiveProblem(tree) ??
    (isOwnRecord(kind, tree)
      ? undefined
      : metadataProblem(kind, tree.metadata, isCreate)) ??
    specProblem(kind, tree);
  if (ordinary !== undefined || isCreate) return ordinary;
  const isWhole = form === 'whole';
  const { metadata: _, ...content } = tree;
  return (
    // Nobody saw what a manifest of this step leaves out. Operations are judged by what they do.
    (isWhole || pointer !== undefined
      ? undefined
      : lossProblem(kind, content, form)) ??
    placementProblem(
      kind,
      tree,
      isWhole || (pointer !== undefined && holdsPodSpec(kind, pointer)),
    ) ??
    (isWhole && !isOwnRecord(kind, tree)
      ? wholeProblem(info.verb, pointer)
      : undefined)
  );
}

/**
 * What its writer keeps for itself and writes whole again and again: a lease, and a release of helm. The type of a
 * Secret never changes, so none of another type can be replaced by one.
 */
function isOwnRecord(kind: string, { type, data }: Tree): boolean {
  if (kind === '/secrets')
    return (
      type === 'helm.sh/release.v1' &&
      isTree(data) &&
      Object.keys(data).length > 0
    );
  return kind === 'coordination.k8s.io/leases';
}

function wholeProblem(verb: string, pointer: string | undefined): string {
  return verb === 'patch' && pointer === undefined
    ? 'it applies a manifest on the server, which removes what that leaves out'
    : WHOLE;
}

/** At the root and in the metadata a directive replaces or removes more than it names. */
function directiveProblem(tree: Tree): string | undefined {
  const metadata = isTree(tree.metadata) ? tree.metadata : {};
  const found = [...Object.keys(tree), ...Object.keys(metadata)].find(
    key => key.startsWith('$') && !key.startsWith('$setElementOrder/'),
  );
  return found === undefined
    ? undefined
    : `what the directive '${found}' does is not understood`;
}

function metadataProblem(
  kind: string,
  metadata: unknown,
  isCreate: boolean,
): string | undefined {
  if (metadata === undefined) return undefined;
  if (!isTree(metadata)) return 'its metadata cannot be read';
  const odd = Object.keys(metadata).find(
    key =>
      !ORDINARY_METADATA.has(key) &&
      !key.startsWith('$setElementOrder/') &&
      !(isCreate && METADATA_OF_NEW.has(key)),
  );
  if (odd === 'finalizers') return 'it changes finalizers';
  if (odd !== undefined) return `it changes '${odd}' of the metadata`;
  const { labels } = metadata;
  if (!isCreate && !hasPlainLabels(kind) && labels !== undefined)
    return 'it changes labels by which others find the object';
  return accountProblem(kind, metadata);
}

function specProblem(kind: string, tree: Tree): string | undefined {
  if (!Object.hasOwn(tree, 'spec') || tree.spec === null) return undefined;
  return isTree(tree.spec)
    ? ORDINARY_KINDS[kind](tree.spec)
    : 'its specification cannot be read';
}
