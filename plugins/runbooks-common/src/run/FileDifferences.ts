import { createRedactor } from '../redaction/createRedactor';
import { SecretForms } from '../redaction/SecretForms';
import { differenceText } from './differenceText';
import type { FileDifference } from './model';
import { withoutSecretValues } from './withoutSecretValues';

/** A larger file has no difference that is shown. @public */
export const MAX_COMPARED_BYTES = 512 * 1024;
/** A longer difference is not shown whole, and its beginning only. */
const MAX_SHOWN_LENGTH = 256 * 1024;
const MAX_SHOWN_IN_ALL = 1024 * 1024;
/** Of a difference that is not shown whole. */
const MAX_BEGINNING_LENGTH = 8 * 1024;
const CHARACTERS_AT_ONCE = 8 * 1024;

/** What a file is, or was. @public */
export interface ComparedContent {
  kind: 'file' | 'executable' | 'link';
  /** Of a link: where it leads. May be missing where it is larger than `MAX_COMPARED_BYTES`. */
  content?: Uint8Array;
}

/** A file that differs from the pinned snapshot. @public */
export interface ComparedFile {
  path: string;
  change: 'added' | 'changed' | 'deleted';
  /** The step that left it so. */
  changedBy?: string;
  before?: ComparedContent;
  after?: ComparedContent;
}

/** The difference of one file, and whether a person who reads it has seen all that changed. @public */
export interface ShownDifference {
  difference: FileDifference;
  whole: boolean;
}

interface SeenText {
  text: string;
  whole: boolean;
  /** Of Secrets. */
  hidesValues: boolean;
}

/**
 * What an approver sees of changed files, file by file in the order in which they are asked for: up to 256 KiB of
 * difference each, in all 1 MiB. A longer one is cut, a binary or very large file has no text, and neither is whole.
 * Bytes that are no UTF-8 are written as `\xe9`.
 *
 * Of Secrets in a manifest the keys are told and the values hidden, and such a difference is whole: other objects of
 * the file are shown as they are. Whatever else is hidden, and in any file that is not a manifest by its name, could be
 * what runs: that is not whole.
 *
 * @public
 */
export class FileDifferences {
  readonly #secrets: readonly string[];
  /** Made when a difference is asked for: many values take a while. */
  #forms: SecretForms | undefined;
  #left = MAX_SHOWN_IN_ALL;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  of(file: ComparedFile): ShownDifference {
    const { path, change, changedBy } = file;
    const seen = this.#textOf(file);
    if (seen) this.#left -= seen.text.length;
    return {
      difference: {
        path,
        change,
        ...(changedBy === undefined ? {} : { changedBy }),
        ...(seen === undefined ? {} : { text: seen.text }),
        ...(seen?.hidesValues ? { hidesValues: true as const } : {}),
      },
      whole: change === 'deleted' || seen?.whole === true,
    };
  }

  #textOf(file: ComparedFile): SeenText | undefined {
    const { before, after } = file;
    const was = before && textOf(before);
    const is = after && textOf(after);
    if ((before && was === undefined) || (after && is === undefined)) {
      return undefined;
    }
    const kinds = kindLines(before, after);
    const sides = [was, is].map(side =>
      side === undefined ? undefined : withoutSecretValues(side),
    );
    const [shownBefore, shownAfter] = sides.map(side => side?.text);
    const keysOnly = { before: shownBefore, after: shownAfter };
    const lines = differenceText(was, is, Infinity, keysOnly);
    const full = [...kinds, lines].join('\n');
    const fits = full.length <= Math.min(MAX_SHOWN_LENGTH, this.#left);
    if (!fits && this.#left < MAX_BEGINNING_LENGTH) return undefined;
    const text = fits
      ? full
      : [
          ...kinds,
          differenceText(was, is, MAX_BEGINNING_LENGTH, keysOnly),
        ].join('\n');
    const shown = this.#withoutSecrets(text);
    const hidesValues = sides.some(side => side?.hides);
    return {
      text: shown,
      hidesValues,
      whole:
        fits &&
        shown === text &&
        (!hidesValues || isManifest(file)) &&
        sides.every(side => side?.onlyValues ?? true) &&
        (was === is || /^[+-]/m.test(lines)),
    };
  }

  #withoutSecrets(text: string): string {
    this.#forms ??= new SecretForms(this.#secrets);
    const redactor = createRedactor({ secrets: this.#forms });
    return redactor.push(text) + redactor.flush();
  }
}

/** A file that is applied, by its name, and not one that is executed by itself. */
function isManifest({ path, after }: ComparedFile): boolean {
  return /\.(ya?ml|json)$/i.test(path) && after?.kind === 'file';
}

function kindLines(
  before: ComparedContent | undefined,
  after: ComparedContent | undefined,
): string[] {
  return before && after && before.kind !== after.kind
    ? [`(it was a ${before.kind} and is a ${after.kind})`]
    : [];
}

function textOf({ content }: ComparedContent): string | undefined {
  if (!content || content.length > MAX_COMPARED_BYTES) return undefined;
  if (content.includes(0)) return undefined;
  try {
    return utf8Of(content);
  } catch {
    return escaped(content);
  }
}

/** Well-formed UTF-8, as bytes that are written as characters; what is left over is one byte. */
const UTF8_OR_BYTE =
  /(?:[^\x80-\xff]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+|[\x80-\xff]/g;

/** Bytes that are no UTF-8 are spelled; a backslash of the text is doubled, so that no other text looks the same. */
function escaped(content: Uint8Array): string {
  return bytesAsCharacters(content).replace(UTF8_OR_BYTE, bytes =>
    bytes.length === 1 && bytes >= '\x80'
      ? `\\x${bytes.charCodeAt(0).toString(16)}`
      : utf8Of(
          Uint8Array.from(bytes, character => character.charCodeAt(0)),
        ).replace(/\\/g, '\\\\'),
  );
}

/** @throws where it is no UTF-8. */
function utf8Of(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    bytes,
  );
}

/** In parts, because each byte is an argument. */
function bytesAsCharacters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHARACTERS_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHARACTERS_AT_ONCE));
  }
  return text;
}
