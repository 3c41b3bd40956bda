import { joinPaths } from './joinPaths';

/** Where every executor puts a run's files. */
export const WORKSPACE = '/workspace';

/**
 * The path from the root of the workspace that an absolute one means (`/workspace/deploy/web.yaml`); undefined for one
 * outside of it, and for one with `..`, which behind a link leads to another folder than the one that is written.
 */
export function workspacePath(path: string): string | undefined {
  if (path !== WORKSPACE && !path.startsWith(`${WORKSPACE}/`)) return undefined;
  return path.split('/').includes('..')
    ? undefined
    : joinPaths('', `.${path.slice(WORKSPACE.length)}`);
}
