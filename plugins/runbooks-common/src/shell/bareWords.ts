import { type Mask, maskAt } from './masks';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type SimpleCommand,
} from './parse';

/** Commands whose upper-case words mean what they say: texts, patterns, names of variables and signals. */
const LITERAL_TOOLS = new Set(
  (
    'echo printf grep egrep fgrep zgrep rg ag sed awk gawk jq yq export unset printenv env set declare local readonly ' +
    'redis-cli valkey-cli psql mysql mongo mongosh cqlsh sqlite3 kill pkill killall test [ trap date read let tr sort ' +
    'read case logger ulimit stty git nodetool etcdctl'
  ).split(' '),
);

const NOUNS =
  'NAME ID IDS NAMESPACE POD NODE HOST HOSTNAME IP PORT SERVICE SVC CLUSTER USER USERNAME PASSWORD PASS TOKEN KEY PATH FILE ' +
  'FILENAME URL URI VERSION TAG IMAGE REGION ZONE PROJECT ACCOUNT BUCKET TABLE DATABASE DB GROUP ROLE TOPIC QUEUE SECRET ' +
  'RELEASE CHART DEPLOYMENT CONTAINER ENVIRONMENT DOMAIN EMAIL DIR DIRECTORY DATE TIMESTAMP ADDRESS NUMBER ARN HASH SHA ' +
  'COMMIT BRANCH REPO REPOSITORY APP APPLICATION INSTANCE VOLUME DISK SNAPSHOT BACKUP JOB PVC PV CONFIGMAP INGRESS ' +
  'CERTIFICATE REPLICAS REVISION COMPONENT STACK SUBSCRIPTION TENANT WORKSPACE VALUE HERE TYPE';
const NOUN = new Set(NOUNS.split(' '));
const SINGLE = new Set(
  (
    'NAME NAMESPACE POD PODNAME NODE NODENAME HOST HOSTNAME SERVICE CLUSTER USERNAME PASSWORD TOKEN FILENAME VERSION REGION ' +
    'ZONE PROJECT BUCKET DATABASE RELEASE DEPLOYMENT CONTAINER DOMAIN REVISION INSTANCE ACCOUNT REPLICAS BRANCH TOPIC ' +
    'SNAPSHOT_ID PVC CHANGEME CHANGE_ME REPLACE_ME TODO_ FIXME_ ENVIRONMENT APPLICATION'
  ).split(' '),
);
const MY_KINDS =
  'pod|namespace|service|svc|deployment|deploy|node|cluster|release|bucket|pvc|secret|configmap|image|registry|project|container|job|cronjob|statefulset|daemonset|ingress|context|host|server|domain|token|password|user|database|instance|region|release-name|chart|pod-name|app-name|service-name|namespace-name|cluster-name|repo|branch|stack';

