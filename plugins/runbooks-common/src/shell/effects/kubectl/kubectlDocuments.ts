import { isScalar, parseAllDocuments, visit, type Document } from 'yaml';
import { hasKeyTwice } from '../../../redaction/hasKeyTwice';
import { duplicateKey } from '../../../text/duplicateKey';
import { KUBECTL_YAML } from './kubectlYaml';

/** Characters that end a line, or a comment, for one reader and not for the other. */
const OTHER_LINES = /[\u0085\u2028\u2029\ufeff]|\r(?!\n)/;
/** kubectl divides at three dashes whatever stands behind them, and leaves out what follows three dots. */
const OTHER_MARKS = /^(?:---(?!\r?$| *(?:#.*)?\r?$)|\.\.\.|%)/m;

/**
 * The documents of a YAML or JSON text as kubectl reads them; undefined where it cannot be read, or where two readers
 * see two things in it. Never throws.
 *
 * kubectl has a reader of its own, so only what every reader takes alike is read: no other line breaks than `\n` and
 * `\r\n`, no key twice (of the root not even in another case), no merges, aliases, tags and directives.
 */
export function kubectlDocuments(text: string): unknown[] | undefined {
  if (OTHER_LINES.test(text)) return undefined;
  try {
    const json = jsonIn(text);
    if (json !== undefined)
      return isOneThing(json.value) ? [json.value] : undefined;
    return OTHER_MARKS.test(text) ? undefined : yamlIn(text);
  } catch {
    return undefined;
  }
}

/** Whether readers may see two things in a text, so that it says nothing of what kubectl does with it. */
export function isReadOtherwise(text: string): boolean {
  return kubectlDocuments(text) === undefined;
}

/** Undefined where it is no JSON; throws where a key stands twice in it. */
function jsonIn(text: string): { value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (duplicateKey(text) !== undefined) throw new Error('a key stands twice');
  return { value };
}

function yamlIn(text: string): unknown[] | undefined {
  const documents = parseAllDocuments(text, {
    ...KUBECTL_YAML,
    // Each key of a map would be compared with all others.
    uniqueKeys: false,
  });
  if (!Array.isArray(documents)) return [];
  const values: unknown[] = [];
  for (const document of documents) {
    if (document.errors.length > 0 || !isPlain(document)) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (!isOneThing(value)) return undefined;
    values.push(value);
  }
  return values;
}

/** Nothing in it that readers order, name or merge by rules of their own. */
function isPlain(document: Document.Parsed): boolean {
  let isOdd = hasKeyTwice(document);
  const odd = () => {
    isOdd = true;
    return visit.BREAK;
  };
  visit(document, {
    Alias: odd,
    Node: (_, { tag }) => (tag === undefined ? undefined : odd()),
    Pair: (_, { key }) => (isPlainKey(key) ? undefined : odd()),
  });
  return !isOdd;
}

/** Of a merge the reader makes a symbol. */
function isPlainKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value !== 'symbol' && key.value !== '<<';
}

/** Go finds `kind` by `Kind` too, and takes the last of both. */
function isOneThing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return true;
  const keys = Object.keys(value).map(key => key.toLowerCase());
  return new Set(keys).size === keys.length;
}
