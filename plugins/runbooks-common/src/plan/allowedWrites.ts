import type { ActsOn } from '../gateway/actsOnModel';
import type { Step } from '../document/model';
import { worstEffect } from '../effect';
import type { KubernetesWrite } from '../shell/model';
import type { AllowedWrite, AllowedWrites } from './model';

/** Matches any name, and any one word of a command. */
const ANY = '*';

/**
 * What the gateway lets a step write: what its commands say, or, where one of them does not tell, any write inside
 * the plan's namespace. A step that only reads may write nothing, however it was understood; where it executes
 * something inside a pod to read it, exactly those commands are let through.
 *
 * What is known only when the step runs (a variable that an earlier step leaves) is any name for an exec, any one word
 * of its command, and for other writes makes the list unknowable.
 *
 * @param values - Values of parameters by name, put in for `${NAME}`; secret ones are left out.
 *
 * @public
 */
export function allowedWritesOf(
  step: Pick<Step, 'commands' | 'effect'>,
  namespace: string,
  values: Readonly<Record<string, string>>,
): AllowedWrites {
  const readsOnly = step.effect === 'read' || step.effect === 'local';
  const writes: AllowedWrite[] = [];
  for (const command of step.commands) {
    if (command.writes) {
      writes.push(
        ...command.writes
          .filter(write => !readsOnly || write.verb === 'connect')
          .map(write => bound(write, namespace, values)),
      );
    } else if (!readsOnly && worstEffect([command.effect, 'read']) !== 'read') {
      return anyIn(namespace);
    }
  }
  if (writes.some(write => isOpen(write.name) || isOpen(write.namespace))) {
    return readsOnly ? { kind: 'none' } : anyIn(namespace);
  }
  return writes.length === 0
    ? { kind: 'none' }
    : { kind: 'listed', writes: withoutDuplicates(writes) };
}

function anyIn(namespace: string): AllowedWrites {
  return {
    kind: 'any-in-namespaces',
    namespaces: [namespace],
    destructive: true,
  };
}

/** True where a step executes something inside a pod or opens a connection to it: reading that way still needs an approval. @public */
export function connectsToPods(writes: AllowedWrites): boolean {
  if (writes.kind === 'any-in-namespaces') return writes.executes !== undefined;
  return (
    writes.kind === 'listed' &&
    writes.writes.some(write => write.verb === 'connect')
  );
}

/** What opens a way into a pod, among what commands write. */
export function connectionsIn(
  writes: readonly KubernetesWrite[],
  namespace: string,
): AllowedWrite[] {
  return withoutDuplicates(
    writes
      .filter(
        ({ verb, subresource }) =>
          verb === 'connect' || subresource === 'ephemeralcontainers',
      )
      .map(write => bound(write, namespace, {}))
      .map(write =>
        isOpen(write.namespace) ? { ...write, namespace: ANY } : write,
      ),
  );
}

function bound(
  write: KubernetesWrite,
  namespace: string,
  values: Readonly<Record<string, string>>,
): AllowedWrite {
  const fill = (text: string) =>
    text.replace(
      /\$\{([A-Z_][A-Z0-9_]*)\}/g,
      (all, name) => values[name] || all,
    );
  const name = fill(write.name);
  return {
    verb: write.verb,
    group: write.group,
    resource: write.resource,
    subresource: write.subresource,
    namespace: fill(write.namespace ?? namespace),
    name: write.verb === 'connect' && isOpen(name) ? ANY : name,
    ...(write.selector === undefined ? {} : { selector: fill(write.selector) }),
    ...(write.actsOn
      ? { actsOn: write.actsOn.map(one => filled(one, fill)) }
      : {}),
    ...(write.applies ? { applies: true } : {}),
    ...(write.rollsBack ? { rollsBack: true } : {}),
    ...(write.command === undefined
      ? {}
      : {
          command: write.command
            .map(fill)
            .map(word => (isOpen(word) ? ANY : word)),
        }),
  };
}

/** With values put in; everybody where one has none yet. */
function filled(acts: ActsOn, fill: (text: string) => string): ActsOn {
  const text = fill(JSON.stringify(acts));
  return isOpen(text) ? { kind: 'everybody' } : JSON.parse(text);
}

/** A parameter or variable in it has no value yet. */
function isOpen(text: string): boolean {
  return text.includes('${');
}

function withoutDuplicates(writes: AllowedWrite[]): AllowedWrite[] {
  const seen = new Map(writes.map(write => [JSON.stringify(write), write]));
  return [...seen.values()];
}
