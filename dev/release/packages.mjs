import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';

/**
 * The packages that are published, each after those that it depends on: `{ name, folder, path, manifest }`, with
 * `folder` as it stands in the repository and `path` from the root of the disk.
 */
export function publishedPackages() {
  const found = readdirSync(join(CHECKOUT, 'plugins'))
    .map(name => join('plugins', name))
    .filter(folder => existsSync(join(CHECKOUT, folder, 'package.json')))
    .map(folder => {
      const path = join(CHECKOUT, folder);
      const manifest = JSON.parse(
        readFileSync(join(path, 'package.json'), 'utf8'),
      );
      return { name: manifest.name, folder, path, manifest };
    })
    .filter(({ manifest }) => !manifest.private);
  return inOrder(found);
}

function inOrder(packages) {
  const names = new Set(packages.map(({ name }) => name));
  const done = [];
  const isReady = ({ manifest }) =>
    Object.keys(manifest.dependencies ?? {})
      .filter(name => names.has(name))
      .every(name => done.some(one => one.name === name));
  while (done.length < packages.length) {
    const next = packages.find(one => !done.includes(one) && isReady(one));
    if (!next) throw new Error('The packages depend on each other in a ring.');
    done.push(next);
  }
  return done;
}
