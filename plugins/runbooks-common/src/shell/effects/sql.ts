import type { Effect } from '../../effect';
import { hasBehind } from '../../text';

/** What SQL text does, and why. */
export interface SqlVerdict {
  effect: Effect;
  because: string;
}

const READS =
  /^(SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|TABLE|VALUES|WITH|HELP|STATUS|USE|CHECKSUM|CHECK\s+TABLE)\b/i;
const SESSION =
  /^(SET\s+(?!GLOBAL|PERSIST|PASSWORD)|BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|END|SAVEPOINT|RELEASE|PREPARE|DEALLOCATE|DISCARD|RESET(?!\s+(?:MASTER|SLAVE|REPLICA|QUERY|PERSIST|BINARY))|CONSISTENCY|PAGING|TRACING|LISTEN|FETCH|CLOSE|DECLARE)\b/i;
const DESTROYS =
  /\b(DROP|TRUNCATE|DELETE\s+FROM|DELETE|PURGE|KILL|SHUTDOWN|FLUSH\s+TABLES|SYSTEM\s+(?:DROP|STOP|SHUTDOWN|KILL)|RESET\s+(?:MASTER|SLAVE|REPLICA|QUERY|PERSIST|BINARY))\b/i;
const CHANGES =
  /\b(INSERT|UPDATE|MERGE|REPLACE\s+INTO|UPSERT|ALTER|CREATE|GRANT|REVOKE|VACUUM|ANALYZE|REINDEX|CLUSTER|REFRESH|COMMENT|COPY|LOAD|CALL|EXECUTE|DO|LOCK|OPTIMIZE|REPAIR|RENAME|SET\s+GLOBAL|SET\s+PERSIST|START\s+(?:SLAVE|REPLICA)|STOP\s+(?:SLAVE|REPLICA)|CHANGE\s+(?:MASTER|REPLICATION)|INSTALL|IMPORT|NOTIFY|SECURITY|SYSTEM\s+(?:RESTART|RELOAD|SYNC|FLUSH|START|RESTORE)|REASSIGN|CHECKPOINT|FLUSH|SET\s+PASSWORD|INTO\s+OUTFILE|INTO\s+DUMPFILE|FOR\s+UPDATE|FOR\s+SHARE)\b/i;
