import type { Argument } from '../../shell/words';

/** Names of the variables that an argument holds as `$NAME` or `${NAME}`; none where its text is known. */
export function variablesIn({
  value,
  certainty,
}: Pick<Argument, 'value'> & Partial<Pick<Argument, 'certainty'>>): string[] {
  return certainty === 'exact' ? [] : namesRead(value);
}

/** Names of the variables that stand in a text as `$NAME` or `${NAME}`, in quotes of any kind as well. */
export function namesRead(text: string): string[] {
  return variablesAt(text).map(one => one.name);
}

/** The same with where each begins. */
export function variablesAt(
  text: string,
): Array<{ name: string; index: number }> {
  return [...text.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)].map(
    ({ 1: name, index }) => ({ name, index }),
  );
}
