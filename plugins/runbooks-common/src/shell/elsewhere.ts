import type { Effect } from '../effect';
import { judgeSql } from './effects/sql';
import { isWorse } from './effects/verdict';
import { kindOfLine } from './lineKinds';
import { promptOf } from './prompts';
import { quoted } from './quoted';

/** What a text does where a person carries it out, and why. */
export interface Elsewhere {
  effect: Effect;
  because: string;
}

/** Judges one line of shell. */
export type JudgeCommand = (command: string) => Elsewhere;

const SQL = /^(?:sql|[a-z]*sql|cql|hql)$/;
const METRICS = /^(?:promql|logql|traceql|lucene|esql|kql|kusto)$/;
const PROGRAMS =
  /^(?:powershell|batch|python|ruby|perl|php|lua|javascript|typescript|js|ts|node|go|java|kotlin|scala|groovy|rust|swift|c|cpp|csharp|elixir|erlang|clojure|r|code|awk|expect|vbscript|vb|applescript|gdb|a client|mongodb|mongo|mongosh|redis|cypher|gremlin|graphql|http|rest|influxql|flux|Rscript)$/;

const NAMES: Record<string, string> = {
  powershell: 'PowerShell',
  batch: 'a batch file',
  python: 'Python',
  ruby: 'Ruby',
  perl: 'Perl',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  java: 'Java',
  go: 'Go',
  code: 'a program',
  'a client': 'a session with a client',
  promql: 'PromQL',
  logql: 'LogQL',
  yaml: 'YAML',
  json: 'JSON',
  xml: 'XML',
  hcl: 'HCL',
  diagram: 'a drawing',
  prose: 'a sentence',
  empty: 'empty',
};

/**
 * What a text that is not shell does to the world when a person carries it out in the tool that it is for: a
 * statement in a database, a script in PowerShell, a request over HTTP. Never runs anything; what cannot be told is
 * `unknown`, and what only shows something (output, settings, drawings) is `local`.
 */
export function doesElsewhere(
  text: string,
  otherwise: string,
  judge: JudgeCommand,
): Elsewhere {
  const requests = requestsOf(text);
  if (requests.length > 0) return judgeRequests(requests);
  if (SQL.test(otherwise)) return judgeStatements(text);
  if (otherwise === 'redis') return judgeRedis(text, judge);
  if (isMongo(text, otherwise)) return judgeMongo(text, judge);
  if (METRICS.test(otherwise)) {
    return { effect: 'read', because: `asks in ${nameOf(otherwise)}` };
  }
  if (PROGRAMS.test(otherwise)) {
    return {
      effect: 'unknown',
      because: `is ${nameOf(otherwise)}, which is carried out by hand`,
    };
  }
  return { effect: 'local', because: `is ${nameOf(otherwise)}, not run` };
}

function nameOf(otherwise: string): string {
  return NAMES[otherwise] ?? otherwise;
}

/** `DELETE /queues/orders`, alone or above the body of a request. */
function requestsOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^(?:GET|HEAD|POST|PUT|PATCH|DELETE) +[/_\w<{$]/.test(line))
    .filter(line => /^\w+ +\S+(?: +HTTP\/[\d.]+)?$/.test(line));
}

function judgeRequests(requests: readonly string[]): Elsewhere {
  const writing =
    requests.find(line => line.startsWith('DELETE')) ??
    requests.find(line => !/^(?:GET|HEAD) /.test(line));
  if (!writing) return { effect: 'read', because: `asks ${requests[0]}` };
  return writing.startsWith('DELETE')
    ? { effect: 'destructive', because: `deletes by a request: ${writing}` }
    : { effect: 'unknown', because: `sends a request: ${writing}` };
}

/** Lines that begin a statement of SQL whatever stands above them. Clauses of others among them only make it worse. */
const BEGINS =
  /^\s*(?:ALTER|ANALYZE|BACKUP|CALL|CHANGE|COPY|CREATE|DBCC|DELETE|DROP|EXEC|EXECUTE|FLUSH|GRANT|INSERT|KILL|LOAD|LOCK|MERGE|OPTIMIZE|PURGE|RECONFIGURE|REINDEX|RENAME|REPAIR|RESET|RESTORE|REVOKE|SHUTDOWN|SP_\w+|START|STOP|TRUNCATE|UPDATE|VACUUM)\b/i;

/** What was typed at prompts for something else than a shell; everything but output where there are none. */
function typedLines(text: string): string[] {
  const lines = text.split('\n');
  const prompts = lines.map(line => promptOf(line));
  const isSession = prompts.some(
    prompt => prompt && prompt.language !== 'shell',
  );
  if (!isSession) {
    return lines.filter(
      line => !/^(?:table|output|log|blank|comment)$/.test(kindOfLine(line)),
    );
  }
  const typed: string[] = [];
  let goesOn = false;
  lines.forEach((line, index) => {
    const prompt = prompts[index];
    const isForgotten = BEGINS.test(line) && /;\s*$/.test(line);
    const more = /^\s*(?:->|'>|">|\.\.\.|[\w-]+[-('"][#>])\s?/.exec(line);
    if (prompt && prompt.language !== 'shell') {
      typed.push(line.slice(prompt.length));
      goesOn = !isWhole(line);
    } else if (goesOn || more || isForgotten) {
      typed.push(line.slice(more?.[0].length ?? 0));
      goesOn = !isWhole(line) && line.trim() !== '';
    }
  });
  return typed;
}

function isWhole(line: string): boolean {
  return /(?:;|\\[gG]x?)\s*$|^\s*\S*[#>]\s*\\/.test(line);
}

function judgeStatements(text: string): Elsewhere {
  const statements = typedLines(text)
    .filter(line => !/^\s*(?:exit|quit|\\q)\s*(?:;\s*)?$/i.test(line))
    .map(line => {
      if (/^\s*GO\s*$/i.test(line)) return ';';
      if (/^\s*\\/.test(line) || /^\s*USE\s+\S+\s*$/i.test(line)) {
        return `${line};`;
      }
      const ended = line.replace(/\\[gG]x?\s*(?:;\s*)?$/, ';');
      return BEGINS.test(ended) ? `;${ended}` : ended;
    })
    .join('\n');
  const verdict = judgeSql(statements);
  return { ...verdict, because: `in a database: ${verdict.because}` };
}

function judgeRedis(text: string, judge: JudgeCommand): Elsewhere {
  return worst(
    typedLines(text).map(line =>
      judge(`redis-cli ${line.trim().split(/\s+/).map(quoted).join(' ')}`),
    ),
  );
}

function isMongo(text: string, otherwise: string): boolean {
  return (
    /^(?:mongo\w*)$/.test(otherwise) ||
    (/^(?:javascript|js|code)$/.test(otherwise) &&
      /^[^\S\n\r\u2028\u2029]*(?:db|rs|sh)\.\w/m.test(text))
  );
}

function judgeMongo(text: string, judge: JudgeCommand): Elsewhere {
  const typed = typedLines(text).filter(
    line => !/^\s*use \w+;?\s*$/.test(line),
  );
  return judge(`mongosh --eval ${quoted(typed.join('\n'))}`);
}

function worst(all: readonly Elsewhere[]): Elsewhere {
  return all.reduce((a, b) => (isWorse(b.effect, a.effect) ? b : a), {
    effect: 'local',
    because: 'does nothing',
  });
}
