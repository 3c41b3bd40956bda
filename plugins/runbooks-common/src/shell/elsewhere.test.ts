import { readRunbook } from '../document';
import { readShell } from './readShell';

const effectOf = (text: string, language = '') => {
  const { shell, effect } = readShell(text, { language });
  return { shell, effect };
};

describe('what a block does that is not shell', () => {
  it.each<[string, string, string, string]>([
    ['read', 'a query', 'sql', 'SELECT count(*) FROM jobs;'],
    ['change', 'an update', 'sql', 'UPDATE jobs SET state = 1;'],
    ['destructive', 'a table dropped', 'sql', 'DROP TABLE jobs;'],
    ['destructive', 'behind a prompt', '', 'mysql> DROP TABLE jobs;'],
    [
      'destructive',
      'behind the prompt of PostgreSQL',
      'console',
      'ledger=# DELETE FROM jobs\nledger-# WHERE id = 4;\nDELETE 1',
    ],
    [
      'change',
      'a statement over lines',
      '',
      "mysql> CHANGE MASTER TO\n    -> MASTER_HOST='db2';\nQuery OK",
    ],
    [
      'read',
      'a question whose answer names a change',
      '',
      'mysql> SELECT note FROM log;\n+------+\n| note |\n+------+\n| drop |\n+------+',
    ],
    [
      'destructive',
      'a statement whose prompt was forgotten',
      '',
      'mysql> SHOW TABLES;\nDROP TABLE jobs;',
    ],
    [
      'destructive',
      'below a command of the client',
      '',
      '\\dt\nDROP TABLE jobs;',
    ],
    [
      'change',
      'statements with no sign between them',
      '',
      'SHOW SLAVE STATUS\\G\nSTOP SLAVE;',
    ],
    [
      'unknown',
      'what the reader of SQL does not know',
      'tsql',
      'USE ledger\nRESTORE DATABASE ledger WITH RECOVERY',
    ],
    ['read', 'the state of Redis', '', '10.0.0.9:6379> INFO replication'],
    ['destructive', 'all of Redis', '', '10.0.0.9:6379> FLUSHALL\nOK'],
    ['read', 'documents', 'javascript', 'db.orders.find({ state: "x" })'],
    ['destructive', 'a collection', '', 'rs0:PRIMARY> db.orders.drop()'],
    ['change', 'an election', 'js', 'rs.stepDown(60)'],
    ['unknown', 'PowerShell', 'powershell', 'Restart-Service Relay'],
    ['unknown', 'Python', 'python', 'repair.run()'],
    ['unknown', 'other JavaScript', 'js', 'await relay.flush();'],
    ['read', 'a request that asks', 'http', 'GET /queues HTTP/1.1'],
    ['unknown', 'a request that sends', 'json', 'POST /drain\n{"node": 1}'],
    ['destructive', 'a request that deletes', '', 'DELETE /queues/orders'],
    ['read', 'metrics', 'promql', 'rate(errors_total[5m])'],
    ['read', 'logs', '', '{app="ledger"} |= "timeout"'],
    ['local', 'settings', 'ini', '[relay]\nport = 1'],
    ['local', 'YAML', 'yaml', 'kind: Service'],
    ['local', 'output', '', 'NAME   READY\nweb-0  1/1'],
    ['local', 'a drawing', '', '[a] --> [b]'],
    ['local', 'comments', 'bash', '# only words'],
  ])('%s: %s', (effect, _what, language, text) => {
    expect(effectOf(text, language)).toEqual({ shell: false, effect });
  });

  it('says in words why', () => {
    expect(readShell('Restart-Service Relay').because).toBe(
      'is PowerShell, which is carried out by hand',
    );
  });
});

describe('a query among the steps', () => {
  const effectOfStep = (...block: string[]) =>
    readRunbook(
      ['# Stuck jobs', '', '## Fix', '', 'Do this:', '', ...block].join('\n'),
      'jobs.md',
    )
      .procedures.flatMap(({ phases }) => phases.flatMap(({ steps }) => steps))
      .map(({ type, effect }) => [type, effect]);

  it.each([
    ['mysql> DROP TABLE jobs;', 'destructive'],
    ['ledger=> SELECT 1;', 'read'],
    ['mysql> FROBNICATE jobs;', 'unknown'],
  ])('%s is %s', (text, effect) => {
    expect(effectOfStep('```', text, '```')).toEqual([['query', effect]]);
  });

  it('a program for another tool is a step by hand that says so', () => {
    const { procedures } = readRunbook(
      [
        '# Relay on Windows',
        '',
        '## Restart',
        '',
        '```powershell',
        'Restart-Service Relay',
        '```',
        '',
        '```yaml',
        'kind: Service',
        '```',
      ].join('\n'),
      'relay.md',
    );
    const steps = procedures.flatMap(({ phases }) =>
      phases.flatMap(phase => phase.steps),
    );
    expect(steps).toEqual([
      expect.objectContaining({
        type: 'manual',
        text: expect.stringContaining('Restart-Service Relay'),
        manualBecause: 'is PowerShell, which is carried out by hand',
        note: expect.stringContaining('kind: Service'),
      }),
    ]);
  });
});
