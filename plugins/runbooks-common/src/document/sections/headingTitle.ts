import { trimmedEnd } from '../../text/trimmed';

/** A heading as people mean it, apart from how it is decorated. */
export interface HeadingTitle {
  /** Without emoji, numbering and prefixes. */
  title: string;
  /** As it stands in the document. */
  written: string;
  /** The word before the number: 'step' of "Step 2: Drain", '' for "2. Drain". */
  ordinalWord?: string;
  /** Numbers of the ordinal: [2] of "Step 2", [2, 1] of "2.1"; [1] of "Option A" and of "2a." */
  ordinal?: number[];
  /** The word of a prefix that tells what the section is: 'incident' of "Incident: High error rate". */
  prefix?: string;
}

const EMOJI =
  /[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u{FE0F}\u{20E3}\u{200D}]/gu;
const EMOJI_CODE = /(^|\s):[a-z0-9_+-]{2,30}:(?=\s|$)/g;
const ANCHOR = /\{#[\w-]+\}\s*$/;

const NUMBERED_WORD =
  /^(step|phase|stage|part|task|type|scenario|case|option|method|section|chapter|issue|problem|incident|procedure|runbook|playbook|level|étape|etapa|fase|schritt|paso|passo|stap|krok|шаг|этап|步骤|阶段|方案|手順|ステップ|단계)\s*(?:#\s*)?(\d{1,3}(?:\.\d{1,3})*|[A-Z])\s*(?:[:：.、)\]–—-]+\s*|$)/i;
/** "Via the console", "Using Helm": one of several ways to do what the heading above says. */
const WAY = /^(?:via|using|with)\s+\S/i;
const NUMBER =
  /^\(?(\d{1,3}(?:\.\d{1,3})*|\d{1,3}[a-z](?=[.):\]]))(?:[.):\]]+(?:\s+|$)|\s+[-–—:]\s+|\s+(?=\p{L}))/u;
const PREFIX =
  /^(issue|problem|incident|alert|scenario|symptom|runbook|playbook|sop|procedure|use case|how[- ]?to|task|error)\s*(?:[:：]\s*|\s[-–—]\s+)(?=\S)/i;
const POSTURE = /\((?:observe|read|view)[- ]only\)\s*$/i;
const SUFFIX = /\s(?:runbook|playbook|sop)s?$/i;

/** Words of other languages that count steps or options. */
const ENGLISH: ReadonlyMap<string, string> = new Map([
  ['étape', 'step'],
  ['etapa', 'step'],
  ['schritt', 'step'],
  ['paso', 'step'],
  ['passo', 'step'],
  ['stap', 'step'],
  ['krok', 'step'],
  ['шаг', 'step'],
  ['步骤', 'step'],
  ['手順', 'step'],
  ['ステップ', 'step'],
  ['단계', 'step'],
  ['fase', 'phase'],
  ['этап', 'phase'],
  ['阶段', 'phase'],
  ['方案', 'option'],
]);

/**
 * Reads a heading.
 *
 * ```text
 * ## 🚀 Step 2: Drain the node
 *       ^ ordinal word and ordinal
 * ### Incident: High Error Rate
 *     ^ prefix
 * ```
 */
export function readHeadingTitle(written: string): HeadingTitle {
  let rest = plainHeading(written);
  const result: HeadingTitle = { title: rest, written };
  const numberedWord = NUMBERED_WORD.exec(rest);
  const number = numberedWord ? null : NUMBER.exec(rest);
  if (numberedWord) {
    const word = numberedWord[1].toLowerCase();
    result.ordinalWord = ENGLISH.get(word) ?? word;
    result.ordinal = ordinalOf(numberedWord[2]);
    rest = rest.slice(numberedWord[0].length) || rest;
  } else if (number && isOrdinal(number[1], rest)) {
    result.ordinalWord = '';
    result.ordinal = ordinalOf(number[1]);
    rest = rest.slice(number[0].length) || rest;
  }
  if (WAY.test(rest)) result.ordinalWord ??= 'way';
  const prefix = PREFIX.exec(rest);
  if (prefix) {
    result.prefix = prefix[1].toLowerCase().replace(/[\s-]+/g, ' ');
    rest = rest.slice(prefix[0].length);
  }
  result.title = tidyTitle(rest);
  return result;
}

/** A heading as written, without emoji, anchor and closing colon. */
export function plainHeading(written: string): string {
  return trimmedEnd(
    written
      .replace(ANCHOR, '')
      .replace(EMOJI, '')
      .replace(EMOJI_CODE, '$1')
      .replace(/\s+/g, ' ')
      .trim(),
    /[\s:：]/,
  );
}

/** The title of a procedure, without "Runbook" before or after it and without "(OBSERVE-only)". */
function tidyTitle(title: string): string {
  const short = title.replace(POSTURE, '').trimEnd().replace(SUFFIX, '').trim();
  return short === '' ||
    /(?:^|\s)(?:the|our|an?|operations?|operational|production|of)$/i.test(
      short,
    )
    ? title.trim()
    : short;
}

function ordinalOf(text: string): number[] {
  const letter = /^\d+([a-z])$/.exec(text)?.[1];
  if (letter) return ordinalOf(letter);
  return /^[A-Za-z]$/.test(text)
    ? [text.toUpperCase().charCodeAt(0) - 64]
    : text.split('.').map(Number);
}

/** "404 errors" and "5xx" are not numbered headings. */
function isOrdinal(number: string, heading: string): boolean {
  if (!/^\d/.test(heading) || number.includes('.')) return true;
  const value = Number.parseInt(number, 10);
  return value <= 60 || /^\d+[.)]/.test(heading);
}
