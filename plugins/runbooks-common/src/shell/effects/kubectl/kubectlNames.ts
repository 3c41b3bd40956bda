/** Names under which kubectl, or a program that takes its words, is started. */
export const KUBECTL_NAMES = ['kubectl', 'oc', 'k', 'kubecolor'] as const;

const NAMES: ReadonlySet<string> = new Set(KUBECTL_NAMES);

/** Whether a program of this name takes the words of kubectl. */
export function isKubectlName(name: string): boolean {
  return NAMES.has(name);
}
