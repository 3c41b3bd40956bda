import type { VariableValues } from './leaves';

/** The variable that holds what bash divides words at. */
export const DIVIDER = 'IFS';
const BLANKS = /^[ \t\n]*$/;

/** As where nothing is sure of what bash divides words at. */
export const ANY_DIVIDER: readonly [string, VariableValues] = [
  DIVIDER,
  { literals: [], unknown: true, tame: false, parameter: false, loop: false },
];

/**
 * Whether bash may divide what stands without quotes at more than blanks (`IFS=e`): then a name is several words, and
 * one of them may be an option.
 */
export function dividesNames(
  values: ReadonlyMap<string, VariableValues>,
): boolean {
  const divider = values.get(DIVIDER);
  return (
    divider !== undefined &&
    (divider.unknown || !divider.literals.every(one => BLANKS.test(one)))
  );
}

/** Whether bash may divide this text otherwise than at its blanks. */
export function dividesOtherwise(
  text: string,
  values: ReadonlyMap<string, VariableValues>,
): boolean {
  const divider = values.get(DIVIDER);
  if (!divider) return false;
  const { literals, unknown } = divider;
  return (
    unknown ||
    /\s/.test(text) ||
    [...text].some(character => literals.some(one => one.includes(character)))
  );
}
