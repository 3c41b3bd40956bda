import type { Argument } from '../words';
import { deletesAt, writesTo } from './paths';
import { asks, needsTerminal } from './interactive';
import { isOn, type Options, parseOptions } from './options';
import type { Call, Scene, ToolRule } from './scene';
import { judgeSql } from './sql';
import {
  changes,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
  verdict,
} from './verdict';
import { verbTool } from './verbTable';

interface SqlClient {
  values: string;
  /** Options whose value is SQL. */
  query: string[];
  file: string[];
  output?: string[];
  /** Switches that ask for a password. */
  password?: string[];
  name: string;
  /** What SQL-less use would open. */
  positional?: number;
}

function sqlClient(client: SqlClient): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, {
      values: client.values,
      abbreviates: true,
    });
    if (isOn(options, 'help', '?', 'version', 'V'))
      return isLocal(`shows the help of ${call.tool}`);
    const verdicts: Verdict[] = [];
    for (const { value } of options.all(...client.query))
      verdicts.push(judgeQuery(value, scene, client.name));
    const positional =
      client.positional !== undefined
        ? options.operands[client.positional]
        : undefined;
    if (positional) verdicts.push(judgeQuery(positional, scene, client.name));
    for (const { value } of options.all(...client.file)) {
      verdicts.push(
        value?.value === '-'
          ? judgeInput(call, scene, client.name)
          : isUnknown(
              `runs the SQL of ${value ? scene.show(value.value) : 'a file'}`,
              { writes: [] },
            ),
      );
    }
    for (const { value } of options.all(...(client.output ?? []))) {
      if (value)
        verdicts.push(
          /^\|/.test(value.value)
            ? isUnknown('gives its output to another program')
            : writesTo(value, scene),
        );
    }
    if (isOn(options, 'l', 'list') && call.tool === 'psql')
      verdicts.push(reads('lists databases'));
    const bare = verdicts.length === 0;
    if (bare && call.input) verdicts.push(judgeInput(call, scene, client.name));
    if (
      options.unclear &&
      options.operands.some(
        one => one.certainty === 'words' && /^[$`]/.test(one.value),
      ) &&
      bare
    ) {
      return isUnknown(`what ${call.tool} is told to do is not known`, {
        writes: [],
      });
    }
    if (verdicts.length === 0) {
      return isUnknown(`opens ${client.name}`, {
        writes: [],
        interactive: needsTerminal(
          `\`${call.tool}\` without a query waits for what a person types`,
        ),
      });
    }
    const judged = combined(verdicts, '');
    const password = client.password?.some(name =>
      options.given.some(one => one.name === name && !one.value),
    );
    return password
      ? { ...judged, interactive: asks(`\`${call.tool}\` asks for a password`) }
      : judged;
  };
}

/** Judges one query that is given as an argument. */
function judgeQuery(
  query: Argument | undefined,
  scene: Scene,
  name: string,
): Verdict {
  if (!query)
    return isUnknown(`what ${name} is asked is not known`, { writes: [] });
  scene.interpretsAgain(query, `SQL of ${name}`);
  const { effect, because } = judgeSql(scene.show(query.value));
  if (effect === 'read' && (query.certainty === 'words' || query.spliced)) {
    return isUnknown(`the query is not wholly known: ${because}`, {
      writes: [],
    });
  }
  return verdict(effect, because, { writes: [] });
}

function judgeInput(call: Call, scene: Scene, name: string): Verdict {
  const { input } = call;
  if (input?.kind !== 'text') {
    return isUnknown(
      `${name} runs ${
        input?.kind === 'file'
          ? scene.show(input.path.value)
          : 'what it is given'
      }`,
      { writes: [] },
    );
  }
  scene.interpretsAgain(input.argument, `SQL of ${name}`);
  const { effect, because } = judgeSql(scene.show(input.text));
  return effect === 'read' && !input.exact
    ? isUnknown(`the query is not wholly known: ${because}`, { writes: [] })
    : verdict(effect, because, { writes: [] });
}

