import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import {
  buildControlPlane,
  builtControlPlane,
} from '../cluster/buildControlPlane.mjs';
import { makePassableDirectory, makePrivateDirectory } from '../places.mjs';
import { builtTools, provideTools } from '../cluster/provideTools.mjs';
import { finish } from '../processes/finish.mjs';
import { Refusal, say, warn } from '../say.mjs';
import { findProgram } from '../tools/programs.mjs';

/**
 * How to reach the cluster of a kubeconfig's current context, for the portal.
 *
 * Needs a context whose user has a bearer token: the portal asks with it from
 * its backend, where no person can answer a login program.
 *
 * @returns `{ context, access: { url, token, runsToken, caFile }, kubectl }`
 */
export async function readForeignCluster({ kubeconfig, folder, toolsFolder }) {
  makePassableDirectory(toolsFolder);
  const kubectl = await kubectlProgram(toolsFolder);
  const { code, output } = await finish(kubectl, [
    '--kubeconfig',
    kubeconfig,
    'config',
    'view',
    '--raw',
    '--minify',
    '--flatten',
    '--output=json',
  ]);
  if (code !== 0)
    throw new Refusal(
      `${kubeconfig} cannot be read as a kubeconfig with a current context:\n${output}`,
    );
  const view = JSON.parse(output);
  const { cluster } = view.clusters[0];
  const context = view['current-context'];
  const token = view.users?.[0]?.user?.token;
  if (!token) {
    throw new Refusal(
      `The user of context ${context} in ${kubeconfig} has no bearer token, which the portal needs; make a service account, put a token of it ("kubectl create token NAME") into a kubeconfig, and name that file.`,
    );
  }
  await sayIfSilent(kubectl, kubeconfig, context);
  return {
    context,
    kubectl,
    access: {
      url: cluster.server,
      token,
      runsToken: token,
      caFile: writeAuthority(folder, cluster),
    },
  };
}

/** The portal starts anyway: a cluster may be away for a moment. */
async function sayIfSilent(kubectl, kubeconfig, context) {
  const { code, output } = await finish(kubectl, [
    '--kubeconfig',
    kubeconfig,
    'version',
    '--request-timeout=5s',
  ]);
  if (code === 0) return;
  const why = output.trim().split('\n').pop();
  warn(`The cluster of context ${context} does not answer now: ${why}`);
}

function writeAuthority(folder, cluster) {
  makePrivateDirectory(folder);
  const file = join(folder, 'foreign-ca.crt');
  writeFileSync(
    file,
    cluster['certificate-authority-data']
      ? Buffer.from(cluster['certificate-authority-data'], 'base64')
      : rootCertificates.join('\n'),
    { mode: 0o600 },
  );
  return file;
}

/** The kubectl that the steps get, too: one that is there, else the one we build. */
async function kubectlProgram(toolsFolder) {
  const found = builtControlPlane() ? undefined : findProgram('kubectl');
  if (!found && !builtControlPlane())
    say('There is no kubectl here; building one, about nine minutes ...');
  const built = found ? undefined : await buildControlPlane();
  if (built?.missing)
    throw new Refusal(`There is no kubectl, and ${built.missing}.`);
  provideTools(
    toolsFolder,
    built
      ? builtTools(built.folder)
      : { kubectl: found, helm: findProgram('helm') },
  );
  return join(toolsFolder, 'kubectl');
}
