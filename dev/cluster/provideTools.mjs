import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Copies kubectl and helm into a folder: the sandbox of a step runs as another
 * user, who may not be able to enter the cache in which they were built.
 *
 * @param programs paths by name, such as `{ kubectl: '/usr/bin/kubectl' }`; undefined ones are left out
 */
export function provideTools(folder, programs) {
  const stamp = join(folder, '.sources');
  const sources = JSON.stringify(programs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  rmSync(stamp, { force: true });
  for (const [name, program] of Object.entries(programs)) {
    if (program === undefined) continue;
    const part = join(folder, `.${name}.part`);
    copyFileSync(program, part);
    renameSync(part, join(folder, name));
  }
  writeFileSync(stamp, sources);
}

/** The tools in a folder that `buildControlPlane` returned. */
export function builtTools(folder) {
  return { kubectl: join(folder, 'kubectl'), helm: join(folder, 'helm') };
}