const psql = sqlClient({
  name: 'PostgreSQL',
  values:
    'c command f file d dbname h host p port U username o output v set variable P pset F field-separator R record-separator T table-attr L log-file',
  query: ['c', 'command'],
  file: ['f', 'file'],
  output: ['o', 'output', 'L', 'log-file'],
  password: ['W', 'password'],
});

const mysql = sqlClient({
  name: 'MySQL',
  values:
    'e execute h host P port u user D database S socket default-character-set defaults-file defaults-extra-file protocol ssl-ca ssl-cert ssl-key init-command tee pager ssl-mode login-path connect-timeout',
  query: ['e', 'execute', 'init-command'],
  file: [],
  output: ['tee'],
  password: ['p', 'password'],
});

const dump =
  (values: string, output: string[]): ToolRule =>
  (call, scene) => {
    const options = parseOptions(call.args, { values, abbreviates: true });
    const file = options.value(...output);
    const judged =
      file && file.value !== '-' ? writesTo(file, scene) : undefined;
    const password =
      options.all('p').some(one => call.tool.startsWith('my') && !one.value) ||
      isOn(options, 'W');
    const read = reads(
      'reads a whole database',
      password
        ? { interactive: asks(`\`${call.tool}\` asks for a password`) }
        : {},
    );
    return judged && judged.effect !== 'local'
      ? { ...judged, interactive: read.interactive }
      : { ...read, changesFiles: judged?.changesFiles };
  };

