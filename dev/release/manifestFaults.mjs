import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a reader of a registry's page, or a program that installs the package, asks for. */
const WANTED = [
  'description',
  'license',
  'homepage',
  'bugs',
  'repository',
  'keywords',
  'files',
  'exports',
];

/** With several, an app whose own range is another one would take the newest of all. */
const ONE_RANGE = /^\^\d[\d.]*$/;

const FILES = ['README.md', 'LICENSE', 'CHANGELOG.md'];

/**
 * What is missing in, or wrong with, the package.json of a package that is published: one sentence each.
 *
 * @param supportedVersions the releases of Backstage that the packages are tried in
 */
export function manifestFaults({ folder, path, manifest }, supportedVersions) {
  const at = `${folder}/package.json`;
  const { backstage = {}, engines, repository, dependencies = {} } = manifest;
  const faults = WANTED.filter(key => !manifest[key]).map(
    key => `${at}: ${key} is missing`,
  );
  if (repository?.directory !== folder) {
    faults.push(
      `${at}: repository.directory is ${repository?.directory}; expected ${folder}`,
    );
  }
  if (backstage['supported-versions'] !== supportedVersions) {
    faults.push(
      `${at}: backstage.supported-versions is ${backstage['supported-versions']}; expected ${supportedVersions}, as in dev/install/releases.mjs`,
    );
  }
  // What runs in a browser says nothing of Node.
  if (backstage.role !== 'frontend-plugin' && !engines?.node) {
    faults.push(`${at}: engines.node is missing`);
  }
  for (const [name, range] of Object.entries(dependencies)) {
    if (name.startsWith('@backstage/') && !ONE_RANGE.test(range)) {
      faults.push(
        `${at}: ${name} is ${range}; expected one range such as ^1.2.3, so that an app keeps the one copy that it has (what every app has may be a peer, with several)`,
      );
    }
  }
  for (const name of FILES.filter(name => !existsSync(join(path, name)))) {
    faults.push(`${folder}: ${name} is missing`);
  }
  return faults;
}
