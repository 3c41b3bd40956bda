import { isOn, type Options, parseOptions } from '../options';
import { deletesAt, writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, destroys, isLocal, reads, type Verdict } from '../verdict';
import { dump } from './dump';
import { sqlClient } from './sqlClient';

const psql = sqlClient({
  name: 'PostgreSQL',
  values:
    'c command f file d dbname h host p port U username o output v set variable P pset F field-separator R record-separator T table-attr L log-file',
  query: ['c', 'command'],
  file: ['f', 'file'],
  output: ['o', 'output', 'L', 'log-file'],
  password: ['W', 'password'],
});

/** PostgreSQL and the tools that keep it available. */
export const postgresTools: Record<string, ToolRule> = {
  psql,
  pg_dump: dump(
    'd dbname h host p port U username f file F format n schema t table T exclude-table N exclude-schema j jobs Z compress E encoding S superuser lock-wait-timeout',
    ['f', 'file'],
  ),
  pg_dumpall: dump('d dbname h host p port U username f file l database', [
    'f',
    'file',
  ]),
  pg_basebackup: dump(
    'D pgdata h host p port U username F format X wal-method R r max-rate T tablespace-mapping l label',
    ['D', 'pgdata'],
  ),
  pg_isready: () => reads('asks whether PostgreSQL answers'),
  pg_restore: (call, scene) => {
    const options = parseOptions(call.args, {
      values:
        'd dbname h host p port U username f file F format n schema t table j jobs L use-list I index P function S superuser T trigger',
    });
    if (isOn(options, 'l', 'list')) return reads('lists what a dump holds');
    const file = options.value('f', 'file');
    if (!options.has('d', 'dbname'))
      return file ? writesTo(file, scene) : isLocal('prints a dump as SQL');
    return destroys(
      `restores a dump over database ${scene.show(
        options.value('d', 'dbname')?.value ?? '',
      )}`,
    );
  },
  dropdb: (call, scene) =>
    destroys(`drops database ${lastOperand(call, scene)}`),
  dropuser: (call, scene) => destroys(`drops user ${lastOperand(call, scene)}`),
  createdb: (call, scene) =>
    changes(`creates database ${lastOperand(call, scene)}`),
  createuser: (call, scene) =>
    changes(`creates user ${lastOperand(call, scene)}`),
  vacuumdb: () => changes('vacuums a database'),
  reindexdb: () => changes('builds indexes again'),
  pgbench: (call: Call) =>
    call.args.some(one => /^-\w*i|--initialize/.test(one.value))
      ? changes('makes and fills tables for a benchmark')
      : changes('puts load on a database'),
  pg_ctl: (call, scene) => pgControl(call, scene),
  pg_ctlcluster: (call, scene) => {
    const [version, cluster, verb] = parseOptions(call.args).operands.map(one =>
      scene.show(one.value),
    );
    const says = `database ${version ?? ''} ${cluster ?? ''}`;
    if (verb === 'status') return reads(`asks whether ${says} runs`);
    return verb === 'stop'
      ? destroys(`stops ${says}`)
      : changes(`does ${verb ?? 'something'} of ${says}`);
  },
  pg_createcluster: (call, scene) =>
    changes(`makes a database: ${lastOperand(call, scene)}`),
  pg_dropcluster: (call, scene) =>
    destroys(`deletes database ${lastOperand(call, scene)}`),
  pg_controldata: () => reads('shows the state of a database'),
  pg_amcheck: () => reads('looks for faults of a database'),
  pg_checksums: call =>
    call.args.some(one => /^-?-(e|d|enable|disable)$/.test(one.value))
      ? changes('changes the check sums of a database')
      : reads('looks for faults of a database'),
  pg_archivecleanup: () => destroys('deletes archived logs of a database'),
  pg_resetwal: () => destroys('resets the write-ahead log of a database'),
  pg_rewind: () => destroys('rewinds a database'),
  pg_upgrade: () => changes('upgrades a database'),
  repmgr: verbTool(
    'repmgr',
    {
      values: 'f config-file h host U superuser d dbname D data-dir',
      flags: '',
    },
    `
read | cluster show, node status, node check, service status, daemon status, cluster event, cluster matrix, cluster crosscheck | looks at replication
change | standby promote, standby follow, standby register, primary register, node rejoin, standby switchover, witness register | changes replication
destructive | standby clone, standby unregister, primary unregister, cluster cleanup | removes from replication
`,
  ),
  patronictl: verbTool(
    'patronictl',
    { values: 'c config-file d dcs-url', flags: 'k' },
    `
read | list, topology, history, show-config, dsn, version, query | looks at Patroni
change | switchover, failover, restart, reload, pause, resume, edit-config, flush, demote-cluster, promote-cluster | changes Patroni: {names}
destructive | reinit, remove | removes data of Patroni: {names}
`,
  ),
};

function lastOperand(call: Call, scene: Scene): string {
  const options: Options = parseOptions(call.args, {
    values:
      'h host p port U username O owner E encoding l locale T template D tablespace maintenance-db',
  });
  const last = options.operands[options.operands.length - 1];
  return last ? scene.show(last.value) : '';
}

function pgControl(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'D pgdata l log m mode o options p t timeout U',
  });
  const [verb] = options.operands;
  if (verb?.value === 'status') return reads('asks whether a database runs');
  if (verb?.value === 'stop' || verb?.value === 'kill')
    return destroys('stops a database');
  const data = options.value('D', 'pgdata');
  if (verb?.value === 'initdb' && data) {
    return deletesAt(data, scene, 'makes a new database in');
  }
  return changes(`does pg_ctl ${verb ? scene.show(verb.value) : ''}`);
}
