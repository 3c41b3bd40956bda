import { segmentsOf } from './changedTree';
import { podSpecProblem } from './podSpecProblem';
import { isTree, type Tree } from './trees';

/** Where a kind keeps the specification of its pods. */
const POD_SPEC_AT: Readonly<Record<string, readonly string[]>> = {
  '/pods': [],
  '/podtemplates': ['template', 'spec'],
  '/replicationcontrollers': ['template', 'spec'],
  'apps/deployments': ['template', 'spec'],
  'apps/replicasets': ['template', 'spec'],
  'apps/statefulsets': ['template', 'spec'],
  'apps/daemonsets': ['template', 'spec'],
  'batch/jobs': ['template', 'spec'],
  'batch/cronjobs': ['jobTemplate', 'spec', 'template', 'spec'],
};

/** Whether objects of a kind, `group/resource`, run pods. */
export function runsPods(kind: string): boolean {
  return Object.hasOwn(POD_SPEC_AT, kind);
}

/** Where an object of a kind keeps the specification of its pods, from its root; undefined where it runs none. */
export function podSpecPath(kind: string): string[] | undefined {
  if (!runsPods(kind)) return undefined;
  return [...(kind === '/podtemplates' ? [] : ['spec']), ...POD_SPEC_AT[kind]];
}

/** Whether a value at a JSON pointer is all of the specification of an object's pods, or holds it. */
export function holdsPodSpec(kind: string, pointer: string): boolean {
  const path = podSpecPath(kind);
  const segments = segmentsOf(pointer);
  return (
    path !== undefined &&
    segments.length <= path.length &&
    segments.every((segment, index) => segment === path[index])
  );
}

/** The specification of the pods in an object of a kind, or in a part of one; undefined where it says nothing of them. */
export function podSpecOf(kind: string, object: Tree): unknown {
  return podSpecPath(kind)?.reduce<unknown>(
    (value, key) => (isTree(value) ? value[key] : undefined),
    object,
  );
}

/**
 * What the pods of an object, or of a part of one, are more than ordinary pods, in words: "a privileged pod, on the
 * network of its node"; undefined where they are ordinary, or where it says nothing of pods.
 */
export function podRisk(kind: string, object: Tree): string | undefined {
  const spec = podSpecOf(kind, object);
  const problem = podSpecProblem(spec);
  if (problem === undefined) return undefined;
  const known = reachesNode(spec);
  return known ?? `more than an ordinary pod: ${problem}`;
}

const REACHES: ReadonlyArray<[RegExp, string]> = [
  [/"hostNetwork":true/, 'on the network of its node'],
  [/"hostPID":true/, 'among the processes of its node'],
  [/"hostIPC":true/, 'in the memory of its node'],
  [/"hostPath":\{/, 'with files of its node'],
];

/** How a pod reaches its node, in words; undefined where it does not, as far as the known ways go. */
export function reachesNode(spec: unknown): string | undefined {
  const text = JSON.stringify(spec) ?? '';
  const isPrivileged = /"privileged":true/.test(text);
  const ways = REACHES.flatMap(([way, says]) => (way.test(text) ? says : []));
  if (!isPrivileged && ways.length === 0) return undefined;
  return [isPrivileged ? 'a privileged pod' : 'a pod', ...ways].join(', ');
}

/** Secrets or tokens that pods of an object are given: by variables, volumes or the token of an account. */
export function mountsSecrets(kind: string, object: Tree): boolean {
  const text = JSON.stringify(podSpecOf(kind, object)) ?? '';
  return /"(?:secretRef|nodePublishSecretRef|secretKeyRef|serviceAccountToken|secretName)":|"secret":\{/.test(
    text,
  );
}
