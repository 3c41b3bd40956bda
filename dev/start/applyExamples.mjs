import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CHECKOUT } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { Refusal } from '../say.mjs';

/** The folder whose subfolders are the examples. */
export const EXAMPLES = join(CHECKOUT, 'examples');

/**
 * Makes the objects of all examples in a cluster, namespaces first.
 *
 * With a stamp file it does so only when the manifests are others than the last
 * time, so that what people did to the cluster since is kept.
 *
 * @param {{ kubectl: string, kubeconfig: string, stampFile?: string }} options
 * @returns how many files were applied
 */
export async function applyExamples({ kubectl, kubeconfig, stampFile }) {
  const files = manifestFiles();
  const texts = files.map(file => readFileSync(file, 'utf8'));
  const version = createHash('sha256').update(texts.join('\0')).digest('hex');
  if (
    stampFile &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === version
  )
    return 0;

  const apply = async (args, input) => {
    const { code, output } = await finish(
      kubectl,
      ['--kubeconfig', kubeconfig, 'apply', ...args],
      { input },
    );
    if (code !== 0)
      throw new Refusal(
        `An example could not be made in the cluster:\n${output}`,
      );
  };
  const namespaces = texts.flatMap(namespacesIn);
  if (namespaces.length > 0) await apply(['-f', '-'], namespaces.join('---\n'));
  if (files.length > 0) await apply(files.flatMap(file => ['-f', file]));
  if (stampFile) writeFileSync(stampFile, version);
  return files.length;
}

function manifestFiles() {
  return subfolders(EXAMPLES)
    .map(example => join(EXAMPLES, example, 'manifests'))
    .filter(existsSync)
    .flatMap(folder =>
      readdirSync(folder)
        .sort()
        .map(name => join(folder, name)),
    )
    .filter(file => /\.ya?ml$/.test(file));
}

function subfolders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

function namespacesIn(text) {
  return parseAllDocuments(text)
    .filter(document => document.get?.('kind') === 'Namespace')
    .map(document => document.toString());
}
