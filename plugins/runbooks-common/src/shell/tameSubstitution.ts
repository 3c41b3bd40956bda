import { isNumericSubstitution } from './numericWords';

/**
 * What a command prints that can answer nothing but names and numbers: words without white space that begin no option.
 * What else the cluster, a file or a service answers with may hold anything, options among it.
 */

/** Kinds whose names are those of a host, and no others: a role may be called anything. */
const KIND =
  '(?:pods?|po|deployments?(?:\\.apps)?|deploy|statefulsets?(?:\\.apps)?|sts|daemonsets?(?:\\.apps)?|ds|replicasets?(?:\\.apps)?|rs|' +
  'jobs?(?:\\.batch)?|cronjobs?(?:\\.batch)?|cj|services?|svc|endpoints|ep|nodes?|no|namespaces?|ns|pvc|pv|persistentvolumeclaims?|' +
  'persistentvolumes?|ingress(?:es)?|ing|hpa|horizontalpodautoscalers?|pdb|poddisruptionbudgets?|' +
  'rollouts?|applications?|certificates?|clusters?)';
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

/** One word behind an option or an operand: nothing that is put in may be an option of its own. */
const VALUE = String.raw`(?:"[^"$\x60]*"|'[^']*'|[\w./:@%+=,!~-]+|"?\$\{?\w+\}?"?|[\w./=,-]*"?\$\{?\w+\}?"?[\w./=,-]*)`;
const OPTION = String.raw`(?:(?:-n|-l|--namespace|--selector|--context|--field-selector|--sort-by|--request-timeout)(?:=|\s*)${VALUE}|-A|--all-namespaces|--no-headers|--ignore-not-found|--show-labels=false|2>\s*/dev/null|2>&1)`;
const OUTPUT = `(?:-o\\s*=?\\s*|--output(?:=|\\s+))`;
/** What stands in front of the last \`-o\` cannot take its place. */
const NAMES = new RegExp(
  String.raw`^(?:kubectl|oc|k)\s+(?:${OPTION}\s+)*get\s+(?:${OPTION}\s+)*${KINDS}(?:(?:\s+|/)${VALUE})*?(?:\s+${OPTION})*\s+${OUTPUT}(?:name|(["']?)jsonpath=(["']?)(?:${JSONPATH})\2\1)(?:\s+(?:${OPTION}))*$`,
);
const TABLE = new RegExp(
  String.raw`^(?:kubectl|oc|k)\s+(?:${OPTION}\s+)*get\s+(?:${OPTION}\s+)*${KINDS}(?:\s+${OPTION})*(?:\s+${OUTPUT}wide)?(?:\s+${OPTION})*$`,
);
const FIRST_COLUMN =
  /^awk\s+(?:'[^'{}]*\{\s*print\s+\$1\s*\}'|"[^"{}]*\{\s*print\s+\\\$1\s*\}")$/;

const PLAIN_SOURCES = [
  /^date(?:\s+-u|\s+--utc)?\s+["']?\+%[YmdHMSsFTjN](?:%[YmdHMSsFTjN]|[\w:.-])*["']?$/,
  /^(?:hostname|whoami|id\s+-[ugn]+|nproc|uname(?:\s+-[srmn])?|uuidgen|mktemp(?:\s+-d)?)$/,
  /^(?:pgrep|pidof)\s+(?!-[A-Za-z]*[la])[\w./ -]+$/,
  /^seq(?:\s+\d+){1,3}$/,
  /^git\s+rev-parse\s+(?:--short(?:=\d+)?\s+|--verify\s+|--abbrev-ref\s+)?HEAD$/,
  /^git\s+branch\s+--show-current$/,
  /^helm\s+(?:list|ls)\s+(?:-[A-Za-z]*q[A-Za-z]*|--short)(?:\s+(?:-n|--namespace)[ =][\w."$\{}-]+)?$/,
  /^(?:docker|podman|nerdctl|crictl)\s+ps\s+-a?q$/,
];

/** They pick lines, and keep each as it is. */
const PICKS = [
  /^(?:head|tail)(?:\s+-n?\s*\+?\d+)*$/,
  /^(?:sort|uniq|tac)(?:\s+-[a-z]+)*$/,
  /^[ef]?grep\s+(?:-[EFivwx]+\s+)*(?:"[^"\x60]*"|'[^']*'|[\w./^$|-]+)(?:\s+(?:"[^"\x60]*"|'[^']*'))?$/,
  /^tr\s+(?:-d\s+)?(?:(?:'(?:\\n|\\r| )*'|"(?:\\n|\\r| )*")\s*){1,2}$/,
  /^xargs$/,
  /^cut\s+-d\s*["']?\/["']?\s+-f\s*[12]$/,
  /^awk\s+-F\s*["']?\/["']?\s+'\{\s*print\s+\$(?:[12]|NF)\s*\}'$/,
  /^sed\s+(?:-e\s+)?["']?s([/|#,])\^?\w+(?:\\?\/)\1\1["']?$/,
];

/** At the end of whatever it is: a number. */
const COUNTS = /^(?:wc\s+-[lcwm]|grep\s+-c\s+(?:"[^"\x60]*"|'[^']*'|[\w.]+))$/;

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
  if (TABLE.test(source) && filters.length > 0) {
    const column = filters.findIndex(one => FIRST_COLUMN.test(one));
    return (
      column >= 0 &&
      filters.slice(0, column).every(isLinePick) &&
      filters.slice(column + 1).every(isPick)
    );
  }
  const isPlain =
    NAMES.test(source) || PLAIN_SOURCES.some(one => one.test(source));
  return isPlain && filters.every(isPick);
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
