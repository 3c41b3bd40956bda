import { changedTree, segmentsOf } from './changedTree';
import type { RequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { isTree, type Tree } from './trees';

/** Types of Kubernetes itself that hold what somebody put in; the other ones of its domain make credentials. */
const PLAIN_TYPES = new Set([
  'kubernetes.io/tls',
  'kubernetes.io/dockercfg',
  'kubernetes.io/dockerconfigjson',
  'kubernetes.io/basic-auth',
  'kubernetes.io/ssh-auth',
]);

const KUBERNETES_TYPE = /(^|\.)kubernetes\.io(\/|$)/;
const ACCOUNT_ANNOTATION = /(^|\.)kubernetes\.io\/service-account/;

/**
 * Why a write of a Secret is more than one of its content: it makes a credential of the cluster, moves data to where
 * it can be read, or cannot be read itself. Undefined for an ordinary one.
 *
 * @param mayRead - The step may read the Secret's data.
 */
export function secretWriteProblem(
  info: ResourceRequest,
  body: RequestBody,
  mayRead: boolean,
): string | undefined {
  if (info.verb === 'delete' || info.verb === 'deletecollection') {
    return undefined;
  }
  switch (body.kind) {
    case 'object':
      return body.content
        ? contentProblem(body.content)
        : 'what it writes into a Secret cannot be read';
    case 'change':
      return contentProblem(body.content);
    case 'json-patch':
      return body.operations
        .map(operation => {
          if (['add', 'replace'].includes(operation.op)) {
            const tree = changedTree(operation);
            return isTree(tree)
              ? contentProblem(tree)
              : 'what it writes into a Secret cannot be read';
          }
          if (['copy', 'move'].includes(operation.op)) {
            const problem = targetProblem(operation.path);
            if (problem !== undefined) return problem;
          }
          return operation.op === 'remove' || mayRead
            ? undefined
            : `the patch operation '${operation.op}' would tell the data of a Secret, which the step is not approved to read`;
        })
        .find(problem => problem !== undefined);
    case 'opaque':
      return `what it writes into a Secret cannot be read: ${body.because}`;
    default:
      return 'what it writes into a Secret cannot be read';
  }
}

/** What is copied or moved is not known: only where no value makes a credential it may go. */
function targetProblem(path: string): string | undefined {
  const [first, second, key, ...more] = segmentsOf(path);
  const isPlain =
    first === 'data' || first === 'stringData'
      ? second !== undefined && key === undefined
      : first === 'metadata' &&
        (second === 'labels' || second === 'annotations') &&
        key !== undefined &&
        !ACCOUNT_ANNOTATION.test(key) &&
        more.length === 0;
  return isPlain
    ? undefined
    : `what it copies to ${
        path || 'the whole object'
      } of a Secret may make a credential of the cluster`;
}

function contentProblem(content: Tree): string | undefined {
  const { type, metadata } = content;
  const isPlain =
    type === undefined ||
    type === null ||
    (typeof type === 'string' &&
      (PLAIN_TYPES.has(type) || !KUBERNETES_TYPE.test(type)));
  if (!isPlain) {
    return `a Secret of type ${JSON.stringify(
      type,
    )} makes a credential of the cluster`;
  }
  const annotations = isTree(metadata) ? metadata.annotations : undefined;
  const account =
    isTree(annotations) &&
    Object.keys(annotations).find(key => ACCOUNT_ANNOTATION.test(key));
  return account
    ? `the annotation '${account}' makes a Secret the credential of a service account`
    : undefined;
}
