import { join } from 'node:path';
import { makePrivateDirectory } from '../places.mjs';
import { makeCertificates } from './certificates.mjs';
import { makeIdentities, writeKubeconfig } from './identities.mjs';

/**
 * Prepares everything about a cluster that can be known before it runs, so that
 * the portal can be told where it will be: keys, tokens, kubeconfigs, paths.
 *
 * Calling it again changes nothing but the kubeconfigs' port.
 */
export async function prepareCluster({ folder, ports }) {
  makePrivateDirectory(folder);
  const certificates = await makeCertificates(join(folder, 'certificates'));
  const identities = makeIdentities(folder);
  const url = `https://127.0.0.1:${ports.apiServer}`;
  const caFile = join(certificates, 'ca.crt');
  const kubeconfigFor = (user, name) =>
    writeKubeconfig({
      file: join(folder, name),
      url,
      caFile,
      user,
      token: identities.tokenOf(user),
    });
  return {
    folder,
    ports,
    url,
    caFile,
    certificates,
    tokenFile: identities.file,
    tokenOf: identities.tokenOf,
    kubeconfigs: {
      admin: kubeconfigFor('admin', 'kubeconfig'),
      editor: kubeconfigFor('editor', 'kubeconfig.editor'),
      viewer: kubeconfigFor('viewer', 'kubeconfig.viewer'),
      controllerManager: kubeconfigFor(
        'system:kube-controller-manager',
        'kubeconfig.controller-manager',
      ),
      scheduler: kubeconfigFor('system:kube-scheduler', 'kubeconfig.scheduler'),
      nodes: kubeconfigFor('simulated-nodes', 'kubeconfig.nodes'),
    },
  };
}
