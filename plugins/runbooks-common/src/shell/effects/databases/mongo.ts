import type { Argument } from '../../words';
import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import {
  changes,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import { dump } from './dump';

const MONGO_DESTROYS =
  /\.(drop\w*|deleteOne|deleteMany|remove|findOneAndDelete|findAndModify|dropDatabase|dropIndexes|dropUser|shutdownServer|killOp|compact)\s*\(|replSetReconfig|forceShutdown|\bshutdown\b/;

const MONGO_CHANGES =
  /\.(insert\w*|update\w*|replaceOne|save|create\w*|renameCollection|bulkWrite|findOneAnd\w+|grant\w*|revoke\w*|stepDown|reconfig|initiate|add|addArb|freeze|setProfilingLevel|fsync\w*|enableSharding|shardCollection|moveChunk|startBalancer|stopBalancer|setBalancerState|mapReduce|setFeatureCompatibilityVersion|adminCommand|runCommand|auth|changeUserPassword|convertToCapped|reIndex|cloneCollection)\s*\(|\$out\b|\$merge\b/;

/** The last bracket of a statement ends the arguments: they may be anything, and nothing that matters stands behind. */
const MONGO_READS =
  /^(?:(?:print(?:json)?|JSON\.stringify|tojson|quit|exit)\s*\(|\s|;|\)|rs\.(?:status|conf|printReplicationInfo|printSecondaryReplicationInfo|printSlaveReplicationInfo|isMaster|hello|secondaryOk|slaveOk)\(\)|sh\.(?:status|getBalancerState|isBalancerRunning)\(\)|db\.(?:stats|serverStatus|currentOp|getCollectionNames|getCollectionInfos|hostInfo|version|getName|printReplicationInfo|getReplicationInfo|isMaster|hello|getUsers|getProfilingStatus|getMongo)\((?=([^;]*\)))\1|show\s+\w+|db(?:\.getSiblingDB\(['"][\w-]+['"]\))?(?:\.[\w$]+|\.getCollection\(['"][\w.-]+['"]\))?\.(?:find|findOne|count|countDocuments|estimatedDocumentCount|distinct|stats|getIndexes|aggregate|totalSize|dataSize|storageSize|explain)\((?=([^;]*\)))\2|\.(?:map|filter|forEach)\(\(?\w+\)?\s*=>\s*(?:\w+(?:\.\w+)*|\(?\{[\w\s:.,'"]*\}\)?|print(?:json)?\(\w+(?:\.\w+)*\))\)|\.(?:ok|members|connections|localTime|uptime|state\w*|length|mem|opcounters|locks|map|host|hosts|primary|ismaster)\b)*$/;

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

function judgeMongo(script: Argument | undefined, scene: Scene): Verdict {
  if (!script)
    return isUnknown('what MongoDB is told is not known', { writes: [] });
  scene.interpretsAgain(script, 'a script of MongoDB');
  const text = scene.show(script.value);
  const short = text.replace(/\s+/g, ' ').slice(0, 100);
  if (MONGO_DESTROYS.test(text))
    return destroys(`deletes or stops in MongoDB: ${short}`);
  if (
    /adminCommand\s*\(['"{\s]*(ping|replSetGetStatus|serverStatus|listDatabases|isMaster|hello|buildInfo|getParameter|hostInfo)/.test(
      text,
    ) &&
    !script.spliced
  )
    return reads(`asks MongoDB: ${short}`);
  if (
    /runCommand\s*\(['"{\s]*(ping|serverStatus|connectionStatus|dbStats|collStats|isMaster|hello|buildInfo)/.test(
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

/** MongoDB. */
export const mongoTools: Record<string, ToolRule> = {
  mongosh: mongo,
  mongostat: follows,
  mongotop: follows,
  mongo,
  mongodump: dump(
    'host port u username p password db d collection c out o archive uri',
    ['o', 'out'],
  ),
  mongoexport: dump(
    'host port u username p password db d collection c out o uri q query f fields type',
    ['o', 'out'],
  ),
  mongorestore: (call, scene) =>
    destroys(
      `restores a dump into MongoDB (${call.args
        .map(one => scene.show(one.value))
        .join(' ')
        .slice(0, 80)})`,
    ),
  mongoimport: () => changes('imports data into MongoDB'),
};

function follows(call: Call): Verdict {
  return reads(
    'shows what MongoDB is busy with',
    call.args.some(one => /^(-n|--rowcount)/.test(one.value))
      ? {}
      : {
          interactive: endless(`\`${call.tool}\` goes on until it is stopped`),
        },
  );
}
