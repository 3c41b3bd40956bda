import {
  previewOf,
  type DryRunWrite,
  type Preview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench } from '../executors/testUtils/StepBench';
import type { PreviewSink } from './GatewayAttempt';

jest.setTimeout(90_000);

/** What a preview is told. */
class Seen implements PreviewSink {
  readonly #writes: DryRunWrite[] = [];
  readonly #startedAt = new Date().toISOString();
  #failure: string | undefined;

  seen(write: DryRunWrite): void {
    this.#writes.push(write);
  }

  failed(because: string): void {
    this.#failure ??= because;
  }

  preview(): Preview {
    return previewOf(this.#writes, {
      notes: [],
      hide: text => text,
      startedAt: this.#startedAt,
      endedAt: new Date().toISOString(),
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
    });
  }

  told(): string[] {
    const preview = this.preview();
    if (!('objects' in preview)) return [JSON.stringify(preview)];
    return preview.objects.map(
      ({ change, object, headline }) =>
        `${change} ${object.kind} ${object.name}${
          headline ? `: ${headline}` : ''
        }`,
    );
  }
}

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
      gateway: { preview: new Seen() },
      execution: { timeoutMs: 40_000 },
    });

  it.each<[string, RegExp, string[]]>([
    [
      'kubectl scale deploy web --replicas=5',
      /web scaled/,
      ['change Deployment web: 1 → 5 replicas'],
    ],
    [
      'kubectl set image deploy/web nginx=nginx:2',
      /image updated/,
      ['change Deployment web: image nginx:1 → nginx:2'],
    ],
    [
      'kubectl rollout restart deploy web',
      /web restarted/,
      ['change Deployment web: restarts its pods'],
    ],
    [
      'kubectl create deploy fresh --image=nginx:1',
      /fresh created/,
      ['create Deployment fresh'],
    ],
    ['kubectl delete deploy a', /"a" deleted/, ['delete Deployment a']],
    [
      'kubectl scale deploy a --replicas=3; kubectl delete deploy a',
      /"a" deleted/,
      ['change Deployment a: 1 → 3 replicas', 'delete Deployment a'],
    ],
    [
      'kubectl delete deploy -l grp=x',
      /"b" deleted/,
      ['delete Deployment a', 'delete Deployment b'],
    ],
    ['kubectl delete pod $POD', /deleted/, ['delete Pod $POD']],
    [
      'kubectl drain $NODE --ignore-daemonsets --force --pod-selector=app=web',
      /evicted/,
      ['delete Pod $POD', 'change Node $NODE'],
    ],
    [
      'kubectl drain $NODE --ignore-daemonsets --force --disable-eviction --pod-selector=app=web',
      /deleted/,
      ['delete Pod $POD', 'change Node $NODE'],
    ],
    [
      'kubectl get deploy a -o yaml > a.yaml; kubectl replace --force -f a.yaml',
      /"a" deleted\n.*\/a replaced/,
      ['change Deployment a'],
    ],
    [
      'kubectl delete --raw "/api/v1/namespaces/$NS/configmaps?labelSelector=prune"',
      /"name":"old"/,
      ['delete ConfigMap old'],
    ],
    [
      'echo \'{apiVersion: v1, kind: ConfigMap, metadata: {name: new, labels: {prune: "yes"}}}\' > n.yaml; kubectl apply -f n.yaml --prune -l prune=yes',
      /configmap\/old pruned/,
      ['delete ConfigMap old', 'create ConfigMap new'],
    ],
  ])(
    'of %s changes nothing, and tells what would be',
    async (text, expected, told) => {
      const before = await state();
      const seen = new Seen();
      const result = await bench.run(text, {
        gateway: { preview: seen, scope: scopeWithNode() },
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
      const named = told.map(line =>
        line.replace('$POD', pod).replace('$NODE', node),
      );
      expect(seen.told().map((line, n) => startOf(line, named[n]))).toEqual(
        named,
      );
    },
  );

  it('tells what a write would be refused for, in the words of the API server', async () => {
    const seen = new Seen();
    await bench.run(
      'kubectl patch deploy web -p \'{"spec":{"replicas":-1}}\'',
      { gateway: { preview: seen } },
    );
    expect(seen.preview()).toEqual({
      outcome: 'refused',
      because: expect.stringContaining('must be greater than or equal to 0'),
    });
  });

  it.each([
    '--type=json -p \'[{"op":"replace","path":"/spec/ports/0/nodePort","value":PORT}]\'',
    '--type=merge -p \'{"spec":{"ports":[{"port":80,"nodePort":PORT}]}}\'',
  ])('tells the port of nodes that %s asks for', async patch => {
    const service = ['get', 'service', 'web', '--ignore-not-found', '-o'];
    const portPath = 'jsonpath={.spec.ports[0].nodePort}';
    if ((await bench.kubectl(...service, 'name')) === '') {
      await bench.kubectl('create', 'service', 'nodeport', 'web', '--tcp=80');
    }
    const had = await bench.kubectl(...service, portPath);
    const wanted = had === '32741' ? '32742' : '32741';
    const seen = new Seen();
    await bench.run(
      `kubectl patch service web ${patch.replace('PORT', wanted)}`,
      { gateway: { preview: seen } },
    );
    expect(seen.preview()).toMatchObject({
      objects: [
        {
          fields: expect.arrayContaining([
            {
              path: expect.stringMatching(
                /^spec\.ports\[80(?:\/TCP)?\]\.nodePort$/,
              ),
              before: had,
              after: wanted,
            },
          ]),
        },
      ],
    });
    await expect(bench.kubectl(...service, portPath)).resolves.toBe(had);
  });

  it('leaves out the port of nodes that the API server chooses', async () => {
    await bench.kubectl('create', 'service', 'clusterip', 'inner', '--tcp=80');
    const seen = new Seen();
    await bench.run(
      'kubectl patch service inner -p \'{"spec":{"type":"NodePort"}}\'',
      { gateway: { preview: seen } },
    );
    const text = JSON.stringify(seen.preview());
    expect(text).toContain('spec.type');
    expect(text).not.toContain('nodePort');
  });

  it('reads no values of a Secret for it', async () => {
    await bench.kubectl(
      'create',
      'secret',
      'generic',
      'login',
      '--from-literal=password=hunter2-hunter2',
    );
    const seen = new Seen();
    await bench.run(
      'kubectl patch secret login -p \'{"stringData":{"password":"other-hunter3"}}\'',
      {
        allowed: [
          bench.write({ verb: 'patch', resource: 'secrets', name: 'login' }),
        ],
        gateway: { preview: seen },
      },
    );
    const text = JSON.stringify(seen.preview());
    expect(text).toContain('password');
    expect(text).not.toContain('hunter');
    expect(text).not.toContain(
      Buffer.from('other-hunter3').toString('base64').slice(0, 12),
    );
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
      gateway: { preview: new Seen() },
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

/** A line as far as the test says what it is. */
function startOf(line: string, expected: string | undefined): string {
  return expected !== undefined && line.startsWith(expected) ? expected : line;
}
