import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE = '4m';

/**
 * Mounts a disk of 4 MiB that may be filled, in a folder of its own.
 *
 * @returns `{ path, remove }`, or `{ because }` where this user may not mount one
 */
export function mountSmallDisk() {
  const path = mkdtempSync(join(tmpdir(), 'runbooks-disk-'));
  const { status, error, stderr } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0700`, 'runbooks-faults', path],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(path, { recursive: true });
    return { because: (error?.message ?? stderr).trim() };
  }
  return {
    path,
    remove: () => {
      // What still works there keeps it alive; it goes with the last of them.
      spawnSync('umount', ['--lazy', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
