import type { Argument } from '../../words';
import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Scene, ToolRule } from '../scene';
import {
  changes,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';

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
      interactive: endless('goes on until it is stopped'),
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
  if (name === 'ACL' && words[2]?.value.toUpperCase() === 'RESET')
    return changes(`resets figures of Redis: ${says}`);
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
    const script = scene.show(second?.value ?? '');
    return /redis\.p?call\(\s*['"](del|unlink|flush\w*|ltrim|hdel|srem|zrem\w*)['"]/i.test(
      script,
    )
      ? destroys(`removes data from Redis by a script: ${script.slice(0, 80)}`)
      : isUnknown('runs a script in Redis', { writes: [] });
  }
  if (name === 'ACL')
    return /^(LIST|WHOAMI|GETUSER|USERS|CAT|LOG)$/.test(sub)
      ? reads(`asks Redis: ${says}`)
      : changes(`changes users of Redis: ${says}`);
  if (name === 'DEBUG')
    return isUnknown(`does ${says} in Redis`, { writes: [] });
  if (name === 'MONITOR')
    return reads('follows what Redis does', {
      interactive: endless('`MONITOR` goes on until it is stopped'),
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

/** Redis and what speaks as it does. */
export const redisTools: Record<string, ToolRule> = {
  'redis-cli': redis,
  'valkey-cli': redis,
  'keydb-cli': redis,
};
