import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { Refusal, say } from '../say.mjs';
import { toolEnvironment } from '../tools/environment.mjs';
import { publishedPackages } from './packages.mjs';

/**
 * Builds the published packages and packs each into `folder`, with the versions of its siblings in place of
 * `workspace:` ranges, as a registry would get it.
 *
 * @returns the packages, each with the path of its `tarball`
 * @throws Refusal with what the tool said, when one cannot be built
 */
export async function packPackages(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeTypes();
  const packed = [];
  for (const one of publishedPackages()) {
    say(`packing ${one.name} ${one.manifest.version} ...`);
    rmSync(join(one.path, 'dist'), { recursive: true, force: true });
    await run('backstage-cli', ['package', 'build'], one.path);
    const tarball = join(folder, `${basename(one.folder)}.tgz`);
    await run('yarn', ['pack', '--out', tarball], one.path);
    packed.push({ ...one, tarball });
  }
  return packed;
}

/** The declarations of all packages, in `dist-types`: what is packed and what the API reports tell comes from them. */
export async function writeTypes() {
  rmSync(join(CHECKOUT, 'dist-types'), { recursive: true, force: true });
  say('writing declarations ...');
  await run('tsc', ['--incremental', 'false'], CHECKOUT);
}

async function run(command, args, cwd) {
  const { code, output } = await finish(command, args, {
    cwd,
    env: toolEnvironment(),
    keepLines: 60,
  });
  if (code === 0) return;
  throw new Refusal(
    `'${command} ${args.join(' ')}' in ${cwd} ended with ${code}:\n${output}`,
  );
}
