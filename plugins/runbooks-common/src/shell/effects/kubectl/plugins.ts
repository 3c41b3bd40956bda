import type { KubectlCall } from './call';
import { endless } from '../interactive';
import { isOn } from '../options';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';

/** Plugins that people use in runbooks and that do one thing only. */
const PLUGINS: Record<string, Verdict> = {
  ctx: changesFiles('chooses a context in the kubeconfig of the run'),
  ns: changesFiles('chooses a namespace in the kubeconfig of the run'),
  tree: reads('shows which objects own which'),
  'view-secret': reads('prints the values of a secret', { secrets: true }),
  'view-cert': reads('shows certificates'),
  'view-allocations': reads('shows what is requested on nodes'),
  'resource-capacity': reads('shows what is requested and used on nodes'),
  'df-pv': reads('shows how full volumes are'),
  'who-can': reads('shows who may do something'),
  'access-matrix': reads('shows who may do what'),
  rbac_tool: reads('shows roles'),
  'get-all': reads('lists all objects'),
  images: reads('lists images'),
  outdated: reads('lists outdated images'),
  status: reads('shows the state of objects'),
  lineage: reads('shows which objects own which'),
  convert: isLocal('converts a manifest'),
  tail: reads('follows logs', {
    interactive: endless('follows logs until it is stopped'),
  }),
  stern: reads('follows logs', {
    interactive: endless('follows logs until it is stopped'),
  }),
};

const GROUPS: Record<
  string,
  { read: RegExp; change: RegExp; destroy: RegExp }
> = {
  argo: {
    read: /^(get|list|status|lint|version)$/,
    change: /^(promote|restart|retry|set|undo|pause|terminate|create)$/,
    destroy: /^(abort|delete)$/,
  },
  cnpg: {
    read: /^(status|report|logs|version)$/,
    change:
      /^(promote|reload|restart|maintenance|backup|install|certificate|hibernate|fencing|publication|subscription)$/,
    destroy: /^(destroy)$/,
  },
  'cert-manager': {
    read: /^(status|inspect|check|version)$/,
    change: /^(renew|approve|deny|create|convert)$/,
    destroy: /^(delete|uninstall)$/,
  },
  krew: {
    read: /^(list|search|info|version)$/,
    change: /^$/,
    destroy: /^$/,
  },
  rook: {
    read: /^(health|version)$/,
    change: /^$/,
    destroy: /^$/,
  },
};

/** A plugin is found by as many of its words as there are. */
const MAX_WORDS = 3;

/**
 * The programs that may be the plugin which a verb stands for, the one with the fewest words first: `kubectl argo
 * rollouts get` is `kubectl-argo-rollouts`. None for what kubectl does itself, and for a verb that is not known here.
 */
export function pluginFilesOf(
  program: string,
  verb: string,
  operands: readonly string[],
): string[] {
  const isPlugin =
    verb === 'neat' ||
    Object.hasOwn(PLUGINS, verb) ||
    Object.hasOwn(GROUPS, verb);
  // What `oc` has of its own is no plugin.
  if (!isPlugin || (program === 'oc' && verb === 'status')) return [];
  const words = [verb, ...operands].slice(0, MAX_WORDS);
  return words.map(
    (_, at) =>
      `kubectl-${words
        .slice(0, at + 1)
        .map(word => word.replaceAll('-', '_'))
        .join('-')}`,
  );
}

/** Judges a verb that kubectl itself does not have. */
export function judgeKubectlPlugin({
  verb,
  operands,
  options,
  scene,
}: KubectlCall): Verdict {
  if (verb === 'neat')
    return operands[0]?.value === 'get'
      ? reads('prints a tidied manifest of the cluster')
      : isLocal('tidies the manifest that it is given');
  if (Object.prototype.hasOwnProperty.call(PLUGINS, verb)) return PLUGINS[verb];
  const group = Object.prototype.hasOwnProperty.call(GROUPS, verb)
    ? GROUPS[verb]
    : undefined;
  const words = operands.filter(one => one.value !== 'rollouts');
  const what = words[0]?.certainty === 'exact' ? words[0].value : '';
  const names = words
    .slice(1)
    .map(one => scene.show(one.value))
    .join(' ');
  if (group?.read.test(what))
    return reads(
      `shows ${names || what}`,
      isOn(options, 'watch', 'w', 'f', 'follow')
        ? {
            interactive: endless(
              `\`${verb} ${what}\` watches until it is stopped`,
            ),
          }
        : {},
    );
  if (group?.change.test(what))
    return changes(`does "${verb} ${what}" on ${names || 'the cluster'}`, {
      writes: undefined,
    });
  if (group?.destroy.test(what))
    return destroys(`does "${verb} ${what}" on ${names}`, {
      writes: undefined,
    });
  return isUnknown(
    `what the kubectl plugin "${scene.show(verb)}" does is not known`,
  );
}
