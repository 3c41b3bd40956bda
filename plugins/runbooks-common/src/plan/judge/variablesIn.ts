import type { Argument } from '../../shell/words';

/** Names of the variables that an argument holds as `$NAME` or `${NAME}`; none where its text is known. */
export function variablesIn({
  value,
  certainty,
}: Pick<Argument, 'value'> & Partial<Pick<Argument, 'certainty'>>): string[] {
  if (certainty === 'exact') return [];
  return [...value.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)].map(one => one[1]);
}
