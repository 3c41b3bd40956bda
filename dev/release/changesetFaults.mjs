import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';

const FOLDER = '.changeset';

/** What is wrong with the changesets that wait for the next version: one sentence each. */
export function changesetFaults(names) {
  return readdirSync(join(CHECKOUT, FOLDER))
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .flatMap(file =>
      faultsOf(
        join(FOLDER, file),
        readFileSync(join(CHECKOUT, FOLDER, file), 'utf8'),
        names,
      ),
    );
}

/** What is wrong with the text of one changeset. */
export function faultsOf(path, text, names) {
  const parts = /^---\n([\s\S]*?)\n?---\n([\s\S]*)$/.exec(text);
  if (!parts) {
    return [`${path}: expected packages between two lines of ---, then text`];
  }
  const [, head, words] = parts;
  const faults = head
    .split('\n')
    .filter(line => line.trim())
    .flatMap(line => {
      const entry = /^['"]?([^'":]+)['"]?:\s*(patch|minor|major)\s*$/.exec(
        line,
      );
      if (!entry) {
        return [
          `${path}: '${line}'; expected a package, then patch, minor or major`,
        ];
      }
      return names.includes(entry[1])
        ? []
        : [`${path}: there is no package ${entry[1]} that is published`];
    });
  return words.trim() ? faults : [...faults, `${path}: says nothing to users`];
}