function redisCommand(words: readonly Argument[], scene: Scene): Verdict {
  const [first, second] = words;
  if (!first) return isLocal('does nothing');
  if (first.certainty !== 'exact')
    return isUnknown('what Redis is told is not known', { writes: [] });
  const name = first.value.toUpperCase();
  const sub = (second?.value ?? '').toUpperCase();
  const says = words
    .map(one => scene.show(one.value))
    .join(' ')
    .slice(0, 100);
  if (
    /^(FLUSHALL|FLUSHDB|DEL|UNLINK|SHUTDOWN|GETDEL|SWAPDB|MIGRATE|RESTORE|FAILOVER|LTRIM|SPOP|XTRIM|HDEL|SREM|ZREM|LREM|XDEL|ZREMRANGEBY\w+|LPOP|RPOP|BLPOP|BRPOP|RPOPLPUSH|ZPOPMIN|ZPOPMAX|EXPIREAT|EXPIRE|PEXPIRE|PEXPIREAT|GETEX)$/.test(
      name,
    )
  ) {
    return destroys(`removes data from Redis: ${says}`);
  }
  if (name === 'CONFIG')
    return sub === 'GET' || sub === 'HELP'
      ? reads(`asks Redis: ${says}`)
      : changes(`configures Redis: ${says}`);
  if (name === 'CLUSTER') {
    if (
      /^(INFO|NODES|SLOTS|SHARDS|MYID|KEYSLOT|COUNTKEYSINSLOT|GETKEYSINSLOT|LINKS|COUNT-FAILURE-REPORTS|REPLICAS|SLAVES)$/.test(
        sub,
      )
    ) {
      return reads(`asks Redis: ${says}`);
    }
    if (/^(RESET|FORGET|FLUSHSLOTS|DELSLOTS)$/.test(sub)) {
      return destroys(`takes a Redis cluster apart: ${says}`);
    }
    return changes(`changes a Redis cluster: ${says}`);
  }
  if (name === 'CLIENT')
    return /^(LIST|INFO|ID|GETNAME|GETREDIR|TRACKINGINFO)$/.test(sub)
      ? reads(`asks Redis: ${says}`)
      : changes(`changes clients of Redis: ${says}`);
  if (name === 'SLOWLOG' || name === 'LATENCY' || name === 'MEMORY')
    return /^(RESET|PURGE)$/.test(sub)
      ? changes(`resets figures of Redis: ${says}`)
      : reads(`asks Redis: ${says}`);
  if (name === 'SENTINEL')
    return /^(MASTERS?|SLAVES|REPLICAS|GET-MASTER-ADDR-BY-NAME|CKQUORUM|SENTINELS|MYID|INFO-CACHE|PENDING-SCRIPTS)$/.test(
      sub,
    )
      ? reads(`asks Redis: ${says}`)
      : changes(`changes Redis Sentinel: ${says}`);
  if (/^(SCRIPT|FUNCTION)$/.test(name))
    return /^(FLUSH|DELETE|KILL)$/.test(sub)
      ? destroys(`removes scripts of Redis: ${says}`)
      : isUnknown(`works with scripts of Redis: ${says}`, { writes: [] });
  if (/^(EVAL|EVALSHA|FCALL|EVAL_RO)$/.test(name)) {
    scene.interpretsAgain(second, 'a script of Redis');
    return isUnknown('runs a script in Redis', { writes: [] });
  }
  if (name === 'ACL')
    return /^(LIST|WHOAMI|GETUSER|USERS|CAT|LOG)$/.test(sub)
      ? reads(`asks Redis: ${says}`)
      : changes(`changes users of Redis: ${says}`);
  if (name === 'DEBUG')
    return isUnknown(`does ${says} in Redis`, { writes: [] });
  if (name === 'MONITOR')
    return reads('follows what Redis does', {
      interactive: {
        kind: 'endless',
        because: '`MONITOR` goes on until it is stopped',
        remedy: {
          edits: [],
          boundedSeconds: 30,
          says: 'is stopped after 30 s',
        },
      },
    });
  if (
    /^(GET|MGET|STRLEN|EXISTS|TTL|PTTL|TYPE|KEYS|SCAN|HSCAN|SSCAN|ZSCAN|HGET|HMGET|HGETALL|HKEYS|HVALS|HLEN|HEXISTS|LLEN|LRANGE|LINDEX|SCARD|SMEMBERS|SISMEMBER|ZCARD|ZRANGE|ZREVRANGE|ZRANGEBYSCORE|ZSCORE|ZCOUNT|ZRANK|XLEN|XINFO|XRANGE|XREVRANGE|XPENDING|INFO|PING|ECHO|TIME|DBSIZE|LASTSAVE|ROLE|OBJECT|RANDOMKEY|COMMAND|DUMP|GETRANGE|BITCOUNT|GEOPOS|GEODIST|PFCOUNT|PUBSUB|WAIT|LOLWUT|SELECT|AUTH|HELLO|READONLY|MODULE_LIST|EXPIRETIME)$/.test(
      name,
    )
  ) {
    return reads(`asks Redis: ${says}`);
  }
  if (
    /^(SET|SETEX|SETNX|MSET|APPEND|INCR|DECR|INCRBY|DECRBY|HSET|HMSET|HINCRBY|LPUSH|RPUSH|LSET|LINSERT|SADD|ZADD|XADD|XACK|XGROUP|XCLAIM|PERSIST|RENAME|RENAMENX|MOVE|COPY|BGSAVE|SAVE|BGREWRITEAOF|REPLICAOF|SLAVEOF|PUBLISH|MODULE|SORT|SMOVE|GETSET|SETRANGE|PFADD|GEOADD|RESET|CLUSTER)$/.test(
      name,
    )
  ) {
    return changes(`changes data or settings of Redis: ${says}`);
  }
  return isUnknown(`what Redis does with ${says} is not known`, { writes: [] });
}

