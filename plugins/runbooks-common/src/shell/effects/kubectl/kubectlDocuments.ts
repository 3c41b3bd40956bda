import { agreedJson } from './agreedJson';
import { agreedYaml } from './agreedYaml';
import { kubectlChunks } from './kubectlChunks';

/** A text as kubectl reads it, or the place and the reason for which that cannot be told. */
export type KubectlDocuments =
  | { kind: 'read'; values: unknown[] }
  | { kind: 'unread'; because: string };

/** Anything but the characters that every reader takes for what they are. */
const OTHER_CHARACTER = /[^\n\t -~\p{L}\p{M}\p{N}\p{P}\p{S}]|\ufffd/u;
/** Go finds these in any mix of large and small letters, and takes the last. */
const OF_OBJECT = new Map(
  ['kind', 'apiVersion', 'metadata', 'items'].map(key => [folded(key), key]),
);

/**
 * The documents of a YAML or JSON text as kubectl reads them, or why nobody can say without kubectl what it makes of
 * the text. Never throws. Linear.
 *
 * kubectl reads with go-yaml, by version 1.1 of YAML and rules of its own; the reader here is another one. They differ
 * in line breaks, merges, tags, numbers, truth values, and in what nobody has found yet. So this is a list of what may
 * stand in a text, by its characters, its marks and its words; whatever else stands in it makes it unread.
 */
export function kubectlDocuments(text: string): KubectlDocuments {
  const plain = text.replaceAll('\r\n', '\n');
  const at = plain.search(OTHER_CHARACTER);
  if (at >= 0)
    return unread(
      lineAt(plain, at),
      `the character ${codeAt(plain, at)}, which not every reader takes alike`,
    );
  const json = agreedJson(plain);
  if (json?.kind === 'odd') return { kind: 'unread', because: json.because };
  const read: KubectlDocuments = json
    ? { kind: 'read', values: [json.value] }
    : yamlOf(plain);
  const key =
    read.kind === 'read' ? firstDefined(read.values.map(misspelt)) : undefined;
  return key === undefined
    ? read
    : {
        kind: 'unread',
        because: `the key '${key}', which kubectl takes for '${OF_OBJECT.get(
          folded(key),
        )}'`,
      };
}

function yamlOf(text: string): KubectlDocuments {
  const divided = kubectlChunks(text);
  if (divided.kind === 'odd') return unread(divided.line, divided.because);
  const values: unknown[] = [];
  for (const { text: chunk, line } of divided.chunks) {
    const found = agreedYaml(chunk);
    if (found.kind === 'odd')
      return unread(line - 1 + lineAt(chunk, found.at), found.because);
    values.push(found.value);
  }
  return { kind: 'read', values };
}

/** A key of an object, or of one in a list of them, that Go takes for another. */
function misspelt(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstDefined(value.map(misspelt));
  const keys = Object.keys(value);
  const { items } = value as Record<string, unknown>;
  return (
    keys.find(key => (OF_OBJECT.get(folded(key)) ?? key) !== key) ??
    (Array.isArray(items) ? misspelt(items) : undefined)
  );
}

/** As Go compares the names of fields: also `ſ` is an `s`, and the sign of Kelvin a `k`. */
function folded(key: string): string {
  return key.toLowerCase().toUpperCase();
}

function unread(line: number, because: string): KubectlDocuments {
  return { kind: 'unread', because: `line ${line}: ${because}` };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function codeAt(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function firstDefined<Value>(
  values: readonly (Value | undefined)[],
): Value | undefined {
  return values.find(one => one !== undefined);
}
