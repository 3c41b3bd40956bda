import { bareFormsIn } from './bareForms';
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
    'read case logger ulimit stty nodetool etcdctl'
  ).split(' '),
);

/** What they are given is looked for, so it may be any word. */
const SEARCHES =
  /^(?:e|f|z)?grep$|^(?:rg|ag|g?awk|jq|yq|test|\[|trap|date|read|let|tr|sort|case|logger|ulimit|stty|export|unset|printenv|env|set|declare|local|readonly|p?kill|killall|nodetool|etcdctl)$/;

/** Databases: words of a query mean what they say, values of these options do not. */
const DATABASE_TOOLS =
  /^(?:psql|mysql|mongo|mongosh|redis-cli|valkey-cli|cqlsh)$/;
const CONNECTS =
  /^(?:-[hHuUdDpPa]|--(?:host|hostname|user|username|dbname|database|port|password))$/;

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
    'SNAPSHOT_ID PVC CHANGEME CHANGE_ME REPLACE_ME TODO_ FIXME_ ENVIRONMENT APPLICATION NS HOST USER PORT IP PID ENV ' +
    'DBNAME BROKER GROUP PARTITION CONTEXT'
  ).split(' '),
);
/** Unquoted upper-case words of an argument, up to the end of a part of it. */
const UPPER = /(?:^|[=:/@,])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?=$|[:/@,.])/g;

/** `secret set API_TOKEN`: the name of what is set, and not a value. */
const NAMES_A_SETTING =
  /\b(?:secrets?|env|envs|variables?|vars?)\s+(?:set|get|put|add|unset|rm|remove|delete|del|list)\b|\bconfig:(?:get|set|unset|add|remove)\b/;

const OBJECTS =
  'pod|deployment|service|svc|node|container|namespace|cluster|release|bucket|app|job|cronjob|secret|configmap|pvc|volume|instance|db|database|table|topic|queue|host|server|image|branch|repo|project|stack|function|vm|snapshot|backup|statefulset|daemonset|ingress|cert|certificate';
//   kubectl logs pod-name          docker logs container_name
//                ^                             ^
const NAME_OF_OBJECT = new RegExp(
  `(?:^|^[a-z]+/|^--[a-z-]+=)((?:${OBJECTS})[-_]name)$`,
);
//   ssh user@server
//       ^    ^
const SOMEBODY_SOMEWHERE =
  /^(user|username|youruser)@(host|hostname|server|server-ip|remote|remote-host|ip|ip-address)(?=$|:)/;

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
  masks.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return masks.filter(mask => {
    if (mask.start < end) return false;
    end = mask.end;
    return true;
  });
}

function collectCommand(
  command: SimpleCommand,
  text: string,
  masks: Mask[],
): void {
  const tool = command.name?.value ?? '';
  const head = text.slice(
    command.pos,
    Math.min(command.end, command.pos + 200),
  );
  const setsEnvironment = /\bset env\b/.test(head);
  const namesSetting = NAMES_A_SETTING.test(head);
  command.args.forEach((arg, index) => {
    if (arg.type !== 'Word') {
      collectAnywhere(text, arg.value.pos, arg.value.end, masks);
      return;
    }
    const before = command.args[index - 1];
    const option = before?.type === 'Word' ? before.text : '';
    collectAnywhere(text, arg.pos, arg.end, masks, SEARCHES.test(tool));
    collectObject(arg.text, arg.pos, text, masks);
    const isName = namesSetting && !option.startsWith('-');
    if (setsEnvironment || isName) return;
    collectUpper(arg.text, arg.pos, text, masks, name =>
      isUpperPlaceholder(name, tool, option),
    );
    collectLetter(arg.text, arg.pos, option, text, masks);
  });
  for (const part of command.prefix) {
    if (part.type === 'Assignment')
      collectAnywhere(text, part.value.pos, part.value.end, masks);
  }
  for (const redirect of command.redirects) {
    if (redirect.type === 'Redirect' && redirect.target)
      collectAnywhere(text, redirect.target.pos, redirect.target.end, masks);
  }
}