const redis: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values:
      'h p a u n s r i c user pass sni cacert cacertdir cert key pipe-timeout rdb eval cluster pattern bigkeys-numkeys tls-ciphers d D X',
    stopsAtOperand: true,
  });
  if (isOn(options, 'help', 'version', 'v'))
    return isLocal('shows the help of redis-cli');
  if (options.has('eval'))
    return isUnknown('runs a script in Redis', { writes: [] });
  if (options.has('cluster')) {
    const verb = options.value('cluster')?.value ?? '';
    return /^(check|info|help)$/.test(verb)
      ? reads('looks at a Redis cluster')
      : changes(`changes a Redis cluster (${verb})`);
  }
  const rdb = options.value('rdb');
  if (rdb)
    return combined(
      [reads('copies all data of Redis'), writesTo(rdb, scene)],
      '',
    );
  if (options.has('pipe')) return changes('sends commands to Redis');
  if (
    isOn(options, 'bigkeys', 'memkeys', 'hotkeys', 'scan', 'intrinsic-latency')
  )
    return reads('looks at keys of Redis');
  if (isOn(options, 'stat', 'latency', 'latency-history', 'latency-dist')) {
    return reads('follows figures of Redis', {
      interactive: {
        kind: 'endless',
        because: 'goes on until it is stopped',
        remedy: {
          edits: [],
          boundedSeconds: 30,
          says: 'is stopped after 30 s',
        },
      },
    });
  }
  const words = options.rest ?? options.operands;
  if (words.length > 0) return redisCommand(words, scene);
  if (call.input?.kind === 'text' && call.input.exact) {
    const commands = call.input.text
      .split('\n')
      .filter(line => line.trim() !== '');
    return combined(
      commands.map(line =>
        redisCommand(
          line
            .trim()
            .split(/\s+/)
            .map(value => ({
              value,
              certainty: 'exact' as const,
              start: -1,
              end: -1,
              spliced: false,
            })),
          scene,
        ),
      ),
      '',
    );
  }
  if (call.input)
    return isUnknown('sends what it is given to Redis', { writes: [] });
  return isUnknown('opens Redis', {
    writes: [],
    interactive: needsTerminal(
      '`redis-cli` without a command waits for what a person types',
    ),
  });
};

