import type { SeenCall } from '../../shell/judgeCall';
import { builtins } from '../../shell/effects/builtins';
import type { Argument } from '../../shell/words';
import type { ExecutorInventory } from '../model';
import { kubectlWordsOf, programOf } from './kubectlWords';

/** Words of bash itself that are in no table of tools. */
const OF_BASH = new Set([
  ...Object.keys(builtins),
  ...'echo printf test [ true false : pwd eval source . trap exec command builtin coproc time kill let alias unalias pushd popd if then else'.split(
    ' ',
  ),
]);

/** No file has a longer name, and no pattern is made of one. */
const MAX_PROGRAM_NAME = 255;

/** Programs that are of use only over the network. */
const NETWORK_PROGRAMS = new Set(
  (
    'ssh scp sftp rsync telnet nc ncat ftp ping traceroute mtr dig nslookup host whois docker podman nerdctl aws gcloud ' +
    'gsutil az eksctl doctl gh glab hub argocd flux terraform tofu pulumi ansible ansible-playbook psql pg_dump ' +
    'pg_restore mysql mysqldump redis-cli mongosh mongo mongodump vault consul nomad apt apt-get yum dnf apk brew snap ' +
    'pip pip3 npm yarn pnpm npx pipx cargo go gem bundle composer mvn gradle skopeo crane cosign trivy http https xh ' +
    'openssl promtool amtool logcli kcat kafka-topics.sh heroku fly vercel netlify minikube kind k3d'
  ).split(' '),
);

/** Why the executor cannot run these calls; undefined where it can. */
export function impossibleBecause(
  calls: readonly SeenCall[],
  text: string,
  inventory: ExecutorInventory,
): string | undefined {
  if (inventory.unavailable !== undefined) return inventory.unavailable;
  const here = calls.filter(call => call.where === 'here' && !call.defined);
  for (const call of here) {
    const missing = missingTool(call, text, inventory);
    if (missing) return inScript(call, missing);
  }
  if (inventory.hasNetwork) return undefined;
  for (const call of here) {
    const needs = networkNeed(call);
    if (needs)
      return inScript(
        call,
        `${needs}, and steps reach no network but the cluster`,
      );
  }
  return undefined;
}

function inScript({ inScripts }: SeenCall, because: string): string {
  const script = inScripts[inScripts.length - 1];
  return script === undefined ? because : `in ${script}: ${because}`;
}

function missingTool(
  call: SeenCall,
  text: string,
  inventory: ExecutorInventory,
): string | undefined {
  const [name] = call.args;
  if (!name || name.certainty !== 'exact' || name.value === '')
    return undefined;
  const isPath =
    name.value.includes('/') && !/^\/(?:usr|opt|bin|sbin)/.test(name.value);
  const program = programOf(call);
  if (isPath || OF_BASH.has(program) || inventory.hasTool(program))
    return undefined;
  if (program.length > MAX_PROGRAM_NAME)
    return `a program with a name of ${program.length} characters is not installed where steps run`;
  // It looks by itself whether the tool is there.
  const asks = new RegExp(
    `\\b(?:command\\s+-v|which|type|hash)\\s+(?:-\\w+\\s+)*${escaped(
      program,
    )}\\b`,
  );
  return asks.test(text)
    ? undefined
    : `${program} is not installed where steps run`;
}

function networkNeed(call: SeenCall): string | undefined {
  const program = programOf(call);
  const [name, ...args] = call.args;
  if (!name || name.certainty !== 'exact') return undefined;
  const shown = `"${program}${verbOf(args)}" needs the network`;
  if (/^(?:curl|wget)$/.test(program))
    return args.some(isElsewhere) ? shown : undefined;
  if (program === 'git') return gitNeedsNetwork(args) ? shown : undefined;
  if (program === 'helm') return helmNeedsNetwork(args) ? shown : undefined;
  const kubectl = kubectlWordsOf(call);
  if (kubectl) {
    const file = kubectl.options
      .all('filename', 'f', 'kustomize', 'k')
      .find(
        ({ value }) =>
          value && /^(?:https?:\/\/|git@|github\.com\/)/.test(value.value),
      );
    return file?.value
      ? `${file.value.value} is read from the network`
      : undefined;
  }
  if (program === 'kustomize')
    return args.some(one => /^https?:|^github\.com\//.test(one.value))
      ? shown
      : undefined;
  const onlyVersion =
    args.length > 0 &&
    args.every(one => /^-?-?(?:version|V|help|h)$/.test(one.value));
  return NETWORK_PROGRAMS.has(program) &&
    !onlyVersion &&
    !isOfflineUse(program, args)
    ? shown
    : undefined;
}

function verbOf(args: readonly Argument[]): string {
  const first = args[0];
  return first && /^[a-z][a-z-]*$/.test(first.value) ? ` ${first.value}` : '';
}

/** An address that is known and is not of this machine; what a variable will hold is asked again when it is known. */
function isElsewhere({ value, certainty }: Argument): boolean {
  const url = /^(?:[a-z]+:\/\/)?(?:[^/@\s]*@)?(\[[^\]]*\]|[^/:\s?#]+)/i.exec(
    value,
  );
  if (!url || value.startsWith('-')) return false;
  const isUrl = /^(?:https?|ftp|wss?):\/\//i.test(value);
  const host = url[1];
  if (/[$`]/.test(host)) return false;
  if (isUrl) return !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(host);
  return (
    certainty === 'exact' &&
    /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/]|$)/i.test(value) &&
    !/\.(?:json|ya?ml|txt|html?|log|out|pem|crt|key|sh|tmp)$/i.test(value)
  );
}

function gitNeedsNetwork(args: readonly Argument[]): boolean {
  const verb = args.find(
    (one, index) =>
      !one.value.startsWith('-') &&
      !/^-[Cc]$/.test(args[index - 1]?.value ?? ''),
  );
  return /^(?:push|pull|fetch|clone|ls-remote|submodule|request-pull|lfs)$/.test(
    verb?.value ?? '',
  );
}

function helmNeedsNetwork(args: readonly Argument[]): boolean {
  const words = args
    .filter(one => !one.value.startsWith('-'))
    .map(one => one.value);
  if (/^(?:pull|fetch|push|registry|search)$/.test(words[0] ?? '')) return true;
  if (words[0] === 'repo') return /^(?:add|update|up)$/.test(words[1] ?? '');
  if (/^dep/.test(words[0] ?? ''))
    return /^(?:update|up|build)$/.test(words[1] ?? '');
  return (
    args.some(one => /^--repo(?:=|$)/.test(one.value)) ||
    words.some(one => /^(?:oci|https?):\/\//.test(one))
  );
}

/** `docker build` needs a daemon; `openssl x509` and `terraform fmt` need nobody. */
function isOfflineUse(program: string, args: readonly Argument[]): boolean {
  const first = args[0]?.value ?? '';
  switch (program) {
    case 'openssl':
      return first !== 's_client';
    case 'terraform':
    case 'tofu':
      return /^(?:fmt|validate)$/.test(first);
    case 'promtool':
    case 'amtool':
      return first.startsWith('check');
    default:
      return false;
  }
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
