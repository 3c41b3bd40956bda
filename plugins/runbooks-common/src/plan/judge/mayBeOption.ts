import type { GivenOption } from '../../shell/effects/options';
import type { Argument } from '../../shell/words';

/** What no program takes for an option: its beginning is written, and is that of a name or a path. */
const BEGINS_NO_OPTION = /^[\w./]/;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

/**
 * Whether a word that is no written option may be one when it runs: it is read, or printed by another program, from its
 * beginning on. Names that the cluster gives begin none.
 */
export function mayBeOption(word: Argument): boolean {
  const { certainty, spliced, alternatives, begins = '' } = word;
  return (
    certainty === 'words' ||
    (certainty === 'value' &&
      spliced &&
      !alternatives &&
      !BEGINS_NO_OPTION.test(begins))
  );
}

/** Whether a word that begins as an option is written as far as its name goes: `--name=$X` is, `--$X` is not. */
export function isNamed({ name, argument }: GivenOption): boolean {
  return (
    argument.certainty === 'exact' ||
    (NAME.test(name) && (argument.begins ?? '').includes(name))
  );
}
