import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { changes, destroys, isUnknown, reads, type Verdict } from '../verdict';
import { verbTool } from '../verbTable';

/** Other clients of message brokers and of what coordinates them. */
export const messagingTools: Record<string, ToolRule> = {
  kcat,
  kafkacat: kcat,
  rpk: verbTool(
    'rpk',
    { values: 'brokers b X config profile user password', flags: 'v verbose' },
    `
read | cluster health, cluster info, cluster metadata, cluster status, cluster config get, cluster config export, cluster config status, cluster partitions list, cluster logdirs describe, topic list, topic describe, group list, group describe, group lag, acl list, user list, security acl list, security user list, version, registry subject list, registry schema list, cluster maintenance status, cluster storage list-mount | looks at Redpanda: {names}
read | topic consume | reads messages of {names}
change | topic create, topic alter-config, topic add-partitions, topic produce, group seek, acl create, user create, security acl create, security user create, cluster config set, cluster config import, cluster config edit, cluster maintenance enable, cluster maintenance disable, cluster partitions move, cluster partitions balance, cluster partitions transfer-leadership, redpanda start, registry schema create | changes Redpanda: {names}
destructive | topic delete, topic trim-prefix, group delete, group offset-delete, acl delete, user delete, security acl delete, security user delete, redpanda stop, redpanda admin brokers decommission, registry subject delete, cluster storage unmount | removes from Redpanda: {names}
`,
  ),
  nats: verbTool(
    'nats',
    {
      values: 's server user password creds nkey context timeout count',
      flags: '',
      after: (judged, options, _call, _scene, verb) =>
        /^(sub|subscribe|events)$/.test(verb) && !options.has('count')
          ? {
              ...judged,
              interactive: endless(
                `\`nats ${verb}\` goes on until it is stopped`,
              ),
            }
          : judged,
    },
    `
read | sub, subscribe, events, rtt, latency, stream ls, stream list, stream info, stream report, stream state, stream view, stream get, stream subjects, stream find, str ls, str info, consumer ls, consumer info, consumer report, con ls, con info, kv ls, kv get, kv status, kv history, object ls, object info, server ls, server list, server info, server ping, server report, server check, server check connection, server check stream, account info, context ls, context info, service ls, service info | looks at NATS: {names}
files | context add, context save, context select, stream backup, object get | prepares this machine
change | pub, publish, request, req, reply, stream add, stream edit, stream copy, stream seal, stream cluster, consumer add, consumer edit, consumer next, consumer pause, consumer resume, kv add, kv put, kv create, kv update, object put, object add, server raft, bench | changes NATS: {names}
destructive | stream rm, stream delete, stream purge, stream rmm, stream restore, str rm, str purge, consumer rm, consumer delete, con rm, kv del, kv purge, kv rm, object rm, context rm | removes from NATS: {names}
`,
  ),
  'zkCli.sh': zookeeper,
  zkCli: zookeeper,
  'zookeeper-shell.sh': zookeeper,
  'zookeeper-shell': zookeeper,
};

function kcat(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'b t p o c e_ G X F k D K s r m f H z',
  });
  const topic = options.value('t');
  const says = topic ? scene.show(topic.value) : 'Kafka';
  if (isOn(options, 'L', 'Q')) return reads(`looks at ${says}`);
  if (isOn(options, 'P'))
    return changes(
      `sends messages to ${says}`,
      call.input
        ? {}
        : { interactive: needsTerminal('waits for what a person types') },
    );
  if (options.has('G'))
    return changes(`takes messages of ${says} as a member of a group`);
  return isOn(options, 'C')
    ? reads(
        `reads messages of ${says}`,
        isOn(options, 'e') || options.has('c')
          ? {}
          : { interactive: endless('goes on until it is stopped') },
      )
    : isUnknown(`reads messages of ${says}, or sends some`);
}

function zookeeper(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'server timeout waitforconnection client-configuration',
    singleDash: true,
  });
  const words = call.tool.startsWith('zookeeper')
    ? options.operands.slice(1)
    : options.operands;
  const [verb] = words;
  if (!verb)
    return isUnknown('opens ZooKeeper', {
      interactive: needsTerminal('waits for what a person types'),
    });
  const says = words.map(one => scene.show(one.value)).join(' ');
  if (verb.certainty !== 'exact' || options.unclear)
    return isUnknown('what ZooKeeper is told to do is not known');
  if (
    /^(ls2?|get|stat|getAcl|getEphemerals|getAllChildrenNumber|config|version)$/.test(
      verb.value,
    )
  )
    return reads(`asks ZooKeeper: ${says}`);
  return /^(delete|deleteall|rmr|delquota)$/.test(verb.value)
    ? destroys(`removes from ZooKeeper: ${says}`)
    : changes(`changes ZooKeeper: ${says}`);
}
