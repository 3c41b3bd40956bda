/** Things that weigh more than any word: the kind of evidence a command gives. */
const KIND_WEIGHT = 4;

/** What a step shows when it runs, as far as its text tells. */
export interface Shown {
  /** Its commands, its query or its instruction. */
  text: string;
  title: string;
  /** It only looks: what it prints is the state that a person is asked to judge. */
  looks: boolean;
}

/** What an expectation may speak of, and the commands that print such a thing. */
const KINDS: Array<{ says: RegExp; shows: RegExp }> = [
  {
    says: /\b(?:[Rr]unning|RUNNING|READY|Ready|[Bb]ound|Pending|Completed|Available|Synced|Up|[Rr]estarts?|RESTARTS|STATUS|ROLES)\b|\b\d\/\d\b/,
    shows:
      /\b(?:kubectl|oc)\b.{0,200}\b(?:get|describe|wait)\b|\b(?:docker|podman)\b.{0,80}\bps\b|\b(?:helm|argocd|systemctl|service)\b.{0,80}\b(?:status|list|ls|get)\b/,
  },
  {
    says: /\b(?:HTTP|[2-5]\d\d|status code|"?status"?\s*:|respon[ds]\w*|answers?|reachable|endpoint returns|health (?:page|check|endpoint))\b/i,
    shows: /\b(?:curl|wget|httpie?|http)\b/,
  },
  {
    says: /\b(?:logs?|errors?|exceptions?|messages?|warnings?)\b/i,
    shows: /\b(?:logs?|journalctl|tail|grep|logcli|dmesg)\b/,
  },
  {
    says: /\b(?:cpu|memory|utili[sz]ation|load|CPU\(cores\))(?:\b|(?=\())/i,
    shows: /\b(?:top|free|htop|uptime|vmstat|metrics)\b/,
  },
  {
    says: /\b(?:disk|space|free|inodes?|filesystem)\b/i,
    shows: /\b(?:df|du|lsblk)\b/,
  },
  {
    says: /\b(?:rolled out|roll-?out)\b/i,
    shows: /\brollout status\b/,
  },
  {
    says: /\b(?:created|configured|deleted|unchanged|patched|scaled|restarted|drained|cordoned|deployed|installed|upgraded|applied)\b/i,
    shows:
      /\b(?:apply|create|delete|patch|scale|restart|drain|cordon|uncordon|install|upgrade|annotate|label)\b/,
  },
  {
    says: /\b(?:rows?|records?|tables?|columns?|lag|replicas? lag)\b/i,
    shows: /\b(?:psql|mysql|select|mongosh?|sqlite3|redis-cli)\b/i,
  },
  {
    says: /\bversions?\b/i,
    shows: /\bversion\b|--version\b|\bimage\b/,
  },
  { says: /\bevents?\b/i, shows: /\bevents\b|\bdescribe\b/ },
  {
    says: /\b(?:endpoints?|addresses)\b/i,
    shows: /\bget (?:endpoints|ep|endpointslices?)\b/,
  },
  {
    says: /\b(?:resolves?|dns|name server)\b/i,
    shows: /\b(?:dig|nslookup|host|getent)\b/,
  },
  {
    says: /\b(?:expir\w+|valid until|notAfter|issuer|certificate)\b/i,
    shows: /\b(?:openssl|certbot|cert-manager|certificates?)\b/,
  },
];

/** Short names of kinds, as commands use them. */
const ALIASES: Readonly<Record<string, string>> = {
  po: 'pod',
  svc: 'service',
  deploy: 'deployment',
  sts: 'statefulset',
  ds: 'daemonset',
  rs: 'replicaset',
  ns: 'namespace',
  no: 'node',
  pvc: 'persistentvolumeclaim',
  pv: 'persistentvolume',
  ing: 'ingress',
  cert: 'certificate',
  cm: 'configmap',
  ep: 'endpoint',
  db: 'database',
  health: 'healthz',
};

/** Words that say nothing about what is looked at. */
const COMMON = new Set(
  `the and are all with for any not one two this that should must will see expected expect output result status state
  shows show returns return kubectl get describe namespace sudo bash grep tail head name from into have has been new
  every each list check verify success successfully running ready value values line lines step run now then least
  most more less than least only its but per can echo jsonpath json yaml wide sort true false http https com example
  local file and or of in on at to is be as by no up`.split(/\s+/),
);

/**
 * How well a step could show what an expectation says; 0 where nothing in its text speaks of it.
 *
 * ```text
 * All basket pods are Running     kubectl get pods -n basket     pods, basket, and `get` prints a status
 *                                 kubectl top pods -n basket     pods, basket
 *                                 curl .../healthz               nothing
 * ```
 */
export function evidenceFor(expected: string, shown: Shown): number {
  const wanted = subjectsOf(expected);
  const spoken = subjectsOf(`${shown.title}\n${shown.text}`);
  let shared = 0;
  for (const subject of wanted) if (spoken.has(subject)) shared += 1;
  const kinds = KINDS.filter(({ says }) => says.test(expected));
  const fits = kinds.filter(({ shows }) => shows.test(shown.text)).length;
  if (shared + fits === 0) return 0;
  return shared + KIND_WEIGHT * fits + (shown.looks ? 1 : 0);
}

/** The things that a text names: kinds of objects, their names, and other words that carry weight. */
function subjectsOf(text: string): Set<string> {
  const subjects = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(/[a-z][a-z0-9]+/g)) {
    const whole = singular(ALIASES[word] ?? word);
    if (whole.length > 2 && !COMMON.has(whole) && !COMMON.has(word)) {
      subjects.add(ALIASES[whole] ?? whole);
    }
  }
  return subjects;
}

function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word) || word.length < 4) return word;
  if (/(?:sses|xes)$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}
