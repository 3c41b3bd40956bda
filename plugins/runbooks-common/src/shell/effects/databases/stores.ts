import { asks, endless, needsTerminal } from '../interactive';
import { isOn, type Options } from '../options';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, isUnknown } from '../verdict';

const etcdctl = verbTool(
  'etcdctl',
  {
    values:
      'endpoints cacert cert key user password command-timeout dial-timeout w write-out discovery-srv endpoint name initial-cluster data-dir',
    flags: 'cluster hex insecure-transport',
    after: (judged, options, _call, _scene, verb) =>
      verb === 'watch' && options.rest
        ? isUnknown('runs a command whenever a key of etcd changes')
        : judged,
  },
  `
read | endpoint health, endpoint status, endpoint hashkv, member list, alarm list, check perf, check datascale, version, user list, user get, role list, role get, snapshot status, lease list, lease timetolive | looks at etcd
read secrets | get | reads {names} of etcd
read | watch | follows {names} of etcd
change | put, lease grant, lease keep-alive, member add, member update, member promote, user add, user grant-role, user passwd, role add, role grant-permission, auth enable, move-leader, defrag, alarm disarm, txn, lock, elect | {does} in etcd: {names}
destructive | del, compaction, compact, member remove, lease revoke, user delete, user revoke-role, role delete, role revoke-permission, auth disable, snapshot restore, rm, rmdir | {does} in etcd: {names}
read files | snapshot save | saves etcd into {names}
`,
);

const vault = verbTool(
  'vault',
  {
    values: 'address namespace format field mount version wrap-ttl',
    singleDash: true,
    flags: 'non-interactive tls-skip-verify',
    after: (judged, options, call, _scene, verb) => {
      const made = verb === 'read' ? credentialsMade(options) : undefined;
      if (made) {
        return changes(`makes credentials by Vault: ${made}`, {
          secrets: true,
        });
      }
      return /^operator (unseal|rekey|generate-root)$/.test(verb) &&
        options.operands.length === 2 &&
        !call.input &&
        !isOn(options, 'init', 'status', 'cancel', 'reset')
        ? { ...judged, interactive: asks('asks for a key') }
        : judged;
    },
  },
  `
read | status, list, kv list, kv metadata get, secrets list, auth list, policy list, policy read, audit list, operator members, operator raft list-peers, operator raft autopilot state, operator key-status, token lookup, token capabilities, version, path-help, plugin list, lease lookup, version-history | looks at Vault
read secrets | read, kv get, print token | reads secret values of Vault: {names}
change secrets | unwrap, token create, operator init, write, operator generate-root | {does} in Vault: {names}
change | kv put, kv patch, kv rollback, kv undelete, login, policy write, auth enable, auth tune, secrets enable, secrets tune, secrets move, operator unseal, operator rotate, operator rekey, operator step-down, operator raft join, operator raft snapshot, token renew, lease renew, audit enable, kv metadata put, patch, plugin register | {does} in Vault: {names}
read files | operator raft snapshot save | saves Vault into {names}
destructive | delete, kv delete, kv destroy, kv metadata delete, lease revoke, token revoke, policy delete, auth disable, secrets disable, audit disable, operator raft remove-peer, operator raft snapshot restore, plugin deregister | {does} in Vault: {names}
destructive | operator seal | seals Vault: nobody gets secrets any more
unknown | agent, server, proxy, ssh | starts something of Vault
`,
);

