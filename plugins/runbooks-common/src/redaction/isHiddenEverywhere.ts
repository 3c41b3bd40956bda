/** A shorter value would hide half of every output. */
const MIN_LENGTH = 4;
/** A shorter word of letters alone is as likely any other word. */
const MIN_LETTERS = 9;
/** A shorter number is as likely a port, a count or a time. */
const MIN_DIGITS = 8;
/** Fewer different characters are a line or a filler. */
const MIN_DIFFERENT = 3;

/** Words that say nothing as values and stand in every output. */
const COMMONPLACE = new Set([
  'administrator',
  'anonymous',
  'cluster.local',
  'credentials',
  'development',
  'elasticsearch',
  'kube-system',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'localhost',
  'postgresql',
  'production',
  'rabbitmq-server',
  'undefined',
  '127.0.0.1',
  '0.0.0.0',
  'localhost:8080',
]);

/**
 * True where a secret value is hidden wherever it appears. False for a value that is as likely something else: a short
 * or common word (`admin`, `password`, `true`), a short number (`1234`, `5432`), a filler (`--------`). Such a value is
 * hidden only beside a name that says what it is (`password: admin`): black everywhere, it would hide half of what
 * a person must read, and tell where it stands.
 *
 * @public
 */
export function isHiddenEverywhere(value: string): boolean {
  const text = value.trim();
  if (text.length < MIN_LENGTH) return false;
  if (COMMONPLACE.has(text.toLowerCase())) return false;
  if (isFiller(text)) return false;
  if (/^\d+$/.test(text)) return text.length >= MIN_DIGITS;
  // A capital at the start makes no other word of it.
  if (/^\p{L}\p{Ll}*$/u.test(text)) return text.length >= MIN_LETTERS;
  return true;
}

/** Ends early: a value may be long. */
function isFiller(text: string): boolean {
  const seen = new Set<string>();
  for (const character of text) {
    seen.add(character);
    if (seen.size >= MIN_DIFFERENT) return false;
  }
  return true;
}
