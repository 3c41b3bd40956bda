import type { JsonObject } from './requestBody';
import { queryValues, type ResourceRequest } from './RequestInfo';

/** Who `kubectl apply --server-side` says it is, where nobody gives another name. @public */
export const DEFAULT_MANAGER = 'kubectl';

/** Under this name kubectl keeps the note of what was applied last, and nothing else. */
const MANAGER_OF_NOTE = 'kubectl-last-applied';

/**
 * Why an apply on the server may take away what others set; undefined where it cannot. What its manager owned and
 * does not say any more is removed: of kubectl's own that is what is gone from the manifest, which the approver saw; of
 * another manager it is what that one set. Where it takes fields over by force, a list of others is replaced whole.
 *
 * @param isApplied - The write was approved as one of `kubectl apply`.
 */
export function appliedProblem(
  { query }: Pick<ResourceRequest, 'query'>,
  content: JsonObject,
  isApplied: boolean,
): string | undefined {
  if (queryValues(query, 'force').some(value => value !== 'false'))
    return 'it takes over by force what others set';
  const managers = queryValues(query, 'fieldManager');
  const manager = managers.length === 1 ? managers[0] : '';
  if (manager === MANAGER_OF_NOTE && isNote(content)) return undefined;
  if (manager !== DEFAULT_MANAGER)
    return `it applies in the name of '${manager}', and what that one set and the manifest has not is removed`;
  return isApplied
    ? undefined
    : 'it applies a manifest, which was not approved, and removes what that leaves out';
}

const OF_NOTE = new Set(['apiVersion', 'kind', 'metadata']);
const METADATA_OF_NOTE = new Set([
  'name',
  'namespace',
  'annotations',
  'creationTimestamp',
]);

function isNote(content: JsonObject): boolean {
  const { metadata } = content;
  return (
    Object.keys(content).every(key => OF_NOTE.has(key)) &&
    typeof metadata === 'object' &&
    metadata !== null &&
    Object.keys(metadata).every(key => METADATA_OF_NOTE.has(key))
  );
}
