import { StepBench } from '../executors/testUtils/StepBench';

jest.setTimeout(90_000);

describe('a preview', () => {
  let bench: StepBench;
  let pod: string;
  let node: string;

  beforeAll(async () => {
    bench = await StepBench.create('preview');
    for (const name of ['web', 'a', 'b']) {
      await bench.kubectl('create', 'deploy', name, '--image=nginx:1');
    }
    await bench.kubectl('label', 'deploy', 'a', 'b', 'grp=x');
    await bench.kubectl(
      'wait',
      'deploy',
      '--all',
      '--for=condition=Available',
      '--timeout=50s',
    );
    await bench.run(
      'echo \'{apiVersion: v1, kind: ConfigMap, metadata: {name: old, labels: {prune: "yes"}}}\' | kubectl apply -f -',
      {
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: [bench.namespace],
          destructive: true,
        },
      },
    );
    [pod, node] = (
      await bench.kubectl(
        'get',
        'pods',
        '-l',
        'app=web',
        '-o',
        'jsonpath={.items[0].metadata.name} {.items[0].spec.nodeName}',
      )
    ).split(' ');
  });
  afterAll(() => bench.dispose());

  /** Everything that a preview must leave alone. */
  const state = () =>
    bench.lane.kubectl(
      ...['-n', bench.namespace, 'get', 'deploy,rs,pods,cm,nodes', '-o'],
      'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid} {.metadata.deletionTimestamp} {.spec.replicas} {.spec.unschedulable}{"\\n"}{end}',
    );

  const scopeWithNode = () =>
    bench.scope({
      grants: [
        {
          verbs: ['patch'],
          group: '',
          resource: 'nodes',
          namespace: '',
          names: [node],
        },
      ],
    });

  const preview = (text: string) =>
    bench.run(text, {
      gateway: { preview: true },
      execution: { timeoutMs: 40_000 },
    });

  it.each<[string, RegExp]>([
    ['kubectl scale deploy web --replicas=5', /web scaled/],
    ['kubectl set image deploy/web nginx=nginx:2', /image updated/],
    ['kubectl rollout restart deploy web', /web restarted/],
    ['kubectl create deploy fresh --image=nginx:1', /fresh created/],
    ['kubectl delete deploy a', /"a" deleted/],
    ['kubectl delete deploy -l grp=x', /"b" deleted/],
    ['kubectl delete pod $POD', /deleted/],
    [
      'kubectl drain $NODE --ignore-daemonsets --force --pod-selector=app=web',
      /evicted/,
    ],
    [
      'kubectl drain $NODE --ignore-daemonsets --force --disable-eviction --pod-selector=app=web',
      /deleted/,
    ],
    [
      'kubectl get deploy a -o yaml > a.yaml; kubectl replace --force -f a.yaml',
      /"a" deleted\n.*\/a replaced/,
    ],
    [
      'kubectl delete --raw "/api/v1/namespaces/$NS/configmaps?labelSelector=prune"',
      /"name":"old"/,
    ],
    [
      'echo \'{apiVersion: v1, kind: ConfigMap, metadata: {name: new, labels: {prune: "yes"}}}\' > n.yaml; kubectl apply -f n.yaml --prune -l prune=yes',
      /configmap\/old pruned/,
    ],
  ])('of %s changes nothing', async (text, expected) => {
    const before = await state();
    const result = await bench.run(text, {
      gateway: { preview: true, scope: scopeWithNode() },
      execution: {
        timeoutMs: 40_000,
        environment: { POD: pod, NODE: node, NS: bench.namespace },
      },
    });
    expect(result.stdout).toMatch(expected);
    expect(result).toMatchObject({
      ok: true,
      timedOut: false,
      counts: { writes: 0 },
    });
    const writes = result.calls.filter(
      call => !['get', 'list', 'watch'].includes(call.verb),
    );
    expect(writes.every(call => call.dryRun)).toBe(true);
    await expect(state()).resolves.toBe(before);
  });

  it.each([
    ['kubectl exec $POD -- hostname', /it has no dry run/],
    ['kubectl create token default', /it has no dry run/],
  ])('of %s is refused', async (text, expected) => {
    const { stderr } = await bench.run(text, {
      allowed: [
        bench.write({
          verb: '*',
          resource: '*',
          subresource: 'exec',
          name: '*',
          command: ['*'],
        }),
        bench.write({
          verb: '*',
          resource: '*',
          subresource: 'token',
          name: '*',
        }),
      ],
      gateway: { preview: true },
      execution: { environment: { POD: pod } },
    });
    expect(stderr).toMatch(expected);
  });

  it('lets self-reviews and reads pass as they are', async () => {
    const { stdout } = await preview(
      'kubectl auth can-i get pods; kubectl get deploy web -o name',
    );
    expect(stdout).toBe('yes\ndeployment.apps/web\n');
  });
});
