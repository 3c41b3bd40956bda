import { isNumericSubstitution } from './numericWords';

/**
 * What a command prints that can answer nothing but names and numbers: words without white space that begin no option.
 * What else the cluster, a file or a service answers with may hold anything, options among it.
 */

/** Kinds whose names are those of a host, and no others: a role may be called anything. */
const KIND =
  '(?:pods?|po|deployments?(?:\\.apps)?|deploy|statefulsets?(?:\\.apps)?|sts|daemonsets?(?:\\.apps)?|ds|replicasets?(?:\\.apps)?|rs|' +
  'jobs?(?:\\.batch)?|cronjobs?(?:\\.batch)?|cj|services?|svc|endpoints|ep|nodes?|no|namespaces?|ns|pvc|pv|persistentvolumeclaims?|' +
  'persistentvolumes?|ingress(?:es)?|ing|hpa|horizontalpodautoscalers?|pdb|poddisruptionbudgets?)';
const KINDS = `${KIND}(?:,${KIND})*`;

/** Fields that the API server lets be nothing but a name, a number, a word of its own or an address. */
const FIELD =
  '\\{\\.(?:items\\[(?:\\*|-?\\d+)\\]\\.)?(?:metadata\\.(?:name|namespace|uid|resourceVersion|generation|creationTimestamp)|' +
  'spec\\.(?:nodeName|replicas|minReplicas|maxReplicas|clusterIP|volumeName)|' +
  'spec\\.ports\\[\\d+\\]\\.(?:port|nodePort)|' +
  'status\\.(?:phase|podIP|hostIP|\\w*[rR]eplicas|observedGeneration|startTime|succeeded|failed|active|' +
  'loadBalancer\\.ingress\\[\\d+\\]\\.ip|containerStatuses\\[(?:\\d+|\\*)\\]\\.restartCount))\\}';
const BREAK = '\\{"(?:\\\\n| |\\\\t)"\\}';
const JSONPATH = `(?:${FIELD}(?:${BREAK}|/| )?)+|\\{range \\.items\\[\\*\\]\\}(?:${FIELD.replace(
  '(?:items\\[(?:\\*|-?\\d+)\\]\\.)?',
  '',
)}(?:${BREAK}|/| )?)+\\{end\\}`;

const WHOLE_JSONPATH = new RegExp(`^jsonpath=(?:${JSONPATH})$`);
const WHOLE_KINDS = new RegExp(`^${KINDS}(?:/.*)?$`);

const WITH_VALUE =
  /^(?:-n|-l|--namespace|--selector|--context|--field-selector|--sort-by|--request-timeout)$/;
const VALUE_INSIDE =
  /^(?:-[nl].|--(?:namespace|selector|context|field-selector|sort-by|request-timeout)=)/;
const SWITCH = /^(?:-A|--all-namespaces|--no-headers|--ignore-not-found)$/;
const OUTPUT = /^(?:-o=?|--output=?)/;

const FIRST_COLUMN =
  /^awk\s+(?:'(?:NR\s*[<>=!]=?\s*\d+|\/[\w .-]*\/)?\s*\{\s*print\s+\$1\s*\}'|"(?:NR\s*[<>=!]=?\s*\d+|\/[\w .-]*\/)?\s*\{\s*print\s+\\\$1\s*\}")$/;

