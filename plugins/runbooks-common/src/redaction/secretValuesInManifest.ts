import { parseAllDocuments } from 'yaml';
import { secretValuesInAnswer } from '../gateway/secretValuesInAnswer';
import { isUnreadSecret, manifestChunks } from './manifestChunks';
import { mayDescribeSecrets } from './mayDescribeSecrets';

/** Longer manifests are not read: a Secret holds 1 MiB at most. */
const MAX_LENGTH = 2 * 1024 * 1024;
/** Uses of aliases in one document. */
const MAX_ALIASES = 100;
/** Lists in lists. */
const MAX_DEPTH = 8;

/**
 * Values of the Secrets that a manifest describes, as written and decoded: YAML of one or several documents, JSON, and
 * lists of objects. It is read as kubectl reads it. Never throws; of a document of which nobody can say what kubectl
 * makes of it the values are those that can be read. `complete` is false where something may be left out: too long, too
 * many lists in lists, or a document that may be a Secret and is not in the plain form that all readers agree on.
 *
 * @public
 */
export function secretValuesInManifest(text: string): {
  values: Set<string>;
  complete: boolean;
} {
  const values = new Set<string>();
  if (!mayDescribeSecrets(text)) return { values, complete: true };
  if (text.length > MAX_LENGTH) return { values, complete: false };
  let complete = true;
  for (const chunk of manifestChunks(text)) {
    if (isUnreadSecret(chunk)) complete = false;
    const documents =
      chunk.read.kind === 'read' ? chunk.read.values : valuesRead(chunk.text);
    for (const one of documents) if (!collect(one, values, 0)) complete = false;
  }
  return { values, complete };
}

/** What one reader of several makes of a text, as far as it can. */
function valuesRead(text: string): unknown[] {
  const documents = parseAllDocuments(text, {
    logLevel: 'silent',
    prettyErrors: false,
    // Each key of a map would be compared with all others.
    uniqueKeys: false,
  });
  return (Array.isArray(documents) ? documents : []).flatMap(document => {
    try {
      return [document.toJS({ maxAliasCount: MAX_ALIASES })];
    } catch {
      return [];
    }
  });
}

/** False where there are more lists in lists than are looked into. */
function collect(value: unknown, values: Set<string>, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value))
    return value.every(item => collect(item, values, depth + 1));
  const object = value as Record<string, unknown>;
  if (object.kind === 'Secret' || object.kind === 'SecretList') {
    for (const one of secretValuesInAnswer(object, decodedText)) {
      values.add(one);
    }
    return true;
  }
  return collect(object.items, values, depth + 1);
}

function decodedText(encoded: string): string | undefined {
  try {
    const binary = atob(encoded.replace(/\s+/g, ''));
    const bytes = Uint8Array.from(binary, character => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // No base64, or bytes that are no text.
    return undefined;
  }
}
