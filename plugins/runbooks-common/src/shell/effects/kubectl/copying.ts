import type { KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import { isOn, type Options } from '../options';
import { changes, isUnknown, type Verdict } from '../verdict';
import { writesTo } from '../paths';
import type { KubectlCall } from './call';
import { connects, isWrite } from './connects';

const IS_REMOTE = /^\.*[^./\\][^/\\]*:|^[^/:]+\/[^/:]+:/;

/**
 * `kubectl cp`: out of a pod it reads, into a pod it changes files there. Both are commands of `tar` that are executed
 * in the pod, and known where the path is.
 */
export function copyFiles(kubectl: KubectlCall): Verdict {
  const { operands, scene, options } = kubectl;
  const [from, to] = operands;
  if (!from || !to || options.unclear)
    return isUnknown('copies files; which way is not known from the text');
  const remote = [from, to].map(one => IS_REMOTE.test(scene.show(one.value)));
  if (remote[1]) {
    return changes(
      `copies ${scene.show(from.value)} into ${scene.show(to.value)}`,
      { writes: executedIn(kubectl, to, path => commandsInto(path, options)) },
    );
  }
  if (!remote[0])
    return isUnknown(
      `copies ${scene.show(from.value)} to ${scene.show(
        to.value,
      )}; which of them is a pod is not known`,
    );
  const local = writesTo(to, scene, 'copies files out of a pod to');
  return {
    ...local,
    effect: local.effect === 'local' ? 'read' : local.effect,
    writes: executedIn(kubectl, from, path => commandsOutOf(path, options)),
    changesFiles: true,
  };
}

//   kubectl cp payments/web-0:/tmp/heap.hprof .
//              ^        ^     ^
/** What is executed in the pod of an operand; without its words where its path does not tell them. */
function executedIn(
  kubectl: KubectlCall,
  pod: Argument,
  commandsOf: (path: string) => string[][] | undefined,
): KubernetesWrite[] | undefined {
  const at = pod.value.indexOf(':');
  const where = pod.value.slice(0, at);
  // As kubectl hands it on.
  const path = pod.value.slice(at + 1).replace(/(?<=.)\/$/, '');
  const [namespace, name] = where.includes('/')
    ? where.split('/')
    : [undefined, where];
  const isKnown = kubectl.verb === 'cp' && isPlainPath(path);
  const commands = isKnown ? commandsOf(path) : undefined;
  const writes = (commands ?? [undefined])
    .map(words =>
      connects(
        kubectl,
        { ...pod, value: name },
        'exec',
        words?.map(value => ({ ...pod, value })),
      ),
    )
    .filter(isWrite);
  if (writes.length === 0) return undefined;
  return namespace === undefined
    ? writes
    : writes.map(write => ({
        ...write,
        namespace: kubectl.scene.show(namespace),
      }));
}

/** What it does again where the connection breaks is put together by how far it got. */
function commandsOutOf(path: string, options: Options): string[][] | undefined {
  const retries = options.value('retries');
  return retries === undefined || retries.value === '0'
    ? [['tar', 'cf', '-', path]]
    : undefined;
}

/** Into the folder, where there is one of that name, else under that name into the folder around it. */
function commandsInto(path: string, options: Options): string[][] {
  const around =
    path.slice(0, Math.max(0, path.lastIndexOf('/'))) ||
    (path.startsWith('/') ? '/' : '.');
  const own = isOn(options, 'no-preserve')
    ? ['--no-same-permissions', '--no-same-owner']
    : [];
  return [
    ['test', '-d', path],
    ...[around, path].map(folder => ['tar', ...own, '-xmf', '-', '-C', folder]),
  ];
}

/** One that kubectl does not clean up, and that tar takes for no option. */
function isPlainPath(path: string): boolean {
  return (
    !path.startsWith('-') &&
    path
      .replace(/^\//, '')
      .split('/')
      .every(one => /^[\w.@%+=,:~-]+$/.test(one) && !/^\.{1,2}$/.test(one))
  );
}
