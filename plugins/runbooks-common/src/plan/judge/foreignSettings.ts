import { boundNames } from '../../shell/boundNames';
import { HELM_VALUES } from '../../shell/effects/delivery';
import { setsClients } from '../../shell/effects/kubectl/clientSettings';
import { isOwnKubeconfig } from '../../shell/effects/kubectl/ownKubeconfig';
import { pluginFilesOf } from '../../shell/effects/kubectl/plugins';
import { parseOptions } from '../../shell/effects/options';
import type { SeenCall } from '../../shell/judgeCall';
import { parseShell, type ShellNode } from '../../shell/parse';
import type { Argument } from '../../shell/words';
import type { ExecutorInventory } from '../model';
import { type KubectlWords, kubectlWordsOf, programOf } from './kubectlWords';
import { allIn } from './programsOfSecrets';
import { SettingsPlaces } from './SettingsPlaces';

/** Verbs of kubectl config that change nothing but which context and namespace is used. */
const CONFIG_VERBS = new Set(
  (
    'view current-context get-contexts get-clusters get-users use-context use set-context rename-context delete-context ' +
    'delete-cluster delete-user unset'
  ).split(' '),
);

/** All that helm does by itself. */
const HELM_VERBS = new Set(
  (
    'completion create dependency dep dependencies env fetch get help history hist inspect install lint list ls package ' +
    'plugin pull push registry repo rollback search show status template test uninstall del delete un upgrade verify ' +
    'version'
  ).split(' '),
);

/** What is told to them is no option. */
const PRINTS = /^(?:echo|printf|[ef]?grep|test|\[|:)$/;

/**
 * Why a step is by hand because kubectl or helm would take settings from somewhere else than from the executor: another
 * kubeconfig, a kuberc, a plugin. These may start any program, which nobody who approves sees. Undefined where they do
 * not.
 *
 * @param texts - The step's own, and those of the scripts that it runs.
 */
export function foreignSettings(
  calls: readonly SeenCall[],
  texts: readonly string[],
  inventory: ExecutorInventory,
): string | undefined {
  const places = new SettingsPlaces(texts);
  for (const call of calls) {
    const because =
      call.where === 'here' && !call.defined
        ? ofCall(call, inventory, places)
        : undefined;
    if (because !== undefined) return because;
  }
  for (const text of texts) {
    const told = inText(text, places);
    if (told !== undefined) return otherwise(told);
  }
  return undefined;
}

function otherwise(told: string): string {
  return `${told} gives kubectl or helm other settings than those of the step, and these may start any program`;
}

function ofCall(
  call: SeenCall,
  inventory: ExecutorInventory,
  places: SettingsPlaces,
): string | undefined {
  const program = programOf(call);
  if (/^(?:env|sudo|doas)$/.test(program)) return ofWrapper(call);
  const put = places.putBy(call);
  if (put) return otherwise(`"${program} ... ${put.value}"`);
  const kubectl = kubectlWordsOf(call);
  if (kubectl) return ofKubectl(kubectl, program, inventory);
  if (program === 'helm') return ofHelm(call.args.slice(1));
  return PRINTS.test(program) ? undefined : ofOthers(call.args.slice(1));
}

/** Other programs that talk to the cluster find their kubeconfig in the same way. */
function ofOthers(args: readonly Argument[]): string | undefined {
  const file = parseOptions(args, { values: 'kubeconfig' })
    .all('kubeconfig')
    .find(isForeign);
  return file && otherwise(`"--kubeconfig ${file.value?.value ?? ''}"`);
}

//   env KUBECONFIG=other kubectl get pods
function ofWrapper({ args }: SeenCall): string | undefined {
  for (const { value } of args) {
    const [, name, text] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(value) ?? [];
    if (name !== undefined && setsClients(name, text))
      return otherwise(`"${name}=${text}"`);
  }
  return undefined;
}

function ofKubectl(
  { verb, options, operands }: KubectlWords,
  program: string,
  inventory: ExecutorInventory,
): string | undefined {
  const file = options.all('kubeconfig').find(isForeign);
  if (file) return otherwise(`"--kubeconfig ${file.value?.value ?? ''}"`);
  if (options.has('kuberc')) return otherwise('"--kuberc"');
  if (program === 'oc' && /^(?:login|logout)$/.test(verb.value))
    return otherwise(`"oc ${verb.value}"`);
  if (verb.value === 'config') {
    const [does, key] = operands;
    return does && !isOfContexts(does, key)
      ? otherwise(`"kubectl config ${does.value}"`)
      : undefined;
  }
  const files = pluginFilesOf(
    program,
    verb.value,
    operands.map(one => one.value),
  );
  return files.length === 0 || files.some(name => inventory.hasTool(name))
    ? undefined
    : `${files[0]}, a plugin of ${program}, is not installed where steps run`;
}

//   kubectl config set contexts.run.namespace shop
function isOfContexts(does: Argument, key: Argument | undefined): boolean {
  if (does.value !== 'set') return CONFIG_VERBS.has(does.value);
  return (
    key?.certainty === 'exact' &&
    /^(?:current-context|contexts\.[^.]+\.namespace)$/.test(key.value)
  );
}

function ofHelm(args: readonly Argument[]): string | undefined {
  const options = parseOptions(args, { values: HELM_VALUES });
  const file = options.all('kubeconfig').find(isForeign);
  if (file) return otherwise(`"--kubeconfig ${file.value?.value ?? ''}"`);
  const [verb, more] = options.operands;
  if (options.unclear || verb?.certainty !== 'exact') return undefined;
  const isPlugin =
    !HELM_VERBS.has(verb.value) ||
    (verb.value === 'plugin' && !/^(?:list|ls)?$/.test(more?.value ?? ''));
  return isPlugin
    ? `"helm ${verb.value}" is done by a plugin, and helm has none where steps run`
    : undefined;
}

function isForeign({
  value,
  argument,
}: {
  value?: Argument;
  argument: Argument;
}): boolean {
  // Behind a `=` bash leaves the `~` as it is.
  const isGlued = argument.value.includes('=');
  return (
    !value ||
    !isOwnKubeconfig(value.value) ||
    (isGlued && value.value.startsWith('~'))
  );
}

/** What a text says that sets or writes any of it. */
const NAMED = /KUBE|HELM_|XDG_|\.kube|\/run\/(?:step|runbooks)|\/helm/;

/** What a text sets or writes itself. */
function inText(text: string, places: SettingsPlaces): string | undefined {
  if (!NAMED.test(text)) return undefined;
  const bound = boundNames(text);
  const set =
    bound === 'anything'
      ? undefined
      : bound.find(
          one => one.how === 'assigned' && setsClients(one.name, one.value),
        );
  if (set) return `"${set.name}=${set.value ?? ''}"`;
  const written = allIn(parseShell(text).script).flatMap(node =>
    writtenBy(node, places),
  )[0];
  return written === undefined ? undefined : `"> ${written}"`;
}

function writtenBy(node: ShellNode, places: SettingsPlaces): string[] {
  if (!('redirects' in node)) return [];
  return node.redirects.flatMap(one =>
    one.type === 'Redirect' &&
    /^(?:&?>>?|>\||<>|>&)$/.test(one.operator) &&
    one.target &&
    places.has({ value: one.target.value })
      ? [one.target.value]
      : [],
  );
}