/** `vault read database/creds/app`: reading there makes a new user. */
function credentialsMade(options: Options): string | undefined {
  return options.operands.find(({ value }) => /(?:^|\/)creds\//.test(value))
    ?.value;
}

const consul = verbTool(
  'consul',
  {
    values:
      'http-addr token datacenter namespace partition ca-file client-cert client-key token-file format',
    singleDash: true,
    flags: 'detailed stale',
  },
  `
read | members, info, catalog services, catalog nodes, catalog datacenters, kv get, operator raft list-peers, operator autopilot get-config, operator autopilot state, version, validate, intention list, intention check, acl token list, acl policy list, acl role list, rtt, config list, config read, peering list, snapshot inspect, monitor, debug | looks at Consul
change | kv put, kv import, services register, reload, join, maint, config write, intention create, acl bootstrap, acl token create, acl token update, acl policy create, acl policy update, operator autopilot set-config, operator raft transfer-leader, keyring, event, exec, lock, connect, peering establish | {does} in Consul: {names}
destructive | kv delete, services deregister, leave, force-leave, operator raft remove-peer, intention delete, config delete, acl token delete, acl policy delete, snapshot restore, peering delete | {does} in Consul: {names}
read files | snapshot save, kv export | saves Consul into {names}
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
change | flush, repair, cleanup, compact, drain, scrub, setcompactionthroughput, setstreamthroughput, settimeout, setlogginglevel, enablebinary, disablebinary, enablegossip, disablegossip, enableautocompaction, disableautocompaction, snapshot, rebuild, upgradesstables, refresh, reloadlocalschema, resetlocalschema, stop, enablehandoff, disablehandoff, pausehandoff, resumehandoff, settraceprobability, garbagecollect, relocatesstables, setconcurrentcompactors, invalidatekeycache, invalidaterowcache, join, enablebackup, disablebackup, import | {does} in Cassandra: {names}
destructive | decommission, removenode, assassinate, clearsnapshot, truncatehints, stopdaemon, move, bootstrap | {does} in Cassandra: {names}
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
change | write, bucket create, org create, user create, auth create, task create, config, setup, restore, user password, bucket update, apply | {does} in InfluxDB: {names}
destructive | delete, bucket delete, org delete, user delete, auth delete, task delete | {does} in InfluxDB: {names}
read files | backup | saves InfluxDB into {names}
`,
);

const nomad = verbTool(
  'nomad',
  {
    values:
      'address region namespace token ca-cert client-cert client-key filter t_ task job_ n tail-lines group',
    singleDash: true,
    flags: 'detach verbose json no-color stderr tail f yes',
    after: (judged, options, call, _scene, verb) => {
      if (/^(alloc )?exec$/.test(verb))
        return { ...judged, interactive: needsTerminal('opens a terminal') };
      if (/logs$/.test(verb) && isOn(options, 'f'))
        return {
          ...judged,
          interactive: endless('follows logs until it is stopped'),
        };
      return verb === 'node drain' &&
        call.args.some(one => one.value === '-disable')
        ? { ...judged, because: 'lets a node take work again' }
        : judged;
    },
  },
  `
read | status, job status, job history, job inspect, job plan, plan, job validate, validate, job deployments, job allocs, job list_, node status, alloc status, alloc logs, logs, alloc fs, fs, deployment status, deployment list, server members, operator raft list-peers, operator autopilot get-config, operator autopilot health, system_, eval status, eval list, volume status, namespace list, namespace status, var get, var list, acl token list, acl policy list, version, ui, monitor, service list, service info, inspect, operator scheduler get-config, check | looks at Nomad: {names}
change | job run, run, job dispatch, job revert, job promote, job scale, job periodic force, job restart, alloc restart, alloc signal, deployment promote, deployment resume, deployment pause, deployment unblock, node drain, node eligibility, node meta, system reconcile, operator autopilot set-config, operator scheduler set-config, operator raft transfer-leadership, namespace apply, var put, volume create, volume register, acl bootstrap, acl token create, acl policy apply, job eval, quota apply, plugin | {does} in Nomad: {names}
destructive | job stop, stop, alloc stop, deployment fail, system gc, operator raft remove-peer, operator snapshot restore, namespace delete, var purge, volume delete, volume deregister, volume detach, acl token delete, acl policy delete, server force-leave, quota delete | {does} in Nomad: {names}
read files | operator snapshot save | saves Nomad into {names}
unknown | alloc exec, exec, agent, job action, action | runs something in Nomad: {names}
`,
);

/** Stores that are driven by verbs. */
export const storeTools: Record<string, ToolRule> = {
  etcdctl,
  etcdutl: etcdctl,
  vault,
  bao: vault,
  consul,
  nodetool,
  influx,
  nomad,
};
