/** The kubeconfig of a step, in the ways that a text names it. */
const OWN =
  /^(?:\$KUBECONFIG|\$\{KUBECONFIG\}|(?:~|\$HOME|\$\{HOME\}|\/home\/step)\/\.kube\/config|\/run\/runbooks\/kubeconfig)$/;

/** Whether a word names the kubeconfig that the executor gave the step. */
export function isOwnKubeconfig(word: string): boolean {
  return OWN.test(word.replace(/^(["'])(.*)\1$/, '$2'));
}
