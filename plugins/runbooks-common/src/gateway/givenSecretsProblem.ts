import type { SecretReads } from '../plan/model';
import { changedTree } from './changedTree';
import { mountsSecrets } from './podRisk';
import type { RequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { isTree, type Tree } from './trees';

/**
 * Why the body of a write gives pods Secrets, or tokens, that nobody was told of; undefined where it does not.
 *
 * Whoever runs a pod reads what it is given, so the words of a step that does so are approved as reading any Secret. A
 * step that was not approved as that had other words.
 *
 * @param secrets - What the step was approved to read.
 * @param isRollback - The template of its pods was there before, with what it was given.
 */
export function givenSecretsProblem(
  info: ResourceRequest,
  body: RequestBody,
  secrets: SecretReads,
  isRollback: boolean,
): string | undefined {
  if (secrets.kind === 'any' || isRollback || info.subresource !== '')
    return undefined;
  const kind = `${info.group}/${info.resource}`;
  const gives = partsOf(body).some(
    part => mountsSecrets(kind, part) && !isMadeOfCronJob(info, part),
  );
  return gives
    ? 'it gives pods Secrets, which this step is not approved to read'
    : undefined;
}

function partsOf(body: RequestBody): Tree[] {
  switch (body.kind) {
    case 'object':
      return body.content ? [body.content] : [];
    case 'change':
      return [body.content];
    case 'json-patch':
      return body.operations
        .filter(({ op }) => op === 'add' || op === 'replace')
        .map(changedTree)
        .filter(isTree);
    default:
      return [];
  }
}

/** `kubectl create job --from=cronjob/NAME`: its pods are given what those of the CronJob are. */
function isMadeOfCronJob(info: ResourceRequest, { metadata }: Tree): boolean {
  const owners = isTree(metadata) ? metadata.ownerReferences : undefined;
  const [owner, ...more] = Array.isArray(owners) ? owners : [];
  return (
    info.verb === 'create' &&
    `${info.group}/${info.resource}` === 'batch/jobs' &&
    more.length === 0 &&
    isTree(owner) &&
    owner.kind === 'CronJob' &&
    owner.apiVersion === 'batch/v1'
  );
}