/** What is a placeholder wherever it stands in an argument, quoted or not. */
const ANYWHERE = [
  {
    pattern:
      /(?<![A-Za-z0-9_])(?:YOUR|MY)_[A-Z0-9]+(?:_[A-Z0-9]+)*(?![A-Za-z0-9_=])/g,
  },
  {
    pattern:
      /(?<![A-Za-z0-9_-])[Yy]our[-_][A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?![A-Za-z0-9_])/g,
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z0-9_-])my-(?:${MY_KINDS})(?![A-Za-z0-9_-])`,
      'g',
    ),
  },
  {
    pattern:
      /(?<![A-Za-z0-9_])(?:CHANGE_?ME|REPLACE_?ME|REPLACE_WITH_[A-Z_]+)(?![A-Za-z0-9_])/g,
  },
  {
    pattern: /(?<![A-Za-z0-9_-])[vV]?[Xx]\.[XxYy]\.[XxYyZz](?![A-Za-z0-9_])/g,
    name: 'VERSION',
  },
  {
    pattern:
      /(?<![A-Za-z%])YYYY-?MM-?DD(?:[-T_]?HH:?MM(?::?SS)?)?(?![A-Za-z])/g,
    name: 'DATE',
  },
  {
    pattern:
      /(?<![A-Za-z0-9_-])(?:[a-z0-9]+-)+(?:x{3,}|X{3,})(?:-(?:x{3,}|X{3,}))*(?![A-Za-z0-9_-])/g,
  },
  {
    pattern:
      /(?<![A-Za-z0-9_.-])(?:X{3,}|x{4,})(?:-(?:X{3,}|x{4,}))*(?![A-Za-z0-9_-])/g,
  },
];

/** Unquoted upper-case words of an argument, up to the end of a part of it. */
const UPPER = /(?:^|[=:/@,])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?=$|[:/@,.])/g;

/**
 * Placeholders that look like ordinary words: `POD_NAME`, `your-namespace`, `XXX`, `auth-service-xxxx`, `vX.X.X`.
 *
 * Only in arguments, never in names of commands and options, and not where upper case means something by itself.
 */
export function bareMasks(script: ShellScript, text: string): Mask[] {
  const masks: Mask[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100 || (node.type === 'Script' && node.source !== undefined))
      return;
    if (node.type === 'Command') collectCommand(node, text, masks);
    if (node.type === 'HereDocBody')
      collectAnywhere(text, node.pos, node.end, masks);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  masks.sort((a, b) => a.start - b.start);
  return masks.filter(
    (mask, index) => index === 0 || mask.start >= masks[index - 1].end,
  );
}

function collectCommand(
  command: SimpleCommand,
  text: string,
  masks: Mask[],
): void {
  const tool = command.name?.value ?? '';
  const literal = LITERAL_TOOLS.has(tool);
  const setsEnvironment = /\bset env\b/.test(
    text.slice(command.pos, Math.min(command.end, command.pos + 200)),
  );
  command.args.forEach((arg, index) => {
    if (arg.type !== 'Word') {
      collectAnywhere(text, arg.value.pos, arg.value.end, masks);
      return;
    }
    const before = command.args[index - 1];
    const isEnvironment =
      before?.type === 'Word' &&
      /^(-e|--env|-X|--request|-v|--signal|-s)$/.test(before.text);
    if (!literal || tool === 'echo' || tool === 'psql' || tool === 'git')
      collectAnywhere(text, arg.pos, arg.end, masks);
    if (!literal && !isEnvironment && !setsEnvironment)
      collectUpper(arg.text, arg.pos, text, masks);
  });
  for (const part of command.prefix) {
    if (part.type === 'Assignment')
      collectAnywhere(text, part.value.pos, part.value.end, masks);
  }
}

function collectAnywhere(
  text: string,
  start: number,
  end: number,
  masks: Mask[],
): void {
  const written = text.slice(start, end);
  if (/^-[A-Za-z-]*$/.test(written) || /\$\(|`/.test(written)) return;
  for (const { pattern, name } of ANYWHERE) {
    pattern.lastIndex = 0;
    for (const match of written.matchAll(pattern)) {
      const at = start + match.index;
      if (/[$\\{]/.test(text[at - 1] ?? '')) continue;
      const mask = maskAt(text, at, at + match[0].length, match[0], 'bare');
      masks.push(name ? { ...mask, parameter: name } : mask);
    }
  }
}

function collectUpper(
  word: string,
  start: number,
  text: string,
  masks: Mask[],
): void {
  if (/["'`$\\]/.test(word)) return;
  UPPER.lastIndex = 0;
  for (const match of word.matchAll(UPPER)) {
    const name = match[1];
    if (!isUpperPlaceholder(name)) continue;
    const at = start + match.index + match[0].length - name.length;
    masks.push(maskAt(text, at, at + name.length, name, 'bare'));
  }
}

function isUpperPlaceholder(name: string): boolean {
  const parts = name.split('_');
  return parts.length === 1
    ? SINGLE.has(name)
    : NOUN.has(parts[parts.length - 1]) || NOUN.has(parts[0]);
}
