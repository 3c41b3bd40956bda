import { parseAllDocuments } from 'yaml';
import { secretValuesInAnswer } from '../gateway/secretValuesInAnswer';
import { hasKeyTwice } from './hasKeyTwice';

/** Longer manifests are not read: a Secret holds 1 MiB at most. */
const MAX_LENGTH = 2 * 1024 * 1024;
/** Uses of aliases in one document. */
const MAX_ALIASES = 100;
/** Lists in lists. */
const MAX_DEPTH = 8;
/** Small and large letters differ: eight digits follow a `U`, of which `u` would take four. */
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;
/** Of YAML 1.1; kubectl reads it, and any word may be written so. */
const BASE64_TAG = /!\S{0,60}binary/;

/**
 * Values of the Secrets that a manifest describes, as written and decoded: YAML of one or several documents, JSON, and
 * lists of objects. Never throws; a document that cannot be read gives what can be read of it. `complete` is false
 * where something was left out: too long, no YAML, too many aliases, words as `!!binary`.
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
  let complete = !BASE64_TAG.test(text);
  for (const document of documentsOf(text)) {
    if (document.errors.length > 0 || hasKeyTwice(document)) complete = false;
    try {
      collect(document.toJS({ maxAliasCount: MAX_ALIASES }), values, 0);
    } catch {
      complete = false;
    }
  }
  return { values, complete };
}

//   kind: "S\u0065cret"
//           ^
function mayDescribeSecrets(text: string): boolean {
  if (/\bSecret/.test(text) || BASE64_TAG.test(text)) return true;
  return (
    text.includes('\\') &&
    text
      .replace(/\\\r?\n[ \t]*/g, '')
      .replace(ESCAPE, (_, ...[two, four, eight]: string[]) =>
        String.fromCharCode(parseInt(two ?? four ?? eight, 16)),
      )
      .includes('Secret')
  );
}

function documentsOf(text: string) {
  const documents = parseAllDocuments(text, {
    logLevel: 'silent',
    prettyErrors: false,
    // Each key of a map would be compared with all others.
    uniqueKeys: false,
  });
  return Array.isArray(documents) ? documents : [];
}

function collect(value: unknown, values: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, values, depth + 1);
    return;
  }
  const object = value as Record<string, unknown>;
  if (object.kind === 'Secret' || object.kind === 'SecretList') {
    for (const one of secretValuesInAnswer(object, decodedText)) {
      values.add(one);
    }
    return;
  }
  collect(object.items, values, depth + 1);
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