const PLAIN_SOURCES = [
  /^date(?:\s+-u|\s+--utc)?\s+["']?\+%[YmdHMSsFTjN](?:%[YmdHMSsFTjN]|[\w:.-])*["']?$/,
  /^(?:hostname|whoami|id\s+-[ugn]+|nproc|uname(?:\s+-[srmn])?|uuidgen)$/,
  /^(?:pgrep|pidof)\s+(?!-[A-Za-z]*[la])[\w./-][\w./ -]*$/,
  /^seq(?:\s+\d+){1,3}$/,
  /^git\s+rev-parse\s+(?:--short(?:=\d+)?\s+|--verify\s+|--abbrev-ref\s+)?HEAD$/,
  /^git\s+branch\s+--show-current$/,
];

/** They pick lines, and keep each as it is. */
const PICKS = [
  /^(?:head|tail)(?:\s+-n?\s*\+?\d+)*$/,
  /^(?:sort|uniq|tac)(?:\s+-[a-z]+)*$/,
  /^[ef]?grep\s+(?:-[EFivwx]+\s+)*(?:"[^"\x60]*"|'[^']*'|[\w./^$|-]+)$/,
  /^tr\s+(?:-d\s+)?(?:(?:'(?:\\n|\\r| )*'|"(?:\\n|\\r| )*")\s*){1,2}$/,
  /^xargs$/,
  /^cut\s+-d\s*["']?\/["']?\s+-f\s*[12]$/,
  /^awk\s+-F\s*["']?\/["']?\s+'\{\s*print\s+\$(?:[12]|NF)\s*\}'$/,
  /^sed\s+(?:-e\s+)?["']?s([/|#,])\^?\w+(?:\\?\/)\1\1["']?$/,
];

/** At the end of whatever it is: a number. */
const COUNTS = /^(?:wc\s+-[lcwm]|grep\s+-c\s+(?:"[^"\x60]*"|'[^']*'|[\w.]+))$/;

/** A text that gives one of these names to a function or an alias answers itself, or divides words itself (`read`). */
export const TRUSTED_TO_NAME: ReadonlySet<string> = new Set(
  'read kubectl oc date hostname whoami id nproc uname uuidgen pgrep pidof seq git head tail sort uniq tac grep egrep fgrep tr xargs cut awk sed wc'.split(
    ' ',
  ),
);

/** Longer ones are not looked into. */
const MAX_LENGTH = 1_000;

/** Whether a command substitution only lists names and numbers. */
export function isTameSubstitution(written: string): boolean {
  if (written.length > MAX_LENGTH) return false;
  if (isNumericSubstitution(written)) return true;
  const inner = written
    .replace(/^\$\(|\)$|^`|`$/g, '')
    .replace(/\\\n/g, ' ')
    .trim();
  const parts = pipeline(inner);
  if (!parts) return false;
  const [source, ...filters] = parts;
  const last = filters[filters.length - 1];
  if (last !== undefined && COUNTS.test(last)) return true;
  const answers = answersOf(source);
  if (answers === 'table') {
    const column = filters.findIndex(one => FIRST_COLUMN.test(one));
    return (
      column >= 0 &&
      filters.slice(0, column).every(isLinePick) &&
      filters.slice(column + 1).every(isPick)
    );
  }
  const isPlain =
    answers === 'names' || PLAIN_SOURCES.some(one => one.test(source));
  return isPlain && filters.every(isPick);
}

/** What a call of `kubectl get` answers with; undefined where that may be anything. */
function answersOf(source: string): 'names' | 'table' | undefined {
  const words = source
    .replace(/2>&1|2>\s*\/dev\/null/g, ' ')
    .match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g);
  const [program, ...args] = words ?? [];
  if (!/^(?:kubectl|oc)$/.test(program ?? '')) return undefined;
  const operands: string[] = [];
  let output: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    // Unquoted it may be several words, options among them: in front of the last `-o` they change nothing.
    if (output !== undefined && /^[^'"]*\$/.test(word)) return undefined;
    if (OUTPUT.test(word)) {
      const glued = word.replace(OUTPUT, '');
      if (glued === '') at += 1;
      output = unquoted(glued || args[at] || '');
    } else if (WITH_VALUE.test(word)) {
      at += 1;
      if (output !== undefined && /^[^'"]*\$/.test(args[at] ?? ''))
        return undefined;
    } else if (!VALUE_INSIDE.test(word) && !SWITCH.test(word)) {
      const mayBeOption = word.startsWith('-') || /^["']?(?:-|\$)/.test(word);
      if (word.startsWith('-') || (mayBeOption && output !== undefined))
        return undefined;
      operands.push(word);
    }
  }
  const [verb, kinds = ''] = operands;
  if (verb !== 'get' || !WHOLE_KINDS.test(kinds)) return undefined;
  if (output === undefined || output === 'wide')
    // What is put in could ask for another form.
    return /\$/.test(source.replace(/'[^']*'/g, '')) &&
      !args.every(isPlainOrValue)
      ? undefined
      : 'table';
  return output === 'name' || WHOLE_JSONPATH.test(output) ? 'names' : undefined;
}

/** Nothing in it may become an option. */
function isPlainOrValue(
  word: string,
  at: number,
  all: readonly string[],
): boolean {
  if (!word.includes('$') || VALUE_INSIDE.test(word)) return true;
  return /^"[^"]*"$/.test(word) && WITH_VALUE.test(all[at - 1] ?? '');
}

function unquoted(word: string): string {
  const inner = /^(["'])([^]*)\1$/.exec(word)?.[2] ?? word;
  const quote = inner.at(-1) ?? '';
  const at = /["']/.test(quote) ? inner.indexOf(`=${quote}`) : -1;
  return at < 0 || at + 2 > inner.length - 1
    ? inner
    : `${inner.slice(0, at + 1)}${inner.slice(at + 2, -1)}`;
}

function isPick(filter: string): boolean {
  return PICKS.some(one => one.test(filter));
}

/** Of a table, before its first column is taken. */
function isLinePick(filter: string): boolean {
  return PICKS.slice(0, 3).some(one => one.test(filter));
}

/** Its commands; undefined where there is anything but pipes between them. */
function pipeline(text: string): string[] | undefined {
  const bare = text
    .replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, quoted =>
      quoted.replace(/[^\n]/g, '_'),
    )
    .replace(/2>&1|2>\s*\/dev\/null/g, found => '_'.repeat(found.length));
  if (
    /[;&\n<>]|\$\(|`|\|\|/.test(bare) ||
    /\$\(|`/.test(text.replace(/'[^']*'/g, ''))
  )
    return undefined;
  const parts: string[] = [];
  let start = 0;
  for (const { index } of bare.matchAll(/\|/g)) {
    parts.push(text.slice(start, index).trim());
    start = index + 1;
  }
  return [...parts, text.slice(start).trim()];
}
