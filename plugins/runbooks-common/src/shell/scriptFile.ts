import type { VariableValues } from './leaves';
import { PARAMETER_PREFIX } from './parameterName';

/** A script without a first line that names another interpreter. */
export function isShellScript(text: string): boolean {
  return (
    !text.startsWith('#!') ||
    /^#!\s*(?:\/usr)?\/bin\/(?:env\s+)?(?:ba|da)?sh(?:\s+-[a-zA-Z]+(?:\s+\w+)?)*\s*$/.test(
      text.split('\n', 1)[0],
    )
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
