import { isTree } from './trees';

/** Notes that kubectl and helm leave behind; others may tell a cloud which rights an account has. */
const ACCOUNT_NOTE =
  /^(kubectl\.kubernetes\.io\/last-applied-configuration|meta\.helm\.sh\/.*)$/;

/** Why annotations may give whoever has a service account more rights; undefined where they do not. */
export function accountProblem(
  kind: string,
  metadata: unknown,
): string | undefined {
  const annotations = isTree(metadata) ? metadata.annotations : undefined;
  if (kind !== '/serviceaccounts' || !isTree(annotations)) return undefined;
  const note = Object.keys(annotations).find(key => !ACCOUNT_NOTE.test(key));
  return note === undefined
    ? undefined
    : `the annotation '${note}' may give a service account rights`;
}