const DESTROYING_CALLS =
  /\b(pg_terminate_backend|pg_drop_replication_slot|lo_unlink|pg_file_unlink|pg_resetwal)\s*\(/i;
const CHANGING_CALLS =
  /\b(pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_promote|pg_create_\w+|setval|nextval|lo_import|lo_export|pg_logical_\w+|pg_replication_\w+|pg_stat_(?=\w*reset)\w+|pg_start_backup|pg_stop_backup|pg_backup_\w+|pg_wal_replay_\w+|pg_advisory_\w+|dblink\w*|pg_read_\w*file|pg_sleep|pg_notify|pg_file_\w+|cron\.\w+|set_config|repack\.\w+|txid_current|sys_exec|load_file|citus_\w+|rebalance_\w+|run_maintenance\w*|add_\w*policy|remove_\w*policy)\s*\(/i;
const READING_CALLS =
  /^(count|sum|avg|min|max|now|coalesce|round|concat|length|lower|upper|extract|date_trunc|to_char|age|version|current_\w+|pg_size_pretty|pg_database_size|pg_total_relation_size|pg_relation_size|pg_table_size|pg_indexes_size|pg_is_in_recovery|pg_last_\w+|pg_current_\w+|pg_wal_lsn_diff|pg_blocking_pids|pg_stat_get_\w+|pg_stat_file|pg_get_\w+|pg_ls_\w+|pg_backend_pid|pg_postmaster_start_time|pg_conf_load_time|pg_encoding_to_char|pg_stat_\w+|pg_table_is_visible|has_\w+|row_number|rank|dense_rank|lag|lead|ntile|first_value|last_value|array_agg|string_agg|json_agg|jsonb_agg|json_build_object|jsonb_build_object|json_extract\w*|jsonb_\w+|unnest|generate_series|greatest|least|nullif|ifnull|if|case|cast|convert|date|date_format|date_add|date_sub|datediff|timestampdiff|unix_timestamp|from_unixtime|substring|substr|left|right|trim|replace|md5|sha1|sha2|abs|ceil|floor|mod|power|sqrt|random|exists|in|not|and|or|any|all|values|interval|year|month|day|hour|minute|second|over|partition|using|on|as|from|where|select|filter|within|group_concat|database|schema|user|inet_\w+|format|split_part|position|strpos|regexp_\w+|to_timestamp|to_date|make_\w+|quote_ident|quote_literal|obj_description|col_description|table_name|distinct|with|by|union|join|lateral|then|when|else|tuple|token|writetime|ttl|totimestamp|toStartOf\w+|formatReadable\w+|uniq\w*|quantile\w*|oid|regclass|text|int|numeric|varchar|decimal|char|bool_or|bool_and|every|stddev\w*|variance|percentile_\w+|width_bucket|clock_timestamp|statement_timestamp|timeofday|isfinite|justify_\w+|sysdate|curdate|curtime|utc_\w+|localtime\w*|explain|tables|recursive|materialized|like|ilike|between|is|having|limit|analyze|buffers|verbose|costs|timing)$/i;

/** `COPY ... TO` and `\\copy ... to` a file of the client or its output; a file of the server or a program is more. */
const COPIED_OUT =
  /^(?:COPY\s+(\([^;]*\)|[\w."]+(?:\s*\([\w\s,"]*\))?)\s+TO\s+STDOUT\b[\w\s,()'"]*|\\copy\s+(?=(\([^;]*\)|[\w."]+))\2\s+to\s+(?!program)[^\s;]+(?:\s[\w\s,()'"]*)?)$/i;

const ORDER: Effect[] = ['local', 'read', 'unknown', 'change', 'destructive'];

/**
 * Judges SQL text: the worst of its statements. What is not known is `unknown`: functions that are not on the list
 * may do anything.
 */
export function judgeSql(text: string): SqlVerdict {
  const judged = judgeQuoted(text);
  if (!/\\'/.test(text)) return judged;
  // A quote after a backslash ends a string or does not, as the database and the string have it.
  return worseOf(judged, judgeQuoted(text.replace(/\\['\\]/g, '__')));
}

function judgeQuoted(text: string): SqlVerdict {
  const bare = withoutComments(text);
  const statements = splitStatements(bare);
  if (statements.length === 0)
    return { effect: 'read', because: 'asks nothing of the database' };
  return statements.map(judgeStatement).reduce(worseOf);
}

function changes(code: string): boolean {
  return CHANGES.test(code) || hasBehind(code, /\bSELECT\s/i, /\sINTO\s+\w/i);
}

function worseOf(a: SqlVerdict, b: SqlVerdict): SqlVerdict {
  return ORDER.indexOf(b.effect) > ORDER.indexOf(a.effect) ? b : a;
}

function judgeStatement(statement: string): SqlVerdict {
  const code = statement
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/"(?:[^"]|"")*"/g, '"x"')
    .replace(/`[^`]*`/g, 'x');
  const short = statement.replace(/\s+/g, ' ').trim().slice(0, 100);
  const copied = COPIED_OUT.exec(statement);
  const source = copied?.[1] ?? copied?.[2];
  if (source)
    return source.startsWith('(')
      ? worseOf(judgeSql(source.slice(1, -1)), {
          effect: 'read',
          because: `copies what a query finds: ${short}`,
        })
      : { effect: 'read', because: `copies a table out: ${short}` };
  if (
    /^\\(?:!|copy|i|ir|o|w|gexec|g\s*[|\w]|gset|setenv|password|lo_|cd|e\b|ef|ev|bind|watch|crosstab)/.test(
      code,
    )
  ) {
    return /^\\(!|gexec|i|ir|e|ef|ev)/.test(code)
      ? {
          effect: 'unknown',
          because: `runs something else from the database client: ${short}`,
        }
      : { effect: 'change', because: `does "${short}"` };
  }
  if (/^\\[a-zA-Z?+]+/.test(code)) {
    return /\\(?:!|gexec|copy)/.test(code)
      ? {
          effect: 'unknown',
          because: `runs something else from the database client: ${short}`,
        }
      : { effect: 'read', because: `shows what the database holds (${short})` };
  }
  if (/\\(?:!|gexec|gset|g\b|gx\b|copy|o\b|i\b|ir\b|w\b|watch)/.test(code)) {
    return {
      effect: 'unknown',
      because: `holds a command of the database client: ${short}`,
    };
  }
  if (/\/\*!/.test(statement))
    return {
      effect: 'unknown',
      because: 'holds a comment that the database runs',
    };
  if (/^PRAGMA\b/i.test(code)) {
    return {
      effect:
        /=|\(/.test(code) &&
        !/table_info|index_list|index_info|integrity_check|quick_check|foreign_key_list/i.test(
          code,
        )
          ? 'unknown'
          : 'read',
      because: `does "${short}"`,
    };
  }
  if (/^EXPLAIN\b/i.test(code) && !/\bANALY[SZ]E\b/i.test(code))
    return { effect: 'read', because: 'explains a query' };
  const isExplain = /^EXPLAIN\b/i.test(code);
  const rest = isExplain
    ? code.replace(/^EXPLAIN\s*(\([^)]*\)|ANALY[SZ]E|VERBOSE|BUFFERS|\s)*/i, '')
    : code;
  if (SESSION.test(rest))
    return { effect: 'read', because: `concerns the session only (${short})` };
  if (DESTROYS.test(rest) && !/^(SHOW|DESC|DESCRIBE)\b/i.test(rest)) {
    const isOnlyName =
      /^SELECT\b/i.test(rest) &&
      !/\b(DELETE\s+FROM|DROP\s+\w|TRUNCATE\s+\w|PURGE\s+\w|SHUTDOWN)\b/i.test(
        rest,
      );
    if (!isOnlyName)
      return {
        effect: 'destructive',
        because: `deletes or stops in the database: ${short}`,
      };
  }
  if (DESTROYING_CALLS.test(rest))
    return {
      effect: 'destructive',
      because: `ends or removes something in the database: ${short}`,
    };
  if (
    !READS.test(rest) ||
    changes(
      rest.replace(READS, m => (/^(WITH|SELECT|CHECK)/i.test(m) ? m : '')),
    )
  ) {
    if (/^(SHOW|DESC|DESCRIBE|HELP|STATUS|USE|CHECKSUM)\b/i.test(rest))
      return { effect: 'read', because: `asks the database: ${short}` };
    return changes(rest)
      ? { effect: 'change', because: `changes the database: ${short}` }
      : {
          effect: 'unknown',
          because: `what this does in the database is not known: ${short}`,
        };
  }
  if (CHANGING_CALLS.test(rest))
    return {
      effect: 'change',
      because: `calls a function that changes something: ${short}`,
    };
  if (/"x"\s{0,9}\((?![^()]{0,200}\)\s{0,9}AS\b)/i.test(rest))
    return {
      effect: 'unknown',
      because: `calls a function that is not known: ${short}`,
    };
  const unknownCall = calledIn(rest).find(
    name =>
      !READING_CALLS.test(
        name.replace(/^(pg_catalog|information_schema)\./, ''),
      ) &&
      !/^(?:FROM|JOIN|AS|\w+\s+AS)$/i.test(name) &&
      !isCommonTable(rest, name),
  );
  if (unknownCall)
    return {
      effect: 'unknown',
      because: `calls ${unknownCall}, which is not known`,
    };
  if (
    /[$`]\(|\$\{?[A-Za-z_]\w*(?:\s|$)/.test(statement) &&
    /^\s*\$/.test(statement)
  )
    return { effect: 'unknown', because: 'the text of the query is not known' };
  return { effect: 'read', because: `asks the database: ${short}` };
}

/** The names that stand before a parenthesis. */
function calledIn(statement: string): string[] {
  return [...statement.matchAll(/(?<![\w.])([\w.]+)\s*\(/g)]
    .map(match => match[1].replace(/^[\d.]+/, ''))
    .filter(name => name !== '');
}

function isCommonTable(text: string, name: string): boolean {
  return new RegExp(
    `(?:WITH|,)\\s*(?:RECURSIVE\\s+)?${name.replace(
      /[.]/g,
      '\\.',
    )}\\s*\\([^)]*\\)\\s*AS`,
    'i',
  ).test(text);
}

function withoutComments(text: string): string {
  const lastEnd = text.lastIndexOf('*/');
  const mark = /'(?:[^']|'')*'|--[^\n]*|\/\*(?!!)/g;
  let bare = '';
  let from = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const isBlock = found[0] === '/*';
    // One that is never closed is judged as it stands.
    if (found[0].startsWith("'") || (isBlock && lastEnd < mark.lastIndex))
      continue;
    bare += `${text.slice(from, found.index)} `;
    from = isBlock ? text.indexOf('*/', mark.lastIndex) + 2 : mark.lastIndex;
    mark.lastIndex = from;
  }
  return bare + text.slice(from);
}

function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let from = 0;
  const boundary = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|;|\n/g;
  for (const match of text.matchAll(boundary)) {
    const isOrder = /^\s*\\/.test(text.slice(from, match.index));
    if (
      match[0] === '\n'
        ? !isOrder && text[match.index + 1] !== '\\'
        : match[0] !== ';'
    )
      continue;
    statements.push(text.slice(from, match.index));
    from = (match.index ?? 0) + match[0].length;
  }
  statements.push(text.slice(from));
  return statements
    .map(one => one.trim().replace(/\\G$/i, '').trim())
    .filter(one => one !== '');
}
