import { unsure } from './assignedValues';
import type { VariableValues } from './leaves';
import { isTame } from './variables';
import { DIVIDER } from './wordDivision';

type Values = ReadonlyMap<string, VariableValues>;

const ANYTHING: VariableValues = {
  literals: [],
  unknown: true,
  tame: false,
  parameter: false,
  loop: false,
};

/**
 * What a text in a process of its own may see of the variables around it that is more than one plain word: whether it
 * is exported is not looked at. Of each it is only told that it may hold anything. Bash takes no divider from outside.
 *
 * @param exported - Names that programs see, also by `env NAME=value`.
 */
export function inheritedValues(
  around: Values,
  exported: ReadonlySet<string>,
): Array<[string, VariableValues]> {
  const names = new Set([...around.keys(), ...exported]);
  return [...names].flatMap((name): Array<[string, VariableValues]> => {
    if (/^\d/.test(name) || name === DIVIDER) return [];
    const value = around.get(name);
    if (value && isPlainValue(value, around)) return [];
    return [[name, value ? unsure(value) : ANYTHING]];
  });
}

/** Names that programs see and of which nothing is told, such as by `env NAME=value`. */
export function untoldValues(
  around: Values,
  exported: ReadonlySet<string>,
): Array<[string, VariableValues]> {
  return [...exported].flatMap(
    (name): Array<[string, VariableValues]> =>
      around.has(name) ? [] : [[name, ANYTHING]],
  );
}

function isPlainValue(value: VariableValues, around: Values): boolean {
  return (
    value.literals.every(text => /^[^-\s*?[][^\s*?[]*$|^$/.test(text)) &&
    (!value.unknown || isTame(value, around))
  );
}