function collectAnywhere(
  text: string,
  start: number,
  end: number,
  masks: Mask[],
  sureOnly = false,
): void {
  const written = text.slice(start, end);
  if (/^-[A-Za-z-]*$/.test(written) || /\$\(|`/.test(written)) return;
  for (const form of bareFormsIn(text, start, end, sureOnly)) {
    const mask = maskAt(text, form.start, form.end, form.parameter, 'bare');
    masks.push({ ...mask, parameter: form.parameter });
  }
}

function collectUpper(
  word: string,
  start: number,
  text: string,
  masks: Mask[],
  isPlaceholder: (name: string) => boolean,
): void {
  if (/^custom-columns=/.test(word)) return;
  if (/["'`$\\]/.test(word)) {
    collectUpperInQuotes(word, start, text, masks, isPlaceholder);
    return;
  }
  UPPER.lastIndex = 0;
  for (const match of word.matchAll(UPPER)) {
    const name = match[1];
    if (!isPlaceholder(name)) continue;
    const at = start + match.index + match[0].length - name.length;
    masks.push(maskAt(text, at, at + name.length, name, 'bare'));
  }
}

//   curl -X PUT "https://till.example.com/INDEX_NAME/_settings"
//                                         ^ a part of an address, and not a sentence
const QUOTED_PART =
  /(?<=[=:/@"',])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=[/@,.}"'])(?!["']\s{0,3}[:\]])/g;

function collectUpperInQuotes(
  word: string,
  start: number,
  text: string,
  masks: Mask[],
  isPlaceholder: (name: string) => boolean,
): void {
  if (/[\s`$\\]/.test(word)) return;
  for (const match of word.matchAll(QUOTED_PART)) {
    const at = start + match.index;
    if (isPlaceholder(match[1]))
      masks.push(maskAt(text, at, at + match[1].length, match[1], 'bare'));
  }
}

function isUpperPlaceholder(
  name: string,
  tool: string,
  option: string,
): boolean {
  const parts = name.split('_');
  const isKnown =
    parts.length === 1
      ? SINGLE.has(name)
      : NOUN.has(parts[parts.length - 1]) || NOUN.has(parts[0]);
  if (!isKnown || /^(?:-e|--env)$/.test(option)) return false;
  // Signals, methods and variables of awk are single words.
  if (parts.length === 1 && /^(?:-X|--request|-v|--signal|-s)$/.test(option))
    return false;
  if (/^p?kill$/.test(tool)) return name === 'PID';
  if (tool === 'git') return parts.length > 1;
  if (DATABASE_TOOLS.test(tool)) return CONNECTS.test(option);
  return !LITERAL_TOOLS.has(tool);
}

//   kubectl scale deploy/till --replicas=N
//                                        ^
function collectLetter(
  word: string,
  start: number,
  option: string,
  text: string,
  masks: Mask[],
): void {
  const isValue = /^--[a-z]/.test(option) && !option.includes('=');
  if (!/^--[a-z-]+=[NX]$/.test(word) && !(isValue && /^[NX]$/.test(word)))
    return;
  const at = start + word.length - 1;
  masks.push(maskAt(text, at, at + 1, text[at], 'bare'));
}

function collectObject(
  word: string,
  start: number,
  text: string,
  masks: Mask[],
): void {
  const object = NAME_OF_OBJECT.exec(word)?.[1];
  if (object) {
    const at = start + word.length - object.length;
    masks.push(maskAt(text, at, at + object.length, object, 'bare'));
    return;
  }
  const [, user, host] = SOMEBODY_SOMEWHERE.exec(word) ?? [];
  if (user === undefined) return;
  const at = start + user.length + 1;
  masks.push(
    maskAt(text, start, start + user.length, user, 'bare'),
    maskAt(text, at, at + host.length, host, 'bare'),
  );
}
