import { duplicateKey } from '../../../text/duplicateKey';

const STRING = /"(?:[^"\\]|\\.)*"/gs;
/** Numbers that are written as everybody reads them, and too short to be rounded. */
const PLAIN_NUMBER = /^(?!-0(?:\.0*)?$)-?(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?$/;
const NUMBER = /[-\d][-+.\w]*/g;
/** Half of a character, which some readers replace and others refuse. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** A text that is JSON as a whole. `odd` where readers of JSON or YAML may differ in what it says, with the reason. */
export type AgreedJson =
  | { kind: 'value'; value: unknown }
  | { kind: 'odd'; because: string };

/** Undefined where the text is no JSON, or not an object or a list. Never throws. */
export function agreedJson(text: string): AgreedJson | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const because = oddIn(text);
  return because === undefined
    ? { kind: 'value', value }
    : { kind: 'odd', because };
}

function oddIn(text: string): string | undefined {
  const key = duplicateKey(text);
  if (key !== undefined) return `'${key}' stands twice in one object`;
  if (SURROGATE.test(text)) return 'half a character is written as an escape';
  if (/"<<"\s*:/.test(text)) return "'<<' may merge";
  const number = text
    .replace(STRING, '')
    .match(NUMBER)
    ?.find(one => !PLAIN_NUMBER.test(one));
  return number === undefined
    ? undefined
    : `the number ${number} is not in its plain form`;
}
