import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { StepBench } from '../executors/testUtils/StepBench';

jest.setTimeout(90_000);

const GUIDE = path.resolve(__dirname, '../../../../docs/kubernetes-access.md');

interface Manifest {
  kind?: string;
  metadata: { name: string; namespace?: string };
  subjects?: Array<{ kind: string; name: string; namespace?: string }>;
  roleRef?: { kind: string; name: string };
}

/** The manifests of the guide, in its order. */
async function manifests(): Promise<Manifest[]> {
  const text = await readFile(GUIDE, 'utf8');
  return [...text.matchAll(/^```yaml\n([^]*?)^```$/gm)]
    .flatMap(([, block]) => parseAllDocuments(block))
    .map(document => document.toJS())
    .filter(manifest => manifest.kind !== undefined);
}

describe('the rights that the guide gives', () => {
  let bench: StepBench;
  const applied: string[] = [];

  beforeAll(async () => {
    bench = await StepBench.create('rights');
    await bench.kubectl('create', 'deploy', 'web', '--image=nginx:1');
    await bench.kubectl('create', 'serviceaccount', 'backstage');
    const file = path.join(bench.bench.folder, 'rights.json');
    const items = (await manifests()).map(manifest => renamed(manifest));
    applied.push(
      ...items
        .filter(({ metadata }) => metadata.namespace === undefined)
        .map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    );
    await writeFile(
      file,
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    await bench.lane.kubectl('apply', '--dry-run=server', '-f', file);
    await bench.lane.kubectl('apply', '-f', file);
  });
  afterAll(async () => {
    for (const one of applied) {
      await bench.lane.kubectl('delete', '--ignore-not-found', one);
    }
    await bench.dispose();
  });

  /** In the test's namespace and under names of its own. */
  function renamed(manifest: Manifest): Manifest {
    const own = (name: string) => `${bench.namespace}-${name}`;
    const isCluster = manifest.metadata.namespace === undefined;
    return {
      ...manifest,
      metadata: isCluster
        ? { name: own(manifest.metadata.name) }
        : { ...manifest.metadata, namespace: bench.namespace },
      ...(manifest.roleRef && {
        roleRef: {
          ...manifest.roleRef,
          name:
            manifest.roleRef.kind === 'ClusterRole'
              ? own(manifest.roleRef.name)
              : manifest.roleRef.name,
        },
        subjects: manifest.subjects?.map(subject => ({
          ...subject,
          ...(subject.namespace ? { namespace: bench.namespace } : {}),
        })),
      }),
    };
  }

  const can = (account: string, ...words: string[]) =>
    bench.lane
      .kubectl(
        'auth',
        'can-i',
        ...words,
        `--as=system:serviceaccount:${bench.namespace}:${account}`,
      )
      .catch(error => error.stdout.trim());

  it.each([
    ['yes', 'list pods -A'],
    ['yes', 'get pods/log -n default'],
    ['yes', 'patch deployments/scale -n NS'],
    ['yes', 'create pods/eviction -n NS'],
    ['yes', 'impersonate groups/runbooks:default'],
    ['no', 'get secrets -n default'],
    ['no', 'patch deployments -n default'],
    ['no', 'create rolebindings -n NS'],
    ['no', 'create serviceaccounts/token -n NS'],
    ['no', 'patch nodes'],
    ['no', 'impersonate groups/system:masters'],
    ['no', 'impersonate users/admin'],
  ])('answer %s to: may runs %s?', (answer, question) =>
    expectAnswer('runbooks', question, answer),
  );

  // What it may, everybody may who has the permission kubernetes.proxy.
  it.each([
    ['yes', 'list pods -A'],
    ['no', 'list secrets -n NS'],
    ['no', 'get secrets -n NS'],
    ['no', 'patch deployments/scale -n NS'],
    ['no', 'delete pods -n NS'],
    ['no', 'create pods/exec -n NS'],
    ['no', 'create serviceaccounts/token -n NS'],
    ['no', 'impersonate groups/runbooks:default'],
  ])('answer %s to: may the kubernetes plugin %s?', (answer, question) =>
    expectAnswer('backstage', question, answer),
  );

  async function expectAnswer(
    account: string,
    question: string,
    answer: string,
  ) {
    const words = question.replace('NS', bench.namespace).split(' ');
    const said = await can(account, ...words);
    expect(said.split('\n').at(-1)).toMatch(new RegExp(`^${answer}`));
  }

  describe('with impersonation', () => {
    const impersonation = {
      user: 'runbooks:{entity}',
      groups: ['runbooks:{namespace}', 'runbooks'],
    };

    it('calls are those of the entity', async () => {
      const { stdout } = await bench.run('kubectl auth whoami', {
        impersonation,
      });
      expect(stdout).toMatch(/Username +runbooks:component:default\/web\n/);
      expect(stdout).toMatch(/runbooks:default runbooks/);
    });

    it('Kubernetes lets the group write what its role says, and nothing that the scope alone would', async () => {
      const scale = bench.write({
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        name: 'web',
      });
      const account = bench.write({
        verb: 'create',
        resource: 'serviceaccounts',
        name: 'extra',
      });
      const { stdout, stderr } = await bench.run(
        'kubectl scale deploy web --replicas=2; kubectl create serviceaccount extra',
        { impersonation, allowed: [scale, account] },
      );
      expect(stdout).toBe('deployment.apps/web scaled\n');
      expect(stderr).toContain(
        'User "runbooks:component:default/web" cannot create resource "serviceaccounts"',
      );
    });

    it('a step cannot add a name of its own', async () => {
      const { stderr, stdout } = await bench.run(
        'kubectl --as=admin --as-group=system:masters get deploy',
        { impersonation },
      );
      expect(stdout).toBe('');
      expect(stderr).toContain('a step cannot impersonate anybody');
    });
  });
});
