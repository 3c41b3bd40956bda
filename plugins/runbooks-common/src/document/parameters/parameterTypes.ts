import type { ParameterType } from '../model';

interface TypeRule {
  type: ParameterType;
  name: RegExp;
  suggestions?: string[];
}

const KINDS = ['deployment', 'statefulset', 'daemonset'];

/** What a parameter must look like, by its name in upper snake case; the first rule that matches decides. */
const RULES: TypeRule[] = [
  {
    type: 'secret',
    name: /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|PW|PWD|TOKEN|SECRET(?:_(?:KEY|VALUE))?|API_?KEY|APIKEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?|LICEN[SC]E_KEY|DATABASE_URL|CONNECTION_STRING|DSN)$/,
  },
  { type: 'namespace', name: /(?:^|_)(?:NAMESPACE|NS)(?:_NAME)?$/ },
  { type: 'pod', name: /(?:^|_)PODS?(?:_?(?:NAME|ID|\d))?$/ },
  { type: 'deployment', name: /(?:^|_)DEPLOY(?:MENT)?(?:_NAME)?$/ },
  { type: 'service', name: /(?:^|_)(?:SERVICE|SVC)(?:_NAME)?$/ },
  { type: 'node', name: /(?:^|_)NODE(?:_?(?:NAME|\d))?$/ },
  { type: 'container', name: /(?:^|_)CONTAINER(?:_NAME)?$/ },
  {
    type: 'kind',
    name: /(?:^|_)(?:KIND|WORKLOAD_(?:KIND|TYPE)|RESOURCE_(?:KIND|TYPE))$/,
    suggestions: KINDS,
  },
  {
    type: 'replicas',
    name: /(?:^|_)(?:REPLICAS?(?:_COUNT)?|REPLICA_COUNT|NUM_REPLICAS|DESIRED_REPLICAS)$/,
  },
  { type: 'image', name: /(?:^|_)IMAGE(?:_?(?:NAME|URL|REF))?$/ },
  {
    type: 'version',
    name: /(?:^|_)(?:VERSION|TAG|RELEASE_VERSION|REVISION|COMMIT|SHA|BRANCH|DIGEST)$/,
  },
  { type: 'port', name: /(?:^|_)PORT(?:_NUMBER)?$/ },
  {
    type: 'duration',
    name: /(?:^|_)(?:DURATION|TIMEOUT|INTERVAL|SINCE|WINDOW|PERIOD|TTL)$/,
  },
  { type: 'url', name: /(?:^|_)(?:URL|URI|ENDPOINT_URL|LINK)$/ },
  {
    type: 'path',
    name: /(?:^|_)(?:PATH|FILE|FILENAME|FILE_NAME|FILEPATH|DIR|DIRECTORY|FOLDER|MANIFEST|BACKUP_FILE)$/,
  },
  {
    type: 'integer',
    name: /(?:^|_)(?:COUNT|NUMBER|NUM|SIZE|LIMIT|MIN|MAX|N|PID|LINES|ORDINAL|INDEX|PARTITIONS?)$/,
  },
  {
    type: 'kubernetes-name',
    name: /(?:^|_)(?:STATEFULSET|STS|DAEMONSET|DS|CONFIGMAP|CONFIG_MAP|INGRESS|PVC|PV|HPA|JOB|CRONJOB|SECRET_NAME|WORKLOAD|RESOURCE|APP|APPLICATION|HELM_RELEASE|RELEASE|CERTIFICATE|CERT|SERVICE_ACCOUNT|REPLICASET|STORAGECLASS)(?:_NAME)?$/,
  },
];

/** The type that a name tells, with values worth offering. A name that tells nothing is text. */
export function typeOfParameter(name: string): {
  type: ParameterType;
  suggestions: string[];
} {
  const rule = RULES.find(({ name: pattern }) => pattern.test(name));
  return { type: rule?.type ?? 'text', suggestions: rule?.suggestions ?? [] };
}

/** A name as people read it: POD_NAME is "pod name", YYYYMMDD is "date as YYYYMMDD". */
export function labelOfParameter(name: string): string {
  if (/^YYYY/.test(name)) return `date as ${name.replace(/_/g, '-')}`;
  return name.toLowerCase().replace(/_+/g, ' ').trim();
}
