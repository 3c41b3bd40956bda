import { join } from 'node:path';
import { SUPPORTED_VERSIONS } from '../install/releases.mjs';
import { apiReportFaults, makeApiReports } from './apiReports.mjs';
import { changesetFaults } from './changesetFaults.mjs';
import { contentFaults } from './contentFaults.mjs';
import { dependencyFaults } from './dependencyFaults.mjs';
import { manifestFaults } from './manifestFaults.mjs';
import { packageFaults } from './packageFaults.mjs';
import { packPackages } from './packPackages.mjs';
import { publishedPackages } from './packages.mjs';
import { readTarball } from './readTarball.mjs';

/**
 * Packs all packages into `folder` and looks at them as a registry and a user would.
 *
 * @returns `{ packed, checks }`, with a `title` and the `faults`, one sentence each, for every check
 */
export async function checkPackages(folder) {
  const packed = await packPackages(join(folder, 'packed'));
  const checks = [];
  for (const one of packed) {
    const files = readTarball(one.tarball);
    const text = name => files.get(name).toString('utf8');
    const manifest = JSON.parse(text('package.json'));
    const declarations = [...files.keys()]
      .filter(name => name.endsWith('.d.ts'))
      .map(text)
      .join('\n');
    checks.push({
      title: `${one.name} is fit to publish`,
      faults: [
        ...manifestFaults(one, SUPPORTED_VERSIONS),
        ...dependencyFaults(one, declarations),
        ...contentFaults(one.folder, [...files.keys()], manifest),
        ...(await packageFaults(one)),
      ],
    });
  }
  checks.push({
    title: 'the API reports tell what the packages offer',
    faults: apiReportFaults(makeApiReports(join(folder, 'api'))),
  });
  checks.push({
    title: 'changesets name packages of ours',
    faults: changesetFaults(publishedPackages().map(({ name }) => name)),
  });
  return { packed, checks };
}
