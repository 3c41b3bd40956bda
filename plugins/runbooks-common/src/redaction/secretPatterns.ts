/**
 * Tokens of known kinds, which are secret wherever they stand. In each pattern the first group stays and the second
 * one is hidden. What is hidden is a plain word, so that nothing else can be hidden behind it.
 */
const TOKENS: readonly RegExp[] = [
  // AWS access keys
  /()(\b(?:AKIA|ASIA)[A-Z0-9]{16}\b)/g,
  // GitHub, GitLab, Slack, Stripe, Google, npm
  /()(\bgh[pousr]_[A-Za-z0-9]{20,255})/g,
  /()(\bgithub_pat_[A-Za-z0-9_]{20,255})/g,
  /()(\bglpat-[A-Za-z0-9_-]{16,255})/g,
  /()(\bxox[a-z]-[A-Za-z0-9-]{10,255}|\bxapp-[A-Za-z0-9-]{10,255})/g,
  /(hooks\.slack\.com\/(?:services|workflows)\/)([A-Za-z0-9/_-]{8,255})/g,
  /()(\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,255})/g,
  /()(\bAIza[A-Za-z0-9_-]{30,60})/g,
  /()(\bnpm_[A-Za-z0-9]{30,60})/g,
  // A private key in base64 (a certificate is none)
  /()(LS0tLS1CRUdJTi(?!BDRVJU)[A-Za-z0-9+/=]{40,8192})/g,
];

/**
 * Texts that are secret because of what stands beside them. Every repetition is bounded or takes what it passed, so
 * that no output can make the search slow. A name and what it names stand on one line: what comes on the next one
 * is a prompt's answer, or a map of YAML.
 */
