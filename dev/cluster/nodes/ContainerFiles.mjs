import { posix } from 'node:path';
import { fillIn } from './answers/fillIn.mjs';

/** The files of containers: what was written there, what rules say, what is mounted, what every image has. */
export class ContainerFiles {
  #answers;
  #written = new Map();

  constructor(answers) {
    this.#answers = answers;
  }

  /** The files of one container, with `read`, `write`, `remove` and `list`. */
  of(target) {
    const key = `${target.uid}/${target.container}`;
    const written = this.#written.get(key) ?? new Map();
    this.#written.set(key, written);
    const given = new Map([
      ...usualFiles(target),
      ...target.mounted,
      ...this.#answers
        .for('files', target)
        .map(rule => [rule.path, fillIn(rule.text, target)]),
    ]);
    return new Files(given, written);
  }
}

class Files {
  #given;
  #written;

  constructor(given, written) {
    this.#given = given;
    this.#written = written;
  }

  /** The text of a file, or undefined. */
  read(path) {
    const absolute = normalize(path);
    return this.#written.has(absolute)
      ? this.#written.get(absolute)
      : this.#given.get(absolute);
  }

  write(path, text) {
    this.#written.set(normalize(path), text);
  }

  remove(path) {
    this.#written.set(normalize(path), undefined);
  }

  /** The names in a folder, or undefined when there is no such folder. */
  list(path) {
    const folder = normalize(path);
    const prefix = folder === '/' ? '/' : `${folder}/`;
    const names = this.#paths()
      .filter(file => file.startsWith(prefix))
      .map(file => file.slice(prefix.length).split('/')[0]);
    return names.length > 0 ? [...new Set(names)].sort() : undefined;
  }

  #paths() {
    const paths = new Set([...this.#given.keys(), ...this.#written.keys()]);
    return [...paths].filter(path => this.read(path) !== undefined);
  }
}

function normalize(path) {
  const absolute = posix.resolve('/', path);
  return absolute.length > 1 ? absolute.replace(/\/$/, '') : absolute;
}

function usualFiles({ pod, namespace, ip }) {
  return [
    ['/etc/hostname', `${pod}\n`],
    ['/etc/hosts', `127.0.0.1\tlocalhost\n${ip}\t${pod}\n`],
    [
      '/etc/resolv.conf',
      `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
    ],
    ['/etc/os-release', 'ID=simulated\nNAME="Simulated container"\n'],
    ['/var/run/secrets/kubernetes.io/serviceaccount/namespace', namespace],
    ['/bin/sh', ''],
    ['/dev/null', ''],
  ];
}
