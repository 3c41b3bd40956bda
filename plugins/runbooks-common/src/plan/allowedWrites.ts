import type { Step } from '../document/model';
import { worstEffect } from '../effect';
import type { KubernetesWrite } from '../shell/model';
import type { AllowedWrite, AllowedWrites } from './model';

/**
 * What the gateway lets a step write: what its commands say, or, where one of them does not tell, any write inside
 * the plan's namespace. A step that only reads may write nothing, however it was understood.
 *
 * @param values - Values of parameters by name, put in for `${NAME}` in object names and namespaces.
 *
 * @public
 */
export function allowedWritesOf(
  step: Pick<Step, 'commands' | 'effect'>,
  namespace: string,
  values: Readonly<Record<string, string>>,
): AllowedWrites {
  if (step.effect === 'read' || step.effect === 'local')
    return { kind: 'none' };
  const writes: AllowedWrite[] = [];
  for (const command of step.commands) {
    if (command.writes) {
      writes.push(
        ...command.writes.map(write => bound(write, namespace, values)),
      );
    } else if (worstEffect([command.effect, 'read']) !== 'read') {
      return { kind: 'any-in-namespace', namespace };
    }
  }
  if (writes.some(write => /\$\{/.test(write.name + write.namespace))) {
    return { kind: 'any-in-namespace', namespace };
  }
  return writes.length === 0
    ? { kind: 'none' }
    : { kind: 'listed', writes: withoutDuplicates(writes) };
}

function bound(
  write: KubernetesWrite,
  namespace: string,
  values: Readonly<Record<string, string>>,
): AllowedWrite {
  const fill = (text: string) =>
    text.replace(
      /\$\{([A-Z_][A-Z0-9_]*)\}/g,
      (all, name) => values[name] ?? all,
    );
  return {
    verb: write.verb,
    group: write.group,
    resource: write.resource,
    subresource: write.subresource,
    namespace: fill(write.namespace ?? namespace),
    name: fill(write.name),
    ...(write.selector === undefined ? {} : { selector: fill(write.selector) }),
  };
}

function withoutDuplicates(writes: AllowedWrite[]): AllowedWrite[] {
  const seen = new Map(writes.map(write => [JSON.stringify(write), write]));
  return [...seen.values()];
}
