import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Files beside the sources that nothing published imports. */
const NOT_PUBLISHED =
  /\.(test|fuzz|cases)\.|\/setupTests\.|\/(__testUtils__|testUtils|testing|__fixtures__)\//;
/** Looked up only where the sources themselves run. */
const ONLY_IN_REPOSITORY = new Set(['@backstage/cli']);
/** Named as a word in the code and looked up when it runs. */
const LOOKED_UP = /require\.resolve\(\s*'([^'.][^']*)'/g;
const TYPES_ONLY =
  /^\s*import\s+type\s[^;]*?from\s+'([^'.][^']*)'|^\s*export\s+type\s[^;]*?from\s+'([^'.][^']*)'/gm;

/**
 * Which dependencies of a package nothing published uses, and what it uses without declaring it: one sentence each.
 *
 * Peers count as declared and need not be used: they say what must be there once. A type alone may come from a
 * development dependency, unless it gets into the published declarations: somebody's compiler would not find it.
 *
 * @param declarations the text of the published declarations
 */
export function dependencyFaults({ folder, path, manifest }, declarations) {
  const used = new Set();
  const types = new Set();
  for (const file of sourcesBelow(join(path, 'src'), path)) {
    const text = readFileSync(file, 'utf8');
    const onlyTypes = new Set(matchesOf(text, TYPES_ONLY));
    for (const name of importsOf(text)) {
      (onlyTypes.has(name) ? types : used).add(packageOf(name));
    }
  }
  const { dependencies = {}, peerDependencies = {} } = manifest;
  const mentioned = new Set(importsOf(declarations).map(packageOf));
  const isUndeclared = name =>
    name !== manifest.name &&
    !(name in dependencies) &&
    !(name in peerDependencies);
  return [
    ...Object.keys(dependencies)
      .filter(name => ![used, types, mentioned].some(set => set.has(name)))
      .map(name => `${folder}: nothing published uses ${name}`),
    ...[...used]
      .filter(name => isUndeclared(name) && !ONLY_IN_REPOSITORY.has(name))
      .map(name => `${folder}: ${name} is used and is not a dependency`),
    ...[...mentioned]
      .filter(isUndeclared)
      .map(
        name =>
          `${folder}: the declarations mention ${name}, which is not a dependency`,
      ),
  ];
}

function importsOf(text) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return [
    ...importedFiles.map(({ fileName }) => fileName),
    ...matchesOf(text, LOOKED_UP),
  ].filter(name => !name.startsWith('.') && !isOfNode(name));
}

function matchesOf(text, pattern) {
  return [...text.matchAll(pattern)].map(match => match[1] ?? match[2]);
}

function isOfNode(name) {
  return name.startsWith('node:') || builtinModules.includes(name);
}

function packageOf(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

function sourcesBelow(folder, root) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path, root);
    return /\.tsx?$/.test(entry.name) &&
      !NOT_PUBLISHED.test(`/${relative(root, path)}`)
      ? [path]
      : [];
  });
}
