import { Refusal } from '../say.mjs';

/** The number that an option of a command line names. @throws Refusal for anything but a whole number above 0. */
export function wholeNumber(name, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Refusal(`--${name} is '${text}'; expected a whole number above 0.`);
}
