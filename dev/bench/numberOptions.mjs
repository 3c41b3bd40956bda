import { parseArgs } from 'node:util';
import { wholeNumber } from './wholeNumber.mjs';

/**
 * The words of a command line that are options with a whole number each, with what they are where they are not given.
 *
 * @template {Record<string, number>} Defaults
 * @param {string[]} words
 * @param {Defaults} defaults
 * @returns {{ [Name in keyof Defaults]: number }}
 */
export function numberOptions(words, defaults) {
  const { values } = parseArgs({
    args: words,
    options: Object.fromEntries(
      Object.entries(defaults).map(([name, number]) => [
        name,
        { type: /** @type {const} */ ('string'), default: String(number) },
      ]),
    ),
  });
  return /** @type {any} */ (
    Object.fromEntries(
      Object.keys(defaults).map(name => [
        name,
        wholeNumber(name, values[name]),
      ]),
    )
  );
}
