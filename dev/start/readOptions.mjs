import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal } from '../say.mjs';

export const HELP = `npm start -- [options]

  --reset              begin afresh: forget the database and the cluster of earlier starts
  --kubeconfig FILE    use the cluster of that file's current context instead of our own
  --apply-examples     with --kubeconfig: also make the examples in that cluster
  --no-cluster         start without any cluster
  --verbose            show everything that the portal writes
  --help               show this

Ports: RUNBOOKS_APP_PORT, RUNBOOKS_BACKEND_PORT, RUNBOOKS_POSTGRES_PORT,
RUNBOOKS_CLUSTER_PORT (the first of six). A database of your own: POSTGRES_HOST,
POSTGRES_PORT, POSTGRES_USER, POSTGRES_PASSWORD.
`;

const FLAGS = {
  '--reset': 'reset',
  '--apply-examples': 'applyExamples',
  '--no-cluster': 'withoutCluster',
  '--verbose': 'verbose',
  '--help': 'help',
};

/** Reads the words after `npm start --`; throws a Refusal for one that does not exist. */
export function readOptions(words) {
  const options = {
    reset: false,
    applyExamples: false,
    withoutCluster: false,
    verbose: false,
    help: false,
    kubeconfig: undefined,
  };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word in FLAGS) {
      options[FLAGS[word]] = true;
    } else if (word === '--kubeconfig' || word.startsWith('--kubeconfig=')) {
      const file = word.includes('=')
        ? word.slice(word.indexOf('=') + 1)
        : words[(index += 1)];
      options.kubeconfig = fileNamed(file);
    } else {
      throw new Refusal(`There is no option ${word}.\n\n${HELP}`);
    }
  }
  if (options.applyExamples && !options.kubeconfig)
    throw new Refusal(
      '--apply-examples belongs to --kubeconfig FILE; in our own cluster the examples are always made.',
    );
  return options;
}

function fileNamed(file) {
  if (!file) throw new Refusal('--kubeconfig needs a file.');
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  if (!existsSync(path))
    throw new Refusal(`--kubeconfig names ${path}, which does not exist.`);
  return path;
}
