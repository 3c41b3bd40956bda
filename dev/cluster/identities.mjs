import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who may call the API server, with the groups that the roles are bound to. */
const IDENTITIES = [
  { name: 'admin', groups: ['system:masters'] },
  { name: 'portal', groups: ['runbooks:portals'] },
  { name: 'editor', groups: ['runbooks:editors'] },
  { name: 'viewer', groups: ['runbooks:viewers'] },
  { name: 'system:kube-controller-manager', groups: [] },
  { name: 'system:kube-scheduler', groups: [] },
  { name: 'simulated-nodes', groups: ['system:masters'] },
];

/**
 * Makes the tokens of a cluster once and keeps them in a file that only we can read.
 *
 * @returns `{ file, tokenOf(name) }`; the file is what the API server reads
 */
export function makeIdentities(folder) {
  const file = join(folder, 'tokens.csv');
  if (!existsSync(file)) {
    const lines = IDENTITIES.map(
      ({ name, groups }) =>
        `${randomBytes(24).toString(
          'base64url',
        )},${name},${name},"${groups.join(',')}"`,
    );
    writeFileSync(`${file}.part`, `${lines.join('\n')}\n`, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  }
  const tokens = new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [token, name] = line.split(',');
        return [name, token];
      }),
  );
  return { file, tokenOf: name => tokens.get(name) };
}

/** Writes a kubeconfig for one identity, which holds all it needs: it can be moved anywhere. */
export function writeKubeconfig({ file, url, caFile, user, token }) {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'runbooks',
        cluster: {
          server: url,
          'certificate-authority-data': readFileSync(caFile, 'base64'),
        },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'runbooks', context: { cluster: 'runbooks', user } }],
    'current-context': 'runbooks',
  };
  // JSON is YAML.
  writeFileSync(`${file}.part`, `${JSON.stringify(config, undefined, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(`${file}.part`, file);
  return file;
}
