import { isOwnKubeconfig } from './ownKubeconfig';

/** Variables by which kubectl and helm find settings and plugins, and with them programs that they start. */
const OF_CLIENTS =
  /^(?:KUBECONFIG|KUBERC|HELM_(?:PLUGINS|DATA_HOME|CONFIG_HOME|BIN|KUBE\w*|REGISTRY_CONFIG|REPOSITORY_CONFIG)|XDG_(?:DATA|CONFIG)_(?:HOME|DIRS))$/;

/**
 * Whether giving a variable a value tells kubectl or helm to take their settings from somewhere else than from the
 * executor.
 */
export function setsClients(name: string, value: string | undefined): boolean {
  if (!OF_CLIENTS.test(name)) return false;
  const isOwn =
    name === 'KUBECONFIG' && value !== undefined && isOwnKubeconfig(value);
  return !isOwn;
}
