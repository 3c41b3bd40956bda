import type { KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import type { KubectlCall } from './call';
import { resourceNamed } from './resources';
import { namespaceOf, nameText } from './targets';

/**
 * The connection to a pod that a call opens: `exec` with the words of its command where each is known, `attach`,
 * `portforward`. Undefined where not even the kind of its target is told.
 */
export function connects(
  { options, scene }: KubectlCall,
  target: Argument | undefined,
  subresource: string,
  command?: readonly Argument[],
): KubernetesWrite | undefined {
  if (!target || target.certainty === 'words') return undefined;
  const [type, name] = target.value.includes('/')
    ? target.value.split('/')
    : ['pod', target.value];
  const isPod = resourceNamed(type)?.resource === 'pods';
  const exact =
    isPod && !target.unresolved && /^[\w.${}:\ue000-\uf8ff-]+$/.test(name);
  return {
    verb: 'connect',
    group: '',
    resource: 'pods',
    subresource,
    namespace: namespaceOf(options, scene),
    name: exact ? nameText({ ...target, value: name }, scene) : '*',
    ...(command &&
    command.every(one => one.certainty !== 'words' && !one.unresolved)
      ? { command: command.map(one => nameText(one, scene)) }
      : {}),
  };
}

/** Whether there is one. */
export function isWrite(
  write: KubernetesWrite | undefined,
): write is KubernetesWrite {
  return write !== undefined;
}
