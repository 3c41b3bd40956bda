import { isOwnKubeconfig } from './ownKubeconfig';

/** Variables by which kubectl and helm find settings and plugins, and with them programs that they start. */
export const CLIENT_VARIABLES: readonly string[] = (
  'KUBECONFIG KUBERC KUBECTL_KUBERC HELM_PLUGINS HELM_DATA_HOME HELM_CONFIG_HOME HELM_BIN HELM_REGISTRY_CONFIG ' +
  'HELM_REPOSITORY_CONFIG HELM_KUBECONTEXT HELM_KUBEAPISERVER HELM_KUBETOKEN HELM_KUBECAFILE HELM_KUBEASUSER ' +
  'HELM_KUBEASGROUPS HELM_KUBEINSECURE_SKIP_TLS_VERIFY HELM_KUBETLS_SERVER_NAME XDG_DATA_HOME XDG_DATA_DIRS ' +
  'XDG_CONFIG_HOME XDG_CONFIG_DIRS'
).split(' ');
const OF_CLIENTS = new Set(CLIENT_VARIABLES);

/**
 * Whether giving a variable a value tells kubectl or helm to take their settings from somewhere else than from the
 * executor.
 */
export function setsClients(name: string, value: string | undefined): boolean {
  // Later versions of helm may have more of these.
  if (!OF_CLIENTS.has(name) && !name.startsWith('HELM_KUBE')) return false;
  const isOwn =
    name === 'KUBECONFIG' && value !== undefined && isOwnKubeconfig(value);
  return !isOwn;
}
