import { commandShape } from './commandShape';
import { ruleFor } from './effects/judgeTool';

/** What a single line of a block looks like, outside of quotes and heredocs. */
export type LineKind =
  | 'blank'
  | 'comment'
  | 'command'
  /** `fi`, `done`, `}`: belongs to a command, and proves nothing alone. */
  | 'joint'
  | 'perhaps'
  | 'table'
  | 'output'
  | 'log'
  | 'yaml'
  | 'json'
  | 'sql'
  | 'promql'
  | 'logql'
  | 'http'
  | 'powershell'
  | 'hcl'
  | 'xml'
  | 'code'
  | 'configuration'
  | 'diagram'
  | 'prose'
  | 'other';

/** Kinds that are never a command, so that such a line can be left out of a block of commands. */
export const NEVER_COMMANDS: ReadonlySet<LineKind> = new Set<LineKind>([
  'table',
  'output',
  'log',
  'yaml',
  'json',
  'sql',
  'promql',
  'logql',
  'http',
  'powershell',
  'hcl',
  'xml',
  'diagram',
  'prose',
  'code',
  'configuration',
]);

/** Tools whose names are everyday words: alone they prove nothing. */
const WEAK = new Set(
  (
    'watch time find test set read kill top open date wait source install make go start service last less more cut join split ' +
    'sort head tail host who w at task just type history screen script mail wall init link look patch pass op batch column ' +
    'factor file free groups id info let local man mount nice node paste select shift stat strings sum sync trap true false ' +
    'users uptime unset return exit break continue help alias command exec eval env jobs slack R k http ' +
    'perf hey age kind influx mongo in no ed ex code micro joe w expand fold fmt rev comm bind hash cat deploy java perl ruby ' +
    'php lua groovy rails bundle poetry jira pagerduty cal seq yes du df ps ts import ip route certbot passwd halt'
  ).split(' '),
);

