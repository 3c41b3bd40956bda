import type { VariableValues } from './leaves';
import { PARAMETER_PREFIX } from './parameterName';
import type { Argument } from './words';

/** A script without a first line that names another interpreter. */
export function isShellScript(text: string): boolean {
  return (
    !text.startsWith('#!') ||
    /^#!\s*(?:\/usr)?\/bin\/(?:env\s+)?(?:ba|da)?sh(?:\s+-[a-zA-Z]+(?:\s+\w+)?)*\s*$/.test(
      text.split('\n', 1)[0],
    )
  );
}

/** `shift`, `set -- ...` and functions, which have arguments of their own; settings such as `set -euo pipefail` do not. */
function changesArguments(text: string): boolean {
  return /\b(?:shift|getopts|set|function|source|eval)\b|\(\s*\)/.test(
    text.replace(
      /^[ \t]*set[ \t]+[-+][a-zA-Z]+(?:[ \t]+pipefail)?[ \t]*(?=$|[;#&|])/gm,
      '',
    ),
  );
}

/** What another process sees of them: what was given to the step itself. */
export function exportedValues(
  values: ReadonlyMap<string, VariableValues>,
): Array<[string, VariableValues]> {
  return [...values].filter(
    ([name, value]) => value.given && name.startsWith(PARAMETER_PREFIX),
  );
}

/** `$0`, `$1` and so on of a script; those that are not given are empty. None where they may become others in it. */
export function argumentValues(
  words: readonly Argument[],
  text: string,
): Array<[string, VariableValues]> {
  const isSure = words.every(one => one.certainty !== 'words');
  if (!isSure || changesArguments(text)) return [];
  return [...words, ...Array<undefined>(Math.max(0, 10 - words.length))]
    .slice(0, 10)
    .flatMap((one, index): Array<[string, VariableValues]> => {
      const literals = one?.alternatives ?? [one?.value ?? ''];
      if (one && one.certainty !== 'exact' && !one.alternatives) return [];
      return [
        [
          String(index),
          {
            literals: [...literals],
            unknown: false,
            tame: true,
            parameter: false,
            loop: literals.length > 1,
            given: true,
          },
        ],
      ];
    });
}
