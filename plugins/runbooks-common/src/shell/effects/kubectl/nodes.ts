import { OUT_OF_SERVICE } from '../../../gateway/nodeProblem';
import type { KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import { isOn } from '../options';
import type { Scene } from '../scene';
import { changes, destroys, type Verdict } from '../verdict';
import type { KubectlCall, KubectlRule } from './call';
import { nameText } from './targets';

/** Verbs that say which pods a node may hold. */
export const nodeRules: Record<string, KubectlRule> = {
  taint: judgeTaint,
  cordon: kubectl => judgeNode(kubectl, 'marks node {name} as unschedulable'),
  uncordon: kubectl =>
    judgeNode(kubectl, 'marks node {name} as schedulable again'),
  drain: judgeDrain,
};

/** A taint that lets pods stay, or one that is taken off; the rest of the word is plain text. */
const STAYING =
  /^[^\s$=:]+(?:(?:=[^\s$:]*)?:(?:(?:NoSchedule|PreferNoSchedule)-?|NoExecute-)|-)$/;

/** The names of nodes; undefined where one is not known from the text. */
export function nodeNames(
  operands: readonly Argument[],
  scene: Scene,
): string[] | undefined {
  if (operands.some(one => one.certainty === 'words' || one.unresolved))
    return undefined;
  return operands
    .flatMap(one => one.alternatives ?? [nameText(one, scene)])
    .map(name => name.replace(/^nodes?\//, ''));
}

function nodeWrites({
  operands,
  options,
  scene,
}: KubectlCall): KubernetesWrite[] | undefined {
  const names = operands.length === 0 ? ['*'] : nodeNames(operands, scene);
  const selector = options.value('selector', 'l');
  return names?.map(name => ({
    verb: 'patch',
    group: '',
    resource: 'nodes',
    subresource: '',
    namespace: '',
    name,
    ...(selector && name === '*'
      ? { selector: nameText(selector, scene) }
      : {}),
  }));
}

function judgeTaint(kubectl: KubectlCall): Verdict {
  const { operands, scene } = kubectl;
  const [names, taints] = divided(kubectl);
  const evicts =
    kubectl.options.unclear ||
    (operands.length > 0 && operands[0].certainty !== 'exact') ||
    !taints.every(isStaying);
  const says =
    names.map(one => scene.show(one.value)).join(' ') || 'the chosen nodes';
  const writes = nodeWrites({ ...kubectl, operands: names });
  return evicts
    ? destroys(`taints ${says}: pods that do not tolerate it are evicted`, {
        writes: writes && withEvictions(writes),
      })
    : changes(`changes the taints of ${says}`, { writes });
}

/** Behind `nodes` the names, unless they are chosen by a selector, and the taints. A word that is not known may be one. */
function divided({ operands, options }: KubectlCall): [Argument[], Argument[]] {
  const rest = operands.slice(1);
  const isChosen = options.has('all', 'selector', 'l');
  const isTaint = (one: Argument, index: number) =>
    (one.alternatives ?? [one.value]).some(word => /[=:]|-$/.test(word)) ||
    (one.certainty !== 'exact' && (isChosen || index > 0));
  return [
    rest.filter((one, index) => !isTaint(one, index)),
    rest.filter(isTaint),
  ];
}

/** Pods that run stay where they are, or the taint is taken off. */
function isStaying({ value, alternatives, certainty }: Argument): boolean {
  return alternatives
    ? alternatives.every(lets)
    : certainty !== 'words' && lets(value);
}

function lets(word: string): boolean {
  const isOutOfService = word.startsWith(OUT_OF_SERVICE) && !word.endsWith('-');
  return STAYING.test(word) && !isOutOfService;
}

function judgeNode(kubectl: KubectlCall, because: string): Verdict {
  const names =
    kubectl.operands.map(one => kubectl.scene.show(one.value)).join(' ') ||
    'by selector';
  return changes(because.replace('{name}', names), {
    writes: nodeWrites(kubectl),
  });
}

/** What a drain writes; also of whatever else ends the pods of a node. */
export function withEvictions(
  writes: readonly KubernetesWrite[],
): KubernetesWrite[] {
  return [
    ...writes,
    {
      verb: 'create',
      group: '',
      resource: 'pods',
      subresource: 'eviction',
      namespace: '*',
      name: '*',
    },
  ];
}

function judgeDrain(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const names =
    operands.map(one => scene.show(one.value)).join(' ') || 'by selector';
  const nodes = nodeWrites(kubectl);
  const deletes = isOn(options, 'disable-eviction');
  const writes =
    nodes &&
    (deletes
      ? [
          ...nodes,
          {
            verb: 'delete',
            group: '',
            resource: 'pods',
            subresource: '',
            namespace: '*',
            name: '*',
          },
        ]
      : withEvictions(nodes));
  if (isOn(options, 'force')) {
    return destroys(
      `drains node ${names}: pods that no controller brings back are deleted too`,
      { writes },
    );
  }
  if (isOn(options, 'delete-emptydir-data', 'delete-local-data')) {
    return destroys(
      `drains node ${names}: the emptyDir data of its pods is lost`,
      { writes },
    );
  }
  if (deletes)
    return destroys(`drains node ${names} past the disruption budgets`, {
      writes,
    });
  if (options.unclear)
    return destroys(
      `drains node ${names}, how far is not known from the text`,
      { writes: undefined },
    );
  return changes(`drains node ${names}: its pods are evicted`, { writes });
}
