import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { matches } from './matches.mjs';
import { parseAnswers } from './parseAnswers.mjs';

const LOOK_AGAIN_MS = 500;
const SECTIONS = ['exec', 'files', 'logs'];

/**
 * The rules of all files of answers, read again when a file changes.
 *
 * A file with a mistake is named once in the log, and its last good version
 * stays in force. Looking is by modification time, at most twice a second and
 * only when somebody asks: no watcher that a file system may lack.
 */
export class Answers {
  #folder;
  #files = new Map();
  #lookedAt = -Infinity;

  /** @param folder the folder of the examples; each may have a folder `simulated` with YAML files */
  constructor(folder) {
    this.#folder = folder;
  }

  /** The rules of one section (`exec`, `files` or `logs`) that are for this container, in order. */
  for(section, target) {
    this.#look();
    return [...this.#files.values()]
      .flatMap(file => file.rules[section])
      .filter(rule => matches(rule.match, target));
  }

  #look() {
    if (Date.now() - this.#lookedAt < LOOK_AGAIN_MS) return;
    this.#lookedAt = Date.now();
    const known = this.#files;
    this.#files = new Map(
      filesBelow(this.#folder).map(path => [
        path,
        this.#readIfChanged(path, known.get(path)),
      ]),
    );
  }

  #readIfChanged(path, known) {
    const { mtimeMs, size } = statSync(path);
    const version = `${mtimeMs} ${size}`;
    if (known?.version === version) return known;
    try {
      return {
        version,
        rules: parseAnswers(
          readFileSync(path, 'utf8'),
          relative(this.#folder, path),
        ),
      };
    } catch (error) {
      console.error(error.message);
      return {
        version,
        rules:
          known?.rules ??
          Object.fromEntries(SECTIONS.map(section => [section, []])),
      };
    }
  }
}

function filesBelow(folder) {
  return list(folder)
    .flatMap(example =>
      list(join(folder, example, 'simulated')).map(name =>
        join(folder, example, 'simulated', name),
      ),
    )
    .filter(path => /\.ya?ml$/.test(path))
    .sort();
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