const KEYWORDS =
  /^(if|then|elif|else|fi|for|while|until|do|done|case|esac|function|select|\{|\}|\(|\)|\[\[|\[|!|time|\(\(|;;)(\s|;|$|\()/;
const OPENING = /^(if|for|while|until|case|elif|select)\s/;

/** Tells what a line looks like. */
export function kindOfLine(raw: string): LineKind {
  const whole = raw.trim();
  if (whole === '') return 'blank';
  if (whole.startsWith('#')) return 'comment';
  // make check      # what it is for
  const line = /["']/.test(whole) ? whole : withoutRemark(whole);
  if (
    /^(?:then|do|else|fi|done|esac|;;|\{|\}|\)|\(|return|exit|break|continue)(?:\s+\d+)?;?$/.test(
      line,
    )
  ) {
    return 'joint';
  }
  if (/^server\s*\{|^\/\S+(?:\s+\/\S+)*\s*\{$|^[A-Za-z_]\w* = \S/.test(line))
    return 'configuration';
  if (
    /^(?:def|class|const|func|package|public|private|import|from)\s+\w/.test(
      line,
    )
  )
    return 'code';
  const language = languageOfLine(line);
  if (language) return language;
  if (isCommand(line)) return 'command';
  const kind = otherKind(raw, line);
  return (kind === 'perhaps' || kind === 'other') &&
    commandShape(line) === 'strong'
    ? 'command'
    : kind;
}

/** What begins in a way that no command of a shell does. */
function languageOfLine(line: string): LineKind | undefined {
  if (/^(?:GET|POST|PUT|DELETE|PATCH|HEAD) [/_\w]/.test(line)) return 'http';
  if (/^\{\s*[A-Za-z_][\w.]*\s*(?:=~|!~|!=|=)\s*["`]/.test(line))
    return 'logql';
  if (
    /^[A-Z][a-z]+-[A-Z][A-Za-z]+(?:\s|$)/.test(line) ||
    /^\$\w+\s*=\s/.test(line) ||
    /^\$\w+\.\w+(?:\s|$|\()/.test(line)
  )
    return 'powershell';
  if (/^at [\w$.<>/]+\([^()]*\)$/.test(line)) return 'output';
  return undefined;
}

function otherKind(raw: string, line: string): LineKind {
  if (
    /[├└│┌┐┬┴┼─═║╔╗╚╝▶►◀]|^\s*\|?--+>|^(?:graph|flowchart)\s+(?:TD|LR|TB|BT|RL)\b|^sequenceDiagram/.test(
      line,
    )
  )
    return 'diagram';
  if (
    isTableHeader(line) ||
    /^[+|][-+=|]{3,}|^\|.*\|$|^-{3,}(\s+-{3,})*$|^={3,}/.test(line)
  )
    return 'table';
  if (isSql(line)) return 'sql';
  if (isLog(line)) return 'log';
  if (isOutput(line)) return 'output';
  if (isPromql(line)) return 'promql';
  if (
    /^(resource|variable|provider|module|output|data|terraform|locals)\s*("[^"]*"\s*)*\{/.test(
      line,
    )
  )
    return 'hcl';
  if (
    /^[[{]\s*$|^[\]}],?$|^"[^"]+"\s*:|^\{\s*"|^\[\s*(?:\{|"(?!\$))/.test(line)
  )
    return 'json';
  if (/^<[/?!]|^<[a-z]+(\s[^<>]*)?>.*<\/|^<[a-z]+\s+[a-z-]+=/i.test(line))
    return 'xml';
  if (isCode(line)) return 'code';
  if (
    /^(?:- )?["']?[A-Za-z_][\w ./-]{0,60}["']?:(?:\s|$)/.test(line) &&
    !/^\w+:\/\//.test(line)
  )
    return 'yaml';
  if (/^- [\w"'{[]/.test(line))
    return /^- [A-Z][a-z]+\b/.test(line) ? 'prose' : 'yaml';
  if (
    /^\[[\w. -]+\]$|^[A-Za-z][\w.-]*\s+=\s*\S|^[a-z][\w-]*(\.[\w-]+)+\s*=|^(server|location|upstream|http|events)\b[^;]*\{$/.test(
      line,
    )
  )
    return 'configuration';
  if (/^(?:[-*•☐✓✗✅❌⚠]|\d+[.)])\s|^\[[ xX]\]\s/.test(line)) return 'prose';
  if (/^https?:\/\/\S+$/.test(line)) return 'output';
  if (isProse(line)) return 'prose';
  if (/^\.{3}$|^…$|^~+$/.test(line)) return 'output';
  return /^[a-z][\w.+-]*(\s|$)/.test(line) && !/\s{3}\S/.test(raw.trim())
    ? 'perhaps'
    : 'other';
}

/** `make check` of `make check      # what it is for`. */
function withoutRemark(line: string): string {
  const remark = line.search(/[ \t]#[ \t]/);
  return remark === -1 ? line : line.slice(0, remark).trimEnd();
}

/** True for a call of a tool that is known and whose name is not an everyday word: `kubectl get pods`. */
export function callsKnownTool(text: string): boolean {
  const line = text.trim();
  const name = /^[\w./-]+/.exec(withoutPrefix(line))?.[0] ?? '';
  return (
    !WEAK.has(name) &&
    (ruleFor(name) !== undefined || /^\.{1,2}\//.test(name)) &&
    isCommand(line)
  );
}

function isCommand(line: string): boolean {
  if (KEYWORDS.test(line)) return isKeywordLine(line);
  if (/^[0-9&]?>{1,2}\s*[\w~$"-]*[./][\w.~$"{}/-]*$/.test(line)) return true;
  if (/^[A-Za-z_][\w-]*\s*\(\)\s*(?:\{|$)/.test(line)) return true;
  const bare = withoutPrefix(line);
  if (bare === '') return true;
  if (
    /^(?:export|declare|local|readonly|typeset)\s+(?:-\w+\s+)*[A-Za-z_]\w*(=|\s|$)/.test(
      bare,
    )
  )
    return true;
  const word = /^[^\s;|&<>()]+/.exec(bare)?.[0] ?? '';
  if (bare[word.length] === '(') return false;
  if (/^(?:\.{1,2}|~|\/[\w.-]+|\$\{?\w+\}?)\/[\w./${}-]+$/.test(word))
    return !/^\/[\w./-]+$/.test(bare) || /\/bin\/|\.(sh|py)$/.test(word);
  if (/^\$\{?[A-Za-z_]\w*\}?$/.test(word)) return /\s/.test(bare);
  if (/^"?\$[({]/.test(word)) return true;
  const name = word.replace(/^["'\\]|["']$/g, '');
  if (!ruleFor(name)) return /\.(sh|bash)$/.test(name);
  if (/^\w+:$/.test(word)) return false;
  if (!WEAK.has(name)) return looksLikeUse(bare, name, false);
  return looksLikeUse(bare, name, true);
}

/** `kubectl is ...` is prose; `kubectl get pods` is not. */
function looksLikeUse(bare: string, name: string, weak: boolean): boolean {
  const rest = bare.slice(name.length).trim();
  if (
    /^[:=](?!=)|^::?\s|^\(\)?\s*=>|^\s*=\s/.test(rest) ||
    /^[ ]?[:=] /.test(bare.slice(name.length))
  )
    return false;
  if (rest === '') return true;
  if (
    /^(is|are|was|the|a|an|will|can|should|has|have|does|and|or|to|of|that|this|your|all_)\s/i.test(
      rest,
    )
  )
    return false;
  if (!weak) return true;
  if (
    /^[a-z]/.test(rest) &&
    ruleFor(rest.split(/\s+/)[0]) &&
    rest.split(/\s+/).length <= 4
  )
    return true;
  if (/(^|\s)-{1,2}[A-Za-z0-9]|[|<>$"'`*&;]|(^|\s)[.~]?\/|=|\\$/.test(rest))
    return true;
  return (
    rest.split(/\s+/).length <= 2 &&
    !/[.:,]$/.test(rest) &&
    !/^[A-Z]/.test(rest)
  );
}

function isKeywordLine(line: string): boolean {
  if (!OPENING.test(line))
    return (
      (!/^(time|select|!|function)\s+[a-z]+\s+[a-z]+\s+[a-z]+/.test(line) &&
        !/^[[{]\s*$|^\{\s*"|^\[\s*(?:["{](?!\$)|\])/.test(line)) ||
      (/^[{}]$/.test(line) && line === '}')
    );
  if (/^for\s+(\(\(|[A-Za-z_]\w*\s*(in\b|;|$))/.test(line)) return true;
  if (/^(case|select)\s+\S+\s+in\b/.test(line)) return true;
  return /[;[\]$|`"'!=]|\bthen\b|\bdo\b|^(?:if|while|until)\s+(?:kubectl|grep|curl|test|ping|true)/.test(
    line,
  );
}

function withoutPrefix(line: string): string {
  let bare = line;
  for (let turn = 0; turn < 5; turn += 1) {
    const next = bare
      .replace(
        /^(?:sudo(?:\s+-[A-Za-z]+(?:\s+[a-z]+(?=\s))?)*|time|nohup|exec|!|then|do|else|\{|\()\s+/,
        '',
      )
      .replace(
        /^[A-Za-z_]\w*\+?=(?:"[^"]*"|'[^']*'|\$\([^()]*(?:\([^()]*\)[^()]*)*\)|`[^`]*`|\$(?!\()|[^\s"'`;&|$])+(?:\s*[;&]+\s*|\s+|$)/,
        '',
      )
      .replace(/^[A-Za-z_]\w*=\(.*\)?$/, '')
      .replace(/^[A-Za-z_]\w*=["'`$].*$/, '');
    if (next === bare) break;
    bare = next;
  }
  return bare;
}

function isTableHeader(line: string): boolean {
  const columns = line.split(/\s{2,}|\t+|\s\|\s/);
  if (
    columns.length >= 2 &&
    columns.every(column => /^[A-Z][A-Z0-9 ()%_/.:#-]*$/.test(column))
  )
    return true;
  return /^NAME\s+[A-Z]/.test(line) && line === line.toUpperCase();
}

const SQL =
  /^(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|INDEX|UNIQUE|VIEW|USER|ROLE|DATABASE|SCHEMA|EXTENSION|FUNCTION|MATERIALIZED)\b|ALTER\s+(TABLE|SYSTEM|DATABASE|USER|ROLE|INDEX|SEQUENCE)\b|DROP\s+(TABLE|INDEX|DATABASE|VIEW|USER|SCHEMA|ROLE)\b|TRUNCATE\s|WITH\s+\w+\s+AS\b|EXPLAIN\s|SHOW\s+[A-Z_a-z]+|GRANT\s|REVOKE\s|VACUUM\b|REINDEX\s|ANALYZE\b|BEGIN\s*;|COMMIT\s*;|ROLLBACK\s*;|DESCRIBE\s|SET\s+(SESSION|GLOBAL|LOCAL)\b|CALL\s+\w+\(|KILL\s+\d+|COPY\s+\S+\s+(FROM|TO)\b|USE\s+\w+\s*;|OPTIMIZE\s+TABLE|LOCK\s+TABLE)/;
const SQL_LOWER =
  /^(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|create\s+(table|index|database|user|role)\s|alter\s+table\s|drop\s+(table|database|index)\s|truncate\s+table\s|\\(?:d[a-z+]*|l|c|x|q|timing|conninfo)(\s|$))/;

function isSql(line: string): boolean {
  return (
    SQL.test(line) ||
    SQL_LOWER.test(line) ||
    /^--\s+\S/.test(line) ||
    /^[a-z][\w ]*\\G;?$/i.test(line) ||
    /^(?:FROM|WHERE|GROUP BY|ORDER BY|JOIN|LEFT JOIN|HAVING|LIMIT|SELECT)(?:\s|$)/.test(
      line,
    )
  );
}

function isLog(line: string): boolean {
  return (
    /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d/.test(line) ||
    /^[A-Z][a-z]{2}\s+\d+\s+\d\d:\d\d:\d\d\s/.test(line) ||
    /^[IWEF]\d{4}\s+\d\d:/.test(line) ||
    /^\[?(ERROR|WARN|WARNING|INFO|DEBUG|FATAL|CRITICAL|TRACE|NOTICE)\b[\]:\s]/.test(
      line,
    ) ||
    /^(level|time|ts|msg)=\S+\s+\w+=/.test(line)
  );
}

const RESULT =
  /^(?:[\w.-]+\/[\w.-]+|[\w.-]+(?:\s+[\w.-]+)?\s+"[^"]+")\s+(?:created|configured|unchanged|deleted|patched|scaled|restarted|annotated|labeled|edited|replaced|rolled back|cordoned|uncordoned|drained|evicted|condition met|exposed|paused|resumed|image updated|env updated|resource requirements updated|autoscaled|serverside-applied|pruned|already|force deleted|tainted|untainted|successfully)\b/;

function isOutput(line: string): boolean {
  return (
    RESULT.test(line) ||
    (/^(?:Error|Warning|Waiting|Error from server|Successfully|No resources found|Name:|Namespace:|Labels:|Status:|Events:|Forwarding|Using|Unable|error|warning):?\s/.test(
      line,
    ) &&
      !/^(?:error|warning|Status|Using)\s/.test(line)) ||
    /^HTTP\/\d/.test(line) ||
    /^[<>*] (?:[A-Z][\w-]*:|GET|POST|HTTP|Connected|Trying|TCP_)/.test(line) ||
    /^\d+(?:[.,:/%]\d+)*\s*(?:%|ms|s|Mi|Gi|[KMGT]i?B)?(?:\s|$)/.test(line) ||
    /^[A-Z][A-Z ]+:\s+\S/.test(line) ||
    (/^[\w.-]+(?:\s{2,}|\t)\S+(?:\s{2,}|\t)\S+/.test(line) &&
      !/[|;&><$"'\\]|\s-{1,2}\w/.test(line))
  );
}

function isPromql(line: string): boolean {
  return (
    /^(?:sum|rate|irate|avg|max|min|count|histogram_quantile|increase|topk|bottomk|absent|\w+_over_time|delta|deriv|predict_linear|changes|resets|label_replace|quantile|stddev|sort_desc|time|vector|clamp_\w+|ceil|floor|round|abs|scalar|count_values|group)\s*(?:\(|by\s*\(|without\s*\()/.test(
      line,
    ) ||
    /^[a-zA-Z_:][\w:]*\{[^{}]*\}\s*(?:\[\w+\]\s*)?(?:[-+*/<>=!]|$)/.test(
      line,
    ) ||
    /^[a-zA-Z_:][\w:]*(?:_total|_bytes|_seconds|_count|_sum|_bucket|_info|_ratio)\s*(?:[<>=!]=?\s*[\d.]+)?$/.test(
      line,
    )
  );
}

function isCode(line: string): boolean {
  return /^(?:const|let|var)\s+[\w{[].*=|^import\s+[\w{*"']|^from\s+[\w.]+\s+import\s|^def\s+\w.*$|^class\s+\w+|^func\s+[\w(]|^package\s+\w+$|^public\s|^private\s|^return\s+\w+[;(]|^#include|^require\s*\(?['"]|^puts\s|^console\.|^fmt\.|^print(?:ln)?\(|^@\w+|^async\s|^await\s|=>\s*\{?$|^\w+(?:\.\w+)+\(.*\);?$|^[A-Z]\w+(?:::|\.)\w+|^FROM\s+\S+|^(?:RUN|COPY|WORKDIR|ENTRYPOINT|CMD|ENV|EXPOSE)\s+\S+|^\w+\(.*\)\s*[;{]$|^pipeline\s*\{|^stage\(/.test(
    line,
  );
}

function isProse(line: string): boolean {
  const words = line.split(/\s+/);
  if (
    /^[A-Z][a-z]+[,:]?$/.test(words[0]) &&
    words.length >= 3 &&
    !/\s-{1,2}[a-z]|[|;$`\\]|>>?\s|&&/.test(line)
  )
    return true;
  return (
    words.length >= 5 &&
    /[.!?]$/.test(line) &&
    !/[|$`\\=/]|\s-{1,2}[a-z]/.test(line)
  );
}
