import { inWords } from '../inWords';
import { asks } from '../interactive';
import { parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { changes, destroys, isUnknown, reads } from '../verdict';
import { dump } from './dump';
import { sqlClient } from './sqlClient';

const mysql = sqlClient({
  name: 'MySQL',
  values:
    'e execute h host P port u user D database S socket default-character-set defaults-file defaults-extra-file protocol ssl-ca ssl-cert ssl-key init-command tee pager ssl-mode login-path connect-timeout',
  query: ['e', 'execute', 'init-command'],
  file: [],
  output: ['tee'],
  password: ['p', 'password'],
});

/** The client; a pager is a program of its own. */
const client: ToolRule = (call, scene) =>
  call.args.some(
    one => /^--pager/.test(one.value) && !/=(less|more|cat)\b/.test(one.value),
  )
    ? isUnknown('gives its output to another program', { writes: [] })
    : mysql(call, scene);

const mysqldump = dump(
  'h host P port u user r result-file T tab S socket where w ignore-table defaults-file defaults-extra-file',
  ['r', 'result-file'],
);

/** A dump that also throws logs away or begins new ones is more than a look. */
const dumpsAndTidies: ToolRule = (call, scene) => {
  const words = call.args.map(one => one.value);
  if (words.some(one => /^--delete-(master|source)-logs/.test(one)))
    return destroys('deletes the logs of changes after a dump');
  return words.some(one => /^(--flush-l|-[^\WF]*F\w*$)/.test(one))
    ? changes('begins new logs of MySQL for a dump')
    : mysqldump(call, scene);
};

/** MySQL and MariaDB. */
export const mysqlTools: Record<string, ToolRule> = {
  mysql: client,
  mariadb: client,
  mysqldump: dumpsAndTidies,
  'mariadb-dump': dumpsAndTidies,
  mysqlshow: () => reads('lists databases and tables'),
  mysqlbinlog: () => reads('prints the log of changes'),
  mysqlslap: () => changes('puts load on a database'),
  mysqlcheck: call =>
    call.args.some(one =>
      /^-([^\Wroa]*[roa]\w*|-auto-repair|-repair|-optimize|-analyze)$/.test(
        one.value,
      ),
    )
      ? changes('checks and repairs tables')
      : reads('checks tables'),
  mysqladmin: (call, scene) => {
    const options = parseOptions(call.args, {
      values: 'h host P port u user S socket',
    });
    const [verb] = options.operands;
    const prompt = options.all('p', 'password').some(one => !one.value)
      ? { interactive: asks('asks for a password') }
      : {};
    if (!verb || options.unclear)
      return isUnknown('what mysqladmin is told to do is not known', {
        writes: [],
      });
    if (
      /^(status|extended-status|ping|processlist|version|variables)$/.test(
        verb.value,
      ) &&
      options.operands.length === 1
    )
      return reads('asks MySQL for its state', prompt);
    if (/^(drop|shutdown|kill|stop-\w+)$/.test(verb.value))
      return destroys(
        verb.value === 'shutdown'
          ? 'stops MySQL'
          : `${inWords(verb.value)} in MySQL`,
        prompt,
      );
    return changes(
      `does ${options.operands
        .map(one => scene.show(one.value))
        .join(' ')} in MySQL`,
      prompt,
    );
  },
};