const MONGO_DESTROYS =
  /\.(drop\w*|deleteOne|deleteMany|remove|findOneAndDelete|findAndModify|dropDatabase|dropIndexes|dropUser|shutdownServer|killOp|compact)\s*\(|replSetReconfig|forceShutdown|\bshutdown\b/;
const MONGO_CHANGES =
  /\.(insert\w*|update\w*|replaceOne|save|create\w*|renameCollection|bulkWrite|findOneAnd\w+|grant\w*|revoke\w*|stepDown|reconfig|initiate|add|addArb|freeze|setProfilingLevel|fsync\w*|enableSharding|shardCollection|moveChunk|startBalancer|stopBalancer|setBalancerState|mapReduce|setFeatureCompatibilityVersion|adminCommand|runCommand|auth|changeUserPassword|convertToCapped|reIndex|cloneCollection)\s*\(|\$out\b|\$merge\b/;
const MONGO_READS =
  /^(?:(?:print(?:json)?|JSON\.stringify|tojson|quit|exit)\s*\(|\s|;|\)|rs\.(?:status|conf|printReplicationInfo|printSecondaryReplicationInfo|printSlaveReplicationInfo|isMaster|hello|secondaryOk|slaveOk)\(\)|sh\.(?:status|getBalancerState|isBalancerRunning)\(\)|db\.(?:stats|serverStatus|currentOp|getCollectionNames|getCollectionInfos|hostInfo|version|getName|printReplicationInfo|getReplicationInfo|isMaster|hello|getUsers|getProfilingStatus|getMongo)\([^;]*?\)|show\s+\w+|db(?:\.getSiblingDB\(['"][\w-]+['"]\))?(?:\.[\w$]+|\.getCollection\(['"][\w.-]+['"]\))?\.(?:find|findOne|count|countDocuments|estimatedDocumentCount|distinct|stats|getIndexes|aggregate|totalSize|dataSize|storageSize|explain)\([^;]*?\)(?:\.(?:pretty|limit|sort|skip|count|toArray|explain|size|hint|forEach\(printjson\))\([^;]*?\))*|\.(?:ok|members|connections|localTime|uptime|state\w*|length|mem|opcounters|locks|map|host|hosts|primary|ismaster)\b)*$/;

function judgeMongo(script: Argument | undefined, scene: Scene): Verdict {
  if (!script)
    return isUnknown('what MongoDB is told is not known', { writes: [] });
  scene.interpretsAgain(script, 'a script of MongoDB');
  const text = scene.show(script.value);
  const short = text.replace(/\s+/g, ' ').slice(0, 100);
  if (MONGO_DESTROYS.test(text))
    return destroys(`deletes or stops in MongoDB: ${short}`);
  if (
    /adminCommand\s*\(\s*['"{\s]*(ping|replSetGetStatus|serverStatus|listDatabases|isMaster|hello|buildInfo|getParameter|hostInfo)/.test(
      text,
    ) &&
    !script.spliced
  )
    return reads(`asks MongoDB: ${short}`);
  if (
    /runCommand\s*\(\s*['"{\s]*(ping|serverStatus|connectionStatus|dbStats|collStats|isMaster|hello|buildInfo)/.test(
      text,
    ) &&
    !script.spliced
  )
    return reads(`asks MongoDB: ${short}`);
  if (MONGO_CHANGES.test(text)) return changes(`changes MongoDB: ${short}`);
  return script.certainty !== 'words' &&
    !script.spliced &&
    text.length < 500 &&
    MONGO_READS.test(text.trim())
    ? reads(`asks MongoDB: ${short}`)
    : isUnknown(`what MongoDB does with "${short}" is not known`, {
        writes: [],
      });
}

const mongo: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values:
      'eval f file host port u username p password authenticationDatabase authenticationMechanism tlsCAFile tlsCertificateKeyFile apiVersion',
  });
  if (isOn(options, 'help', 'version'))
    return isLocal('shows the help of mongosh');
  const scripts = options.all('eval');
  if (scripts.length > 0)
    return combined(
      scripts.map(one => judgeMongo(one.value, scene)),
      '',
    );
  if (
    options.has('f', 'file') ||
    options.operands.some(one => /\.js$/.test(one.value))
  )
    return isUnknown('runs a script in MongoDB', { writes: [] });
  if (call.input)
    return isUnknown('runs what it is given in MongoDB', { writes: [] });
  return isUnknown('opens MongoDB', {
    writes: [],
    interactive: needsTerminal(
      `\`${call.tool}\` without a script waits for what a person types`,
    ),
  });
};

function kafka(
  readOptions: RegExp,
  changeOptions: RegExp,
  destroyOptions: RegExp,
): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, {
      values:
        'bootstrap-server zookeeper topic group command-config config partitions replication-factor entity-type entity-name add-config delete-config max-messages partition offset timeout-ms timeout reset-offsets to-offset to-datetime shift-by by-duration from-file reassignment-json-file topics-to-move-json-file broker-list throttle producer.config consumer.config property formatter',
    });
    const names = options.given.map(one => one.name).join(' ');
    const on = [options.value('topic'), options.value('group')]
      .filter(one => one)
      .map(one => scene.show(one!.value))
      .join(' ');
    if (options.unclear)
      return isUnknown(`what ${call.tool} is told to do is not known`, {
        writes: [],
      });
    if (destroyOptions.test(names))
      return destroys(`removes or resets ${on || 'something'} in Kafka`);
    if (changeOptions.test(names))
      return changes(`changes ${on || 'something'} in Kafka`);
    return readOptions.test(names)
      ? reads(`asks Kafka about ${on || 'what it holds'}`)
      : isUnknown(`what ${call.tool} does is not known`, { writes: [] });
  };
}

const kafkaTools: Record<string, ToolRule> = {
  'kafka-topics': kafka(/list|describe/, /create|alter/, /delete/),
  'kafka-consumer-groups': kafka(
    /list|describe|state|members|offsets/,
    /$^/,
    /delete|reset-offsets/,
  ),
  'kafka-configs': kafka(/describe/, /alter|add-config/, /$^/),
  'kafka-acls': kafka(/list/, /add/, /remove/),
  'kafka-reassign-partitions': kafka(
    /generate|verify|list/,
    /execute/,
    /cancel/,
  ),
  'kafka-leader-election': kafka(/$^/, /election-type/, /$^/),
  'kafka-broker-api-versions': () => reads('asks Kafka for its versions'),
  'kafka-log-dirs': kafka(/describe/, /$^/, /$^/),
  'kafka-get-offsets': () => reads('asks Kafka for offsets'),
  'kafka-run-class': () => isUnknown('runs a class of Kafka', { writes: [] }),
  'kafka-delete-records': () => destroys('deletes records of Kafka'),
  'kafka-console-consumer': call => {
    if (
      call.args.some(
        one =>
          one.value === '--group' ||
          one.value.startsWith('--group=') ||
          one.value === '--consumer-property',
      )
    ) {
      return changes('takes messages of Kafka as a member of a group');
    }
    return reads(
      'reads messages of Kafka',
      call.args.some(one => /^--(max-messages|timeout-ms)/.test(one.value))
        ? {}
        : {
            interactive: {
              kind: 'endless',
              because: 'goes on until it is stopped',
              remedy: {
                edits: [],
                boundedSeconds: 30,
                says: 'is stopped after 30 s',
              },
            },
          },
    );
  },
  'kafka-console-producer': call =>
    changes(
      'sends messages to Kafka',
      call.input
        ? {}
        : { interactive: needsTerminal('waits for what a person types') },
    ),
};

const etcdctl = verbTool(
  'etcdctl',
  {
    values:
      'endpoints cacert cert key user password command-timeout dial-timeout w write-out discovery-srv endpoint name initial-cluster data-dir',
    flags: 'cluster hex insecure-transport',
  },
  `
read | endpoint health, endpoint status, endpoint hashkv, member list, alarm list, check perf, check datascale, version, user list, user get, role list, role get, snapshot status, lease list, lease timetolive | looks at etcd
read secrets | get | reads {names} of etcd
read | watch | follows {names} of etcd
change | put, lease grant, lease keep-alive, member add, member update, member promote, user add, user grant-role, user passwd, role add, role grant-permission, auth enable, move-leader, defrag, alarm disarm, txn, lock, elect | changes etcd: {names}
destructive | del, compaction, compact, member remove, lease revoke, user delete, user revoke-role, role delete, role revoke-permission, auth disable, snapshot restore, rm, rmdir | removes from etcd: {names}
files | snapshot save | saves etcd into {names}
`,
);

const vault = verbTool(
  'vault',
  {
    values: 'address namespace format field mount version wrap-ttl',
    singleDash: true,
    flags: 'non-interactive tls-skip-verify',
  },
  `
read | status, list, kv list, kv metadata get, secrets list, auth list, policy list, policy read, audit list, operator members, operator raft list-peers, operator raft autopilot state, operator key-status, token lookup, token capabilities, version, path-help, plugin list, lease lookup, version-history | looks at Vault
read secrets | read, kv get, print token, unwrap | reads secret values of Vault: {names}
change secrets | token create, operator init, write, operator generate-root | changes Vault: {names}
change | kv put, kv patch, kv rollback, kv undelete, login, policy write, auth enable, auth tune, secrets enable, secrets tune, secrets move, operator unseal, operator rotate, operator rekey, operator step-down, operator raft join, operator raft snapshot, token renew, lease renew, audit enable, kv metadata put, patch, plugin register | changes Vault: {names}
files | operator raft snapshot save | saves Vault into {names}
destructive | delete, kv delete, kv destroy, kv metadata delete, operator seal, lease revoke, token revoke, policy delete, auth disable, secrets disable, audit disable, operator raft remove-peer, operator raft snapshot restore, plugin deregister | removes or seals in Vault: {names}
unknown | agent, server, proxy, ssh | starts something of Vault
`,
);

const consul = verbTool(
  'consul',
  {
    values:
      'http-addr token datacenter namespace partition ca-file client-cert client-key token-file format',
    singleDash: true,
    flags: 'detailed stale',
  },
  `
read | members, info, catalog services, catalog nodes, catalog datacenters, kv get, operator raft list-peers, operator autopilot get-config, operator autopilot state, version, validate, intention list, intention check, acl token list, acl policy list, acl role list, rtt, config list, config read, peering list, snapshot inspect, watch, monitor, debug | looks at Consul
change | kv put, kv import, services register, reload, join, maint, config write, intention create, acl bootstrap, acl token create, acl token update, acl policy create, acl policy update, operator autopilot set-config, operator raft transfer-leader, keyring, event, exec, lock, connect, peering establish | changes Consul: {names}
destructive | kv delete, services deregister, leave, force-leave, operator raft remove-peer, intention delete, config delete, acl token delete, acl policy delete, snapshot restore, peering delete | removes from Consul: {names}
files | snapshot save, kv export | saves Consul into {names}
`,
);

const rabbitmq = verbTool(
  'rabbitmqctl',
  {
    values: 'n node p vhost t timeout',
    flags: 'longnames silent s l formatter',
  },
  `
read | status, cluster_status, list_queues, list_exchanges, list_bindings, list_connections, list_channels, list_consumers, list_users, list_vhosts, list_permissions, list_policies, list_parameters, list_user_permissions, node_health_check, environment, report, ping, await_startup, version, list_unresponsive_queues, list_feature_flags, check_running, check_port_connectivity, check_local_alarms, check_alarms, memory_breakdown, check_if_node_is_quorum_critical, check_if_node_is_mirror_sync_critical, observer, quorum_status, listeners, alarms, cluster_links, list_shovels, shovel_status, federation_status, authenticate_user, eval_help, list_ciphers, check_virtual_hosts, list, is_running, list_topic_permissions, list_operator_policies, list_global_parameters | looks at RabbitMQ
change | add_user, change_password, set_user_tags, set_permissions, add_vhost, set_policy, set_parameter, start_app, join_cluster, set_cluster_name, set_vm_memory_high_watermark, set_disk_free_limit, sync_queue, cancel_sync_queue, enable_feature_flag, rotate_logs, enable, trace_on, trace_off, suspend_listeners, resume_listeners, set_log_level, change_cluster_node_type, set_topic_permissions, set_operator_policy, rebalance, grow, close_all_connections, await_online_nodes, set_global_parameter, add_member | changes RabbitMQ: {names}
destructive | delete_user, delete_vhost, delete_queue, purge_queue, clear_policy, clear_permissions, clear_parameter, close_connection, stop_app, stop, shutdown, reset, force_reset, forget_cluster_node, force_boot, delete_shovel, disable, shrink, delete_member, clear_topic_permissions, drain, restart_vhost, delete | removes or stops in RabbitMQ: {names}
unknown | eval, exec | runs a program in RabbitMQ
`,
);

const nodetool = verbTool(
  'nodetool',
  {
    values: 'h host p port u username pw password pwf password-file',
    flags: '',
  },
  `
read | status, info, ring, describecluster, describering, tpstats, tablestats, cfstats, compactionstats, compactionhistory, gossipinfo, netstats, proxyhistograms, tablehistograms, cfhistograms, version, getendpoints, gettimeout, getcompactionthroughput, getstreamthroughput, getlogginglevels, listsnapshots, statusbinary, statusgossip, statushandoff, statusthrift, failuredetector, toppartitions, getsstables, gcstats, viewbuildstatus, help, datapaths, getconcurrentcompactors, rangekeysample, profileload | looks at Cassandra
change | flush, repair, cleanup, compact, drain, scrub, setcompactionthroughput, setstreamthroughput, settimeout, setlogginglevel, enablebinary, disablebinary, enablegossip, disablegossip, enableautocompaction, disableautocompaction, snapshot, rebuild, upgradesstables, refresh, reloadlocalschema, resetlocalschema, stop, enablehandoff, disablehandoff, pausehandoff, resumehandoff, settraceprobability, garbagecollect, relocatesstables, setconcurrentcompactors, invalidatekeycache, invalidaterowcache, join, enablebackup, disablebackup, import | changes Cassandra: {names}
destructive | decommission, removenode, assassinate, clearsnapshot, truncatehints, stopdaemon, move, bootstrap | removes or stops in Cassandra: {names}
`,
);

const influx = verbTool(
  'influx',
  {
    values:
      'host port username password database execute precision format org o token t org-id bucket b',
    flags: 'ssl unsafeSsl',
  },
  `
read | ping, bucket list, org list, query, version, auth list, user list, task list | looks at InfluxDB
change | write, bucket create, org create, user create, auth create, task create, config, setup, restore, user password, bucket update, apply | changes InfluxDB: {names}
destructive | delete, bucket delete, org delete, user delete, auth delete, task delete | deletes in InfluxDB: {names}
files | backup | saves InfluxDB into {names}
`,
);

/** Clients of databases and message brokers. */
export const databaseTools: Record<string, ToolRule> = {
  psql,
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
  mysql,
  mariadb: mysql,
  sqlite3: (call, scene) => {
    const options = parseOptions(call.args, {
      singleDash: true,
      values: 'cmd init separator newline',
    });
    const query = options.operands.slice(1);
    if (query.length > 0)
      return combined(
        query.map(one => {
          if (/^\./.test(one.value)) {
            if (
              /^\.(tables|schema|dump|databases|indexes|mode|headers|show|help|timeout)\b/.test(
                one.value,
              )
            ) {
              return reads('looks at a database');
            }
            return isUnknown('runs a command of sqlite', { writes: [] });
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
  'clickhouse-client': sqlClient({
    name: 'ClickHouse',
    values:
      'q query h host port u user password d database f format queries-file',
    query: ['q', 'query'],
    file: ['queries-file'],
    password: [],
  }),
  sqlcmd: sqlClient({
    name: 'SQL Server',
    values: 'S U P d Q q i o',
    query: ['Q', 'q'],
    file: ['i'],
    output: ['o'],
  }),
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
  mysqldump: dump(
    'h host P port u user r result-file T tab S socket where w ignore-table defaults-file defaults-extra-file',
    ['r', 'result-file'],
  ),
  mariadb_dump: dump('h host P port u user r result-file', [
    'r',
    'result-file',
  ]),
  mongodump: dump(
    'host port u username p password db d collection c out o archive uri',
    ['o', 'out'],
  ),
  mongoexport: dump(
    'host port u username p password db d collection c out o uri q query f fields type',
    ['o', 'out'],
  ),
  pg_isready: () => reads('asks whether PostgreSQL answers'),
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
    if (/^(drop|shutdown|kill|flush-\w+|stop-\w+)$/.test(verb.value))
      return destroys(`does ${scene.show(verb.value)} in MySQL`, prompt);
    return changes(
      `does ${options.operands
        .map(one => scene.show(one.value))
        .join(' ')} in MySQL`,
      prompt,
    );
  },
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
  mongorestore: (call, scene) =>
    destroys(
      `restores a dump into MongoDB (${call.args
        .map(one => scene.show(one.value))
        .join(' ')
        .slice(0, 80)})`,
    ),
  mongoimport: () => changes('imports data into MongoDB'),
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
      ? destroys('drops and fills tables for a benchmark')
      : changes('puts load on a database'),
  pg_ctl: (call, scene) => pgControl(call, scene),
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
  'redis-cli': redis,
  'valkey-cli': redis,
  'keydb-cli': redis,
  mongosh: mongo,
  mongo,
  etcdctl,
  etcdutl: etcdctl,
  vault,
  bao: vault,
  consul,
  rabbitmqctl: rabbitmq,
  'rabbitmq-diagnostics': rabbitmq,
  'rabbitmq-queues': rabbitmq,
  'rabbitmq-plugins': rabbitmq,
  'rabbitmq-upgrade': rabbitmq,
  rabbitmqadmin: verbTool(
    'rabbitmqadmin',
    {
      values:
        'H host P port u username p password V vhost c config N node f format',
      flags: 's ssl k',
    },
    `
read | list, show | looks at RabbitMQ
files | export | saves the definitions of RabbitMQ
change | declare, publish, import | changes RabbitMQ: {names}
destructive | delete, close, purge, get | removes from RabbitMQ: {names}
`,
  ),
  nodetool,
  influx,
  ...kafkaTools,
  ...Object.fromEntries(
    Object.entries(kafkaTools).map(([name, rule]) => [`${name}.sh`, rule]),
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
