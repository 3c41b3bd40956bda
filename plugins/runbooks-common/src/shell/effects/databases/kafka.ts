import { endless, needsTerminal } from '../interactive';
import { parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { changes, destroys, isUnknown, reads } from '../verdict';

function kafka(
  readOptions: RegExp,
  changeOptions: RegExp,
  destroyOptions: RegExp,
): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, {
      values:
        'bootstrap-server zookeeper topic group command-config config partitions replication-factor entity-type entity-name add-config delete-config max-messages partition offset timeout-ms timeout to-offset to-datetime shift-by by-duration from-file reassignment-json-file topics-to-move-json-file offset-json-file election-type broker-list path-to-json-file throttle producer.config consumer.config property formatter',
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
    if (options.has('reset-offsets') && !options.has('execute'))
      return reads(`shows what offsets ${on || 'a group'} would get`);
    if (destroyOptions.test(names))
      return destroys(
        `${options.has('delete', 'remove') ? 'deletes' : 'resets or stops'} ${
          on || 'something'
        } in Kafka`,
      );
    if (changeOptions.test(names))
      return changes(`changes ${on || 'something'} in Kafka`);
    return readOptions.test(names)
      ? reads(`asks Kafka about ${on || 'what it holds'}`)
      : isUnknown(`what ${call.tool} does is not known`, { writes: [] });
  };
}

const scripts: Record<string, ToolRule> = {
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
  'kafka-preferred-replica-election': () =>
    changes('moves leaders of Kafka back to where they belong'),
  'kafka-run-class': call =>
    /(GetOffsetShell|ConsumerOffsetChecker|DumpLogSegments|JmxTool)$/.test(
      call.args[0]?.value ?? '',
    )
      ? reads('asks Kafka for offsets')
      : isUnknown('runs a class of Kafka', { writes: [] }),
  'kafka-delete-records': () => destroys('deletes records of Kafka'),
  'kafka-server-stop': () => destroys('stops a broker of Kafka'),
  'kafka-server-start': () => changes('starts a broker of Kafka'),
  'zookeeper-server-stop': () => destroys('stops ZooKeeper'),
  'zookeeper-server-start': () => changes('starts ZooKeeper'),
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
            interactive: endless('goes on until it is stopped'),
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

/** Kafka: its scripts, with and without their `.sh`. */
export const kafkaTools: Record<string, ToolRule> = Object.fromEntries(
  Object.entries(scripts).flatMap(([name, rule]) => [
    [name, rule],
    [`${name}.sh`, rule],
  ]),
);
