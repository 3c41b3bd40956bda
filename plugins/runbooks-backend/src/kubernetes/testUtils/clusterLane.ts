import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
// eslint-disable-next-line @backstage/no-undeclared-imports -- Only tests import this file.
import { parse } from 'yaml';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type {
  KubernetesAccess,
  KubernetesAccessRegistry,
} from '@backstage-runbooks/plugin-runbooks-node';
import { ClusterDirectory } from '../ClusterDirectory';
import { ClusterTransport } from '../ClusterTransport';

const run = promisify(execFile);

/** Name of the cluster that the lane's tests see. */
export const LANE_CLUSTER = 'lane';

/**
 * What the tests against a real cluster need. They fail without it, with the variables that are missing:
 * a test that was skipped proves nothing.
 */
export class ClusterLane {
  readonly kubeconfig: string;
  readonly toolsDirectory: string;

  constructor() {
    this.kubeconfig = required('RUNBOOKS_TEST_KUBECONFIG');
    this.toolsDirectory = required('RUNBOOKS_TEST_TOOLS');
  }

  /** The audit log of the cluster; a test that compares with it fails where nobody names it. */
  get auditLog(): string {
    return required('RUNBOOKS_TEST_AUDIT_LOG');
  }

  /** Runs kubectl with the rights of the lane, past everything that is under test. */
  async kubectl(...args: string[]): Promise<string> {
    const { stdout } = await run(
      path.join(this.toolsDirectory, 'kubectl'),
      ['--kubeconfig', this.kubeconfig, ...args],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return stdout.trim();
  }

  /** A namespace that no other test uses; remove it with `removeNamespace`. */
  async createNamespace(prefix: string): Promise<string> {
    const name = `${prefix}-${randomBytes(4).toString('hex')}`;
    await this.kubectl('create', 'namespace', name);
    return name;
  }

  async removeNamespace(name: string): Promise<void> {
    await this.kubectl('delete', 'namespace', name, '--wait=false');
  }

  /** Access as the kubernetes plugin would give it: one cluster with a token. */
  access(): KubernetesAccess {
    const { cluster, user } = this.#read();
    const details: ClusterDetails = {
      name: LANE_CLUSTER,
      url: cluster.server,
      authMetadata: {},
      caFile: cluster['certificate-authority'],
      caData: cluster['certificate-authority-data'],
    };
    return {
      getClusters: async () => [details],
      getCredential: async () => credentialOf(user),
    };
  }

  /** Address of the API server. */
  get server(): string {
    return this.#read().cluster.server;
  }

  transport(access: KubernetesAccess = this.access()): ClusterTransport {
    return new ClusterTransport({
      clusters: new ClusterDirectory({ access: filledRegistry(access) }),
    });
  }

  /** The first cluster and user, which is all that the lane's file has. */
  #read() {
    const config = parse(readFileSync(this.kubeconfig, 'utf8'));
    const { cluster } = config.clusters[0];
    const { user } = config.users[0];
    return { cluster, user };
  }
}

interface KubeconfigUser {
  token?: string;
  'client-certificate-data'?: string;
  'client-key-data'?: string;
}

function credentialOf(user: KubeconfigUser): KubernetesCredential {
  if (user.token) return { type: 'bearer token', token: user.token };
  const decoded = (text = '') => Buffer.from(text, 'base64').toString('utf8');
  return {
    type: 'x509 client certificate',
    cert: decoded(user['client-certificate-data']),
    key: decoded(user['client-key-data']),
  };
}

/** A registry that was filled at once. */
export function filledRegistry(
  access: KubernetesAccess,
): KubernetesAccessRegistry {
  return { set: () => {}, fail: () => {}, get: async () => access };
}

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `${name} is not set; tests against a real cluster need RUNBOOKS_TEST_KUBECONFIG, RUNBOOKS_TEST_TOOLS (a folder with kubectl) and, where they compare with it, RUNBOOKS_TEST_AUDIT_LOG`,
  );
}
