import { isTree } from '../gateway/trees';
import type { DryRunWrite } from './DryRunWrite';
import { parsedWrite } from './parsedWrite';

/** Whether an object was written by somebody else between the look at it and the dry run. @public */
export function isOvertaken(write: DryRunWrite): boolean {
  const { before, answer } = parsedWrite(write);
  const [was, is] = [versionOf(before), versionOf(answer.body)];
  return was !== undefined && is !== undefined && was !== is;
}

/** The version of an object of the API server; undefined where it has none. */
export function versionOf(object: unknown): unknown {
  return isTree(object) && isTree(object.metadata)
    ? object.metadata.resourceVersion
    : undefined;
}
