import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal } from '../say.mjs';

export const HELP = `npm start -- [options]

  --reset              begin afresh: forget the database and the cluster of earlier starts
  --kubeconfig FILE    use the cluster of that file's current context instead of our own
  --apply-examples     with --kubeconfig: also make the examples in that cluster
  --no-cluster         start without any cluster
  --runbooks FOLDER    attach a folder of Markdown files to a component 'your-runbooks'
  --verbose            show everything that the portal writes
  --help               show this

Ports: RUNBOOKS_APP_PORT, RUNBOOKS_BACKEND_PORT, RUNBOOKS_POSTGRES_PORT,
RUNBOOKS_CLUSTER_PORT (the first of six). A database of your own: POSTGRES_HOST,
POSTGRES_PORT, POSTGRES_USER, POSTGRES_PASSWORD.
`;

/** Options that name a file or folder. */
const VALUES = ['--kubeconfig', '--runbooks'];

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
    runbooks: undefined,
  };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word in FLAGS) {
      options[FLAGS[word]] = true;
    } else if (VALUES.includes(word.split('=')[0])) {
      const [name] = word.split('=');
      const value = word.includes('=')
        ? word.slice(word.indexOf('=') + 1)
        : words[(index += 1)];
      options[name.slice(2)] = placeNamed(name, value);
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

function placeNamed(option, place) {
  if (!place)
    throw new Refusal(
      `${option} needs a ${option === '--runbooks' ? 'folder' : 'file'}.`,
    );
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), place);
  if (!existsSync(path))
    throw new Refusal(`${option} names ${path}, which does not exist.`);
  return path;
}
