import { ruleFor } from './effects/judgeTool';
import { callsKnownTool } from './lineKinds';

/** A prompt at the beginning of a line. */
export interface Prompt {
  /** How many characters it takes, blanks before the command included. */
  length: number;
  /** What follows is for a shell; else what it is for: `sql`, `redis`, `powershell`, ... */
  language: 'shell' | string;
  /** Without others of its kind it could be something else: `# `, `> `. */
  weak: boolean;
}

const SHELL_PROMPTS: RegExp[] = [
  // $ kubectl get pods
  /^\s*\$ +(?=\S)/,
  // user@host:~$ ls      [root@db1 ~]# ls      (venv) me@mac dir % ls
  /^\s*(?:\([\w.-]+\)\s*)?\[?[A-Za-z_][\w.-]*@[\w.-]+(?:[:\s][^\]$#%>\n"'|;&]{0,60})?\]?\s?[$#%>](?:\s+(?=\S)|(?=[a-z]))/,
  // bastion.example.org:~$ ls      db1:/var/log# ls
  /^\s*[A-Za-z][\w.-]*:[~/][\w/.-]*\s?[$#%]\s+(?=\S)/,
  // sh-4.4# ls
  /^\s*(?:sh|bash|zsh)-\d[\d.]*[$#]\s*(?=\S)/,
  // / # ls     /app $ ls
  /^\s*\/[\w/.-]*\s?[#$]\s+(?=\S)/,
  // ~/src $ ls
  /^\s*~[\w/.-]*\s?[$#%]\s+(?=\S)/,
  /^\s*[❯»›λ]\s+(?=\S)/,
  // host$ ls
  /^\s*[a-z][\w.-]*\$\s+(?=\S)/,
  /^\s*%\s+(?=[a-z./])/,
  // [user@host] ls
  /^\s*bash\$\s+(?=\S)/,
];

const OTHER_PROMPTS: Array<[RegExp, string]> = [
  [/^\s*PS\s+[A-Z]:[^>\n]*>/, 'powershell'],
  [/^\s*PS>\s/, 'powershell'],
  [/^\s*[A-Z]:\\[^>\n]*>/, 'batch'],
  [
    /^\s*(?:mysql|MariaDB \[[^\]]*\]|MySQL|sqlite|SQL|cqlsh(?::\w+)?|hive|spark-sql|ksql|presto|trino|cypher)\s?>/,
    'sql',
  ],
  [/^\s*(?:[\w-]+|\w+@[\w.-]+)[=('-][#>](?:\s|$)/, 'sql'],
  [/^\s*(?:redis|valkey)[\w .:[\]-]*>/i, 'redis'],
  [/^\s*(?:\d{1,3}\.){3}\d{1,3}:\d+(?:\[\d+\])?>/, 'redis'],
  [/^\s*[\w.-]+:\d{4,5}(?:\[\d+\])?>/, 'redis'],
  [/^\s*(?:>>>|\.\.\.)\s/, 'python'],
  [/^\s*In \[\d+\]:/, 'python'],
  [/^\s*irb\([^)]*\)[^>]*>/, 'ruby'],
  [/^\s*(?:iex|erl)\(\d+\)>/, 'elixir'],
  [
    /^\s*(?:mongo\w*|rs\d*:\w+|[\w-]+ \[(?:primary|direct: \w+|secondary)\]\s*\w*|test|admin)\s?>/,
    'mongodb',
  ],
  [/^\s*\(gdb\)\s/, 'gdb'],
  [
    /^\s*(?:influx|etcd|zk|sftp|ftp|telnet|lftp|ldap|vtysh|gremlin|nats|rabbitmq)\s?>/,
    'a client',
  ],
];

/** The prompt that a line begins with, if it does. */
export function promptOf(line: string): Prompt | undefined {
  for (const [pattern, language] of OTHER_PROMPTS) {
    const match = pattern.exec(line);
    if (match) return { length: match[0].length, language, weak: false };
  }
  for (const pattern of SHELL_PROMPTS) {
    const match = pattern.exec(line);
    if (match)
      return { length: match[0].length, language: 'shell', weak: false };
  }
  return arrowPrompt(line) ?? hostPrompt(line) ?? weakPrompt(line);
}

//   ➜  ~ kubectl get pods        ➜  app git:(main) ✗ ls
function arrowPrompt(line: string): Prompt | undefined {
  const match =
    /^\s*➜\s+(?:([~\w/.-]+)\s+)?(?:git:\([^)]*\)\s*(?:[✗✔]\s*)?)?(?=\S)/.exec(
      line,
    );
  if (!match) return undefined;
  const isCommand =
    match[1] !== undefined &&
    ruleFor(match[1]) !== undefined &&
    !/git:\(/.test(match[0]);
  const length = isCommand ? line.indexOf(match[1]) : match[0].length;
  return { length, language: 'shell', weak: false };
}

//   $mac kubectl get pods        $kubectl get pods
function hostPrompt(line: string): Prompt | undefined {
  const match = /^\s*\$([a-z][a-z0-9-]*)(\s+)(\S+)/.exec(line);
  if (!match) return undefined;
  const [whole, word, gap, next] = match;
  if (ruleFor(word))
    return { length: whole.indexOf('$') + 1, language: 'shell', weak: false };
  if (
    /^(mac|dev|local|laptop|host|vm|server|node|bastion|jump|pod|container|prod|staging|client|master|worker|user|me|cloud|remote|desktop)$/.test(
      word,
    ) &&
    ruleFor(next)
  ) {
    return {
      length: whole.length - next.length,
      language: 'shell',
      weak: false,
    };
  }
  void gap;
  return undefined;
}

function weakPrompt(line: string): Prompt | undefined {
  const match = /^\s*([#>])\s+(\S+)(\s+\S|$)/.exec(line);
  if (!match) return undefined;
  const word = match[2];
  const strong =
    /^(?:kubectl|helm|docker|oc|curl|systemctl|aws|gcloud|az|psql|git|ssh|sudo|cd|ls|cat|apt|apt-get|yum|dnf|journalctl|grep|vi|vim|ceph|etcdctl|crictl|terraform|export|echo|openssl|kubeadm|podman|mount|ps|df|tail|rm|cp|mv|wget|npm|pip|nodetool|rabbitmqctl|zpool|zfs|ip)$/.test(
      word,
    );
  if (!strong && !callsKnownTool(line.replace(/^\s*[#>]\s+/, '')))
    return undefined;
  return {
    length:
      line.indexOf(match[1]) +
      1 +
      /^\s*/.exec(line.slice(line.indexOf(match[1]) + 1))![0].length,
    language: 'shell',
    weak: true,
  };
}
