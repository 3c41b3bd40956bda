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
  const names = operands.slice(1).filter(one => !/[=:]|-$/.test(one.value));
  const evicts = operands.some(one => /NoExecute(?!-)$/.test(one.value));
  const says =
    names.map(one => scene.show(one.value)).join(' ') || 'the chosen nodes';
  return changes(
    evicts
      ? `taints ${says}: pods that do not tolerate it are evicted`
      : `changes the taints of ${says}`,
    { writes: nodeWrites({ ...kubectl, operands: names }) },
  );
}

function judgeNode(kubectl: KubectlCall, because: string): Verdict {
  const names =
    kubectl.operands.map(one => kubectl.scene.show(one.value)).join(' ') ||
    'by selector';
  return changes(because.replace('{name}', names), {
    writes: nodeWrites(kubectl),
  });
}

function judgeDrain(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const names =
    operands.map(one => scene.show(one.value)).join(' ') || 'by selector';
  const nodes = nodeWrites(kubectl);
  const deletes = isOn(options, 'disable-eviction');
  const writes = nodes && [
    ...nodes,
    deletes
      ? {
          verb: 'delete',
          group: '',
          resource: 'pods',
          subresource: '',
          namespace: '*',
          name: '*',
        }
      : {
          verb: 'create',
          group: '',
          resource: 'pods',
          subresource: 'eviction',
          namespace: '*',
          name: '*',
        },
  ];
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
