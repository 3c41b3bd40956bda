import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { hasKeyTwice } from '../redaction/hasKeyTwice';
import { isUnreadSecret, manifestChunks } from '../redaction/manifestChunks';
import {
  mayBeSecret,
  mayDescribeSecrets,
} from '../redaction/mayDescribeSecrets';

/** In place of a value. */
const HIDDEN = '••••••';
/** What a Secret keeps, and where kubectl keeps a copy of it. */
const VALUES = new Set(['data', 'stringData']);
const COPY = 'kubectl.kubernetes.io/last-applied-configuration';
/** Lists in lists. */
const MAX_DEPTH = 8;
/** The parser compares each key of a map with all others: that is looked at here, in time for a text of any shape. */
const PARSING = { logLevel: 'silent', uniqueKeys: false } as const;
const SAYS_SECRET =
  /^(?:[^\S\n\r\u2028\u2029]|[\-{"'])*kind["']?\s*:\s*["']?Secret(?:List)?\b|"kind"\s*:\s*"Secret(?:List)?"/m;
const KEY_AND_VALUE =
  /^([\s-]*)(?:(["'])([\w./-]+)\2|([\w./][\w./-]*))(\s*:\s*)((?:\S.*)?)$/;

/** A text with the values of the Secrets in it hidden, line for line. @public */
export interface KeysOnly {
  text: string;
  /** False where nothing is hidden. */
  hides: boolean;
  /** Nothing but values of Secrets is hidden. False where a text cannot be read, of which all values are hidden then. */
  onlyValues: boolean;
}

/**
 * Hides, in manifests in YAML or JSON, what their Secrets hold, and nothing of what else stands in the file: the keys
 * of the Secrets, their names, and other objects stay. The text keeps its lines. A text that says it is a Secret and is no
 * manifest, or none of which all readers make what kubectl makes of it, keeps no value at all.
 *
 * @public
 */
export function withoutSecretValues(text: string): KeysOnly {
  if (!mayDescribeSecrets(text)) {
    return { text, hides: false, onlyValues: true };
  }
  const chunks = manifestChunks(text);
  const places = chunks.some(isUnreadSecret) ? undefined : placesOf(text);
  if (places === undefined) {
    return SAYS_SECRET.test(text) || chunks.some(one => mayBeSecret(one.text))
      ? {
          text: text.split('\n').map(withoutValue).join('\n'),
          hides: true,
          onlyValues: false,
        }
      : { text, hides: false, onlyValues: true };
  }
  return {
    text: hiddenAt(text, places),
    hides: places.length > 0,
    onlyValues: true,
  };
}

interface Place {
  start: number;
  end: number;
}

/** Where values of Secrets stand; undefined where that cannot be told. */
function placesOf(text: string): Place[] | undefined {
  const documents = parseAllDocuments(text, PARSING);
  if (!Array.isArray(documents)) return [];
  const places: Place[] = [];
  for (const document of documents) {
    if (document.errors.length + document.warnings.length > 0) return undefined;
    if (hasKeyTwice(document)) return undefined;
    if (!collect(document, document.contents, false, places, 0)) {
      return undefined;
    }
  }
  return places.sort((a, b) => a.start - b.start);
}

/** False where something holds values that is no map of texts, or values that may be used elsewhere. */
function collect(
  document: Document,
  node: unknown,
  isSecret: boolean,
  places: Place[],
  depth: number,
): boolean {
  if (depth > MAX_DEPTH) return false;
  if (isSeq(node)) {
    return node.items.every(item =>
      collect(document, item, isSecret, places, depth + 1),
    );
  }
  if (!isMap(node)) return true;
  const kind = textAt(document, node, 'kind');
  const version = textAt(document, node, 'apiVersion') ?? 'v1';
  const isOne = (kind === 'Secret' && version === 'v1') || (isSecret && !kind);
  if (isOne && !collectValues(node, places)) return false;
  // kubectl takes whatever has items for a list of objects.
  const items = node.get('items', true);
  return collect(document, items, kind === 'SecretList', places, depth + 1);
}

function collectValues(secret: YAMLMap, places: Place[]): boolean {
  const metadata = secret.get('metadata', true);
  const annotations = isMap(metadata) && metadata.get('annotations', true);
  const copies = isMap(annotations)
    ? annotations.items.filter(pair => keyOf(pair) === COPY)
    : [];
  const kept = secret.items.filter(pair => VALUES.has(keyOf(pair) ?? ''));
  return (
    copies.every(pair => collectPlace(pair, places)) &&
    kept.every(({ value }) => {
      if (isScalar(value) && value.value === null) return true;
      return (
        isMap(value) &&
        value.anchor === undefined &&
        value.items.every(pair => isPair(pair) && collectPlace(pair, places))
      );
    })
  );
}

function collectPlace({ value }: Pair, places: Place[]): boolean {
  if (value === null || isAlias(value)) return true;
  // What has an anchor can be used elsewhere, where it must be seen.
  const range =
    isScalar(value) && value.anchor === undefined
      ? (value as Node).range
      : undefined;
  if (!range) return false;
  if (range[1] > range[0]) places.push({ start: range[0], end: range[1] });
  return true;
}

function textAt(document: Document, map: YAMLMap, key: string) {
  const value = map.get(key, true) as unknown;
  const node = isAlias(value) ? value.resolve(document) : value;
  return isScalar(node) ? node.value : undefined;
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** Each line that a place is on keeps what stands before and behind it. */
function hiddenAt(text: string, places: readonly Place[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of places) {
    shown += text.slice(at, start);
    shown += text
      .slice(start, end)
      .split('\n')
      .map((line, index) =>
        line.trim() === ''
          ? line
          : `${index === 0 ? '' : indentOf(line)}${HIDDEN}`,
      )
      .join('\n');
    at = end;
  }
  return shown + text.slice(at);
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/** A line with its key alone; hidden whole where it is no `key: value`, such as one of a longer value. */
function withoutValue(line: string): string {
  const match = KEY_AND_VALUE.exec(line);
  if (!match) return /^[\s\-{}[\],]*$/.test(line) ? line : HIDDEN;
  const [, indent, quote = '', quoted, bare, colon, value] = match;
  const key = quoted ?? bare;
  const isStructure = /^[{[\-+]*,?$/.test(value);
  const isKind = key === 'kind' && /^["']?Secret(List)?["']?,?$/.test(value);
  return isStructure || isKind
    ? line
    : `${indent}${quote}${key}${quote}${colon}${HIDDEN}`;
}
