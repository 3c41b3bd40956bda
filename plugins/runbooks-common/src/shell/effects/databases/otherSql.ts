import type { Argument } from '../../words';
import { needsTerminal } from '../interactive';
import { parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Scene, ToolRule } from '../scene';
import {
  changes,
  combined,
  destroys,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import { sqlClient, judgeQuery, judgeInput } from './sqlClient';

const clickhouse = sqlClient({
  name: 'ClickHouse',
  values:
    'q query h host port u user password d database f format queries-file',
  query: ['q', 'query'],
  file: ['queries-file'],
  password: [],
});

/** Databases that are asked in SQL or something close to it. */
export const otherSqlTools: Record<string, ToolRule> = {
  cockroach: (call, scene) => {
    if (call.args[0]?.value === 'sql') {
      return sqlClient({
        name: 'CockroachDB',
        values: 'e execute f file host url user u d database certs-dir format',
        query: ['e', 'execute'],
        file: ['f', 'file'],
      })({ ...call, args: call.args.slice(1) }, scene);
    }
    if (call.args[0]?.value === 'node' && call.args[1]?.value === 'status') {
      return reads('looks at nodes of CockroachDB');
    }
    return isUnknown('what cockroach is told to do is not known', {
      writes: [],
    });
  },
  sqlite3: (call, scene) => {
    const options = parseOptions(call.args, {
      singleDash: true,
      values: 'cmd init separator newline',
    });
    const query = [
      ...options.operands.slice(1),
      ...options.all('cmd').flatMap(one => (one.value ? [one.value] : [])),
    ];
    if (options.has('init'))
      return isUnknown('runs SQL of a file', { writes: [] });
    if (query.length > 0)
      return combined(
        query.map(one => {
          if (/^\./.test(one.value)) {
            if (
              /^\.(tables|schema|dump|databases|indexes|mode|headers|show|help|timeout|width|nullvalue|separator|timer|indices|stats|eqp)\b/.test(
                one.value,
              )
            ) {
              return reads('looks at a database');
            }
            return dotCommand(one, scene);
          }
          return judgeQuery(one, scene, 'SQLite');
        }),
        '',
      );
    return call.input
      ? judgeInput(call, scene, 'SQLite')
      : isUnknown('opens SQLite', {
          writes: [],
          interactive: needsTerminal('waits for what a person types'),
        });
  },
  cqlsh: sqlClient({
    name: 'Cassandra',
    values:
      'e execute f file u username p password k keyspace cqlshrc connect-timeout request-timeout',
    query: ['e', 'execute'],
    file: ['f', 'file'],
  }),
  'clickhouse-client': clickhouse,
  clickhouse: (call, scene) =>
    call.args[0]?.value === 'client'
      ? clickhouse({ ...call, args: call.args.slice(1) }, scene)
      : isUnknown('what clickhouse is told to do is not known', { writes: [] }),
  sqlcmd: sqlClient({
    name: 'SQL Server',
    values: 'S U P d Q q i o',
    query: ['Q', 'q'],
    file: ['i'],
    output: ['o'],
  }),
};

/** A command of the sqlite client, one word with its arguments. */
function dotCommand(command: Argument, scene: Scene): Verdict {
  const [name, ...words] = command.value.split(/\s+/);
  const file = words[words.length - 1]?.replace(/^['"]|['"]$/g, '');
  if (/^\.(backup|save|output|once|clone)$/.test(name) && file) {
    const judged = writesTo(
      { ...command, value: file },
      scene,
      'copies the database to',
    );
    return judged.effect === 'local' ? { ...judged, effect: 'read' } : judged;
  }
  if (name === '.restore')
    return destroys(`overwrites the database with ${file ?? 'a copy'}`);
  if (name === '.import') return changes('imports data into the database');
  return isUnknown(`runs ${scene.show(command.value)} of sqlite`, {
    writes: [],
  });
}
