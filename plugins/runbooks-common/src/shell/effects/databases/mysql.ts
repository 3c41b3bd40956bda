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

/** MySQL and MariaDB. */
export const mysqlTools: Record<string, ToolRule> = {
  mysql,
  mariadb: mysql,
  mysqldump: dump(
    'h host P port u user r result-file T tab S socket where w ignore-table defaults-file defaults-extra-file',
    ['r', 'result-file'],
  ),
  'mariadb-dump': dump('h host P port u user r result-file', [
    'r',
    'result-file',
  ]),
  mysqlshow: () => reads('lists databases and tables'),
  mysqlbinlog: () => reads('prints the log of changes'),
  mysqlslap: () => changes('puts load on a database'),
  mysqlcheck: call =>
    call.args.some(one =>
      /^-(\w*[roa]\w*|-auto-repair|-repair|-optimize|-analyze)$/.test(
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