const BESIDE: readonly RegExp[] = [
  // Authorization: Bearer abc  |  "authorization": "Basic abc"
  /(authorization["']?[ \t]{0,3}[:=][ \t]{0,3}["']?(?:(?:bearer|basic|token|digest|negotiate|apikey)[ \t]{1,3})?)([^\s"',;]{1,200000})/gi,
  // -H 'x-api-key: abc'
  /(\b(?:x-api-key|x-auth-token|private-token)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?)([^\s"',;]{1,200000})/gi,
  // Bearer abcdefgh
  /(\bbearer[ \t]{1,3})([A-Za-z0-9._~+/=-]{8,200000})/gi,
  // password=abc  |  API_KEY=abc  |  --token abc is not told from a word and stays
  /((?:password|passwd|(?<!\b(?:OLD)?)pwd|pwd(?!=["']?\/)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)["']?=["']?)(?![<$*[]|null\b|true\b|false\b|none\b)([^\s"'&,;]{1,200000})/gi,
  // password: abc
  /((?:password|passwd|api[_-]?key|client[_-]?secret|access[_-]?token)["']?[ \t]{0,3}:[ \t]{0,3}["']?)(?![<$*[]|null\b|true\b|false\b|none\b)([^\s"'&,;{]{1,200000})/gi,
];

/** Settings and addresses, which no sentence is: whatever word stands there is a value. */
const SETTINGS: readonly RegExp[] = [
  /(\baws_(?:secret_access_key|session_token)["']?[ \t]{0,3}[=:][ \t]{0,3}["']?)([^\s"']{8,4096})/gi,
  // postgres://user:abc@host
  /(:\/\/[^\s:@/]{0,256}:)([^\s@/]{1,1024})(?=@)/g,
];

/**
 * Words that say something about a password, a token or an authorization and are none: `password: must be changed`.
 * Only where they stand behind a colon or a blank, as in a sentence; what is assigned by `=` is a value.
 */
const ABOUT = new Set(
  (
    'a an the this that these those it its is are was were be been being has have had do does did not no nor or and but ' +
    'if when where which who why how what for from to of in on at by with without as than then so too also only any all ' +
    'each every your you we our their his her my please see must should shall can cannot could may might will would ' +
    'need needs needed required optional expired expires missing empty incorrect invalid wrong correct valid accepted ' +
    'denied refused rejected failed fails failure succeeded ok done changed unchanged rotated updated reset created ' +
    'deleted removed revoked found unknown known unset set given used stored hidden redacted enabled disabled ' +
    'authentication authorization request requests response header headers token tokens type types scheme'
  ).split(' '),
);

/** Part of a text, half open. */
export interface TextRange {
  start: number;
  end: number;
}

/** A quick look whether any pattern could match at all. */
const SUSPICIOUS =
  /authorization|x-api-key|x-auth-token|private-token|bearer|eyJ|AKIA|ASIA|aws_s|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|xapp-|hooks\.slack|k_(?:live|test)_|AIza|npm_|:\/\/|passw|pwd|secret|token|key|credential|LS0tLS1/i;

/** A secret in a text. */
export interface SecretRange extends TextRange {
  /** Where what makes it known as a secret begins: a keyword, the first line of a key. What is hidden starts later. */
  begin: number;
}

/** Where a text looks secret. Linear. */
export function suspiciousRanges(text: string): SecretRange[] {
  if (!SUSPICIOUS.test(text)) return [];
  return [
    ...tokenRanges(text),
    ...rangesOf(SETTINGS, text),
    ...rangesOf(BESIDE, text).filter(range => !isAbout(text, range)),
  ];
}

function isAbout(text: string, { start, end }: SecretRange): boolean {
  if (!/[: \t]/.test(text[start - 1] ?? '') || end - start > 20) return false;
  const word = text.slice(start, end).replace(/[.:!?)]{1,3}$/, '');
  return ABOUT.has(word.toLowerCase());
}

/** Where a text has tokens of known kinds. Linear. */
export function tokenRanges(text: string): SecretRange[] {
  if (!SUSPICIOUS.test(text)) return [];
  return [...rangesOf(TOKENS, text), ...webTokens(text)];
}

function rangesOf(patterns: readonly RegExp[], text: string): SecretRange[] {
  return patterns.flatMap(pattern =>
    [...text.matchAll(pattern)].map(match => {
      const begin = match.index;
      const start = begin + match[1].length;
      return { begin, start, end: start + match[2].length };
    }),
  );
}

/** Words that may hold a JSON Web Token: header, payload and signature between dots. */
const DOTTED_WORD =
  /[A-Za-z0-9_-]{1,200000}(?:\.[A-Za-z0-9_-]{0,200000}){0,50}/g;
const MIN_TOKEN_PART = 8;
const HEADER = /\beyJ/;

/**
 * JSON Web Tokens. Each word is taken whole and then looked into: a pattern that began anew at every `eyJ` would read
 * a long word once for each.
 */
function webTokens(text: string): SecretRange[] {
  if (!text.includes('eyJ')) return [];
  const ranges: SecretRange[] = [];
  for (const { 0: word, index } of text.matchAll(DOTTED_WORD)) {
    if (word.includes('eyJ')) pushWebTokens(ranges, word, index);
  }
  return ranges;
}

function pushWebTokens(ranges: SecretRange[], word: string, index: number) {
  const parts = word.split('.');
  let offset = index;
  for (let at = 0; at + 1 < parts.length; at += 1) {
    const header = parts[at];
    const payload = parts[at + 1];
    const from = HEADER.exec(header)?.index ?? -1;
    const isToken =
      from >= 0 &&
      header.length - from >= MIN_TOKEN_PART + 3 &&
      payload.length >= MIN_TOKEN_PART;
    const skipped = isToken ? parts.slice(at, at + 3) : [header];
    const length = skipped.join('.').length;
    if (isToken) {
      const start = offset + from;
      ranges.push({ begin: start, start, end: offset + length });
    }
    offset += length + 1;
    at += skipped.length - 1;
  }
}

const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** A private key between its two lines. */
export interface PrivateKeyRange extends SecretRange {
  /** Its last line has not come yet. */
  open: boolean;
}

/** Private keys of a text. */
export function privateKeyRanges(text: string): PrivateKeyRange[] {
  const ranges: PrivateKeyRange[] = [];
  let from = 0;
  for (const { 0: line, index: begin } of text.matchAll(KEY_BEGIN)) {
    if (begin < from) continue;
    const start = begin + line.length;
    const end = privateKeyEnd(text.slice(start));
    from = end === undefined ? text.length : start + end;
    ranges.push({ begin, start, end: from, open: end === undefined });
  }
  return ranges;
}

/** Offset of the line that ends a private key; undefined where it is not in the text. */
export function privateKeyEnd(text: string): number | undefined {
  return KEY_END.exec(text)?.index;
}
