import { readFile } from 'node:fs/promises';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import { processesWith } from './testUtils/ExecutorBench';
import { StepBench } from './testUtils/StepBench';

jest.setTimeout(60_000);

describe('a step in front of a real cluster', () => {
  let bench: StepBench;
  let pod: string;

  beforeAll(async () => {
    bench = await StepBench.create('step');
    for (const [name, replicas] of [
      ['web', 2],
      ['api', 1],
    ]) {
      const image = '--image=nginx:1';
      await bench.kubectl(
        'create',
        'deploy',
        `${name}`,
        image,
        `--replicas=${replicas}`,
      );
    }
    await bench.kubectl(
      'wait',
      'deploy',
      '--all',
      '--for=condition=Available',
      '--timeout=50s',
    );
    pod = await bench.kubectl(
      'get',
      'pods',
      '-l',
      'app=web',
      '-o',
      'jsonpath={.items[0].metadata.name}',
    );
  });
  afterAll(() => bench.dispose());

  const replicasOf = (name: string) =>
    bench.kubectl('get', 'deploy', name, '-o', 'jsonpath={.spec.replicas}');
  const scale = (name: string) =>
    bench.write({
      verb: 'patch',
      group: 'apps',
      resource: 'deployments',
      subresource: 'scale',
      name,
    });

  describe('reading', () => {
    it('sees its namespace without naming it', async () => {
      const { stdout, counts, calls } = await bench.run(
        'kubectl get deploy web -o name',
      );
      expect(stdout).toBe('deployment.apps/web\n');
      expect(counts).toMatchObject({ writes: 0, refused: 0 });
      expect(calls.at(-1)).toMatchObject({
        verb: 'get',
        group: 'apps',
        resource: 'deployments',
        namespace: bench.namespace,
        name: 'web',
        decision: 'passed',
        status: 200,
        dryRun: false,
        durationMs: expect.any(Number),
      });
    });

    it.each([
      ['kubectl get pods -o wide', /web-/],
      ['kubectl describe deploy web', /Replicas:/],
      ['kubectl logs deploy/api --tail=2', /./],
      ['kubectl top pods', /CPU/],
      ['kubectl rollout status deploy web', /successfully rolled out/],
      ['kubectl rollout history deploy web', /REVISION/],
      ['kubectl auth can-i get pods', /yes/],
      ['kubectl version', /Server Version/],
      ['kubectl api-resources --api-group=apps -o name', /deployments\.apps/],
      [
        'kubectl scale deploy web --replicas=9 --dry-run=server',
        /scaled \(server dry run\)/,
      ],
      ['helm list', /NAME/],
    ])('%s', async (text, expected) => {
      const { stdout, stderr, ok } = await bench.run(text);
      expect({ ok, stderr }).toEqual({ ok: true, stderr: '' });
      expect(stdout).toMatch(expected);
    });

    it('shows a change while it is watched, at once', async () => {
      let delay = NaN;
      let changedAt = 0;
      let seen = '';
      await bench.kubectl('create', 'configmap', 'watched');
      await bench.run(
        'kubectl get cm watched -w -o jsonpath=\'{.metadata.labels.at}{"\\n"}\'',
        {
          execution: {
            timeoutMs: 3_000,
            endsAtTimeout: true,
            onOutput: async (_, chunk) => {
              seen += chunk;
              if (seen.includes('second')) delay = Date.now() - changedAt;
              else if (!changedAt) {
                changedAt = Date.now();
                await bench.kubectl('label', 'cm', 'watched', 'at=second');
              }
            },
          },
        },
      );
      expect(delay).toBeLessThan(1_000);
    });

    it('lets kubectl discover the cluster anew in each step, in two or three calls by its version, and takes over nothing', async () => {
      const text = 'kubectl get deploy -o name';
      await bench.run(text);
      const { calls, stdout } = await bench.run(`${text}\n${text}`);
      expect(stdout).toContain('deployment.apps/web');
      const [first, second, ...rest] = calls.map(call => call.resource);
      expect([first, second]).toEqual(['', '']);
      expect(rest.filter(resource => resource !== '')).toEqual([
        'deployments',
        'deployments',
      ]);
      expect(rest.length).toBeLessThanOrEqual(4);
    });

    it('finds its kubeconfig where people expect it', async () => {
      const { stdout } = await bench.run(
        'export KUBECONFIG=~/.kube/config; kubectl get deploy web -o name',
      );
      expect(stdout).toBe('deployment.apps/web\n');
    });

    it('may choose another default namespace with kubectl config', async () => {
      const { stdout } = await bench.run(
        'kubectl config set-context --current --namespace=default >/dev/null && kubectl get svc -o name',
      );
      expect(stdout).toContain('service/kubernetes');
    });
  });

  describe('writing', () => {
    it('changes what was approved', async () => {
      const trace = await bench.run('kubectl scale deploy web --replicas=3', {
        allowed: [scale('web')],
      });
      expect(trace.stdout).toBe('deployment.apps/web scaled\n');
      expect(trace.counts).toMatchObject({ writes: 1, refused: 0 });
      await expect(replicasOf('web')).resolves.toBe('3');
    });

    it('changes nothing else, and says what was refused', async () => {
      const { ok, stderr, counts, calls } = await bench.run(
        'kubectl scale deploy api --replicas=5',
        { allowed: [scale('web')] },
      );
      expect(ok).toBe(false);
      expect(stderr).toContain(
        `runbooks gateway refused patch of deployments.apps/scale "api" in namespace "${bench.namespace}": it is not among the writes approved for this step`,
      );
      expect(counts).toMatchObject({ writes: 0, refused: 1 });
      expect(calls.at(-1)).toMatchObject({ decision: 'refused', status: 403 });
      await expect(replicasOf('api')).resolves.toBe('1');
    });

    it('changes nothing where the runbook only observes', async () => {
      const { stderr } = await bench.run(
        'kubectl scale deploy api --replicas=5',
        {
          allowed: [scale('api')],
          gateway: { observeOnly: true },
        },
      );
      expect(stderr).toContain('this runbook only observes');
      await expect(replicasOf('api')).resolves.toBe('1');
    });

    it('is recorded before it is sent, and refused where that fails', async () => {
      const { stderr, records } = await bench.run(
        'kubectl scale deploy api --replicas=5',
        {
          allowed: [scale('api')],
          gateway: {
            recordCall: async call => {
              if (call.verb === 'patch') throw new Error('no room');
            },
          },
        },
      );
      expect(stderr).toContain('it could not be recorded');
      expect(records).toEqual([]);
      await expect(replicasOf('api')).resolves.toBe('1');
    });

    it('creates by the approved name, whether kubectl writes JSON or protobuf', async () => {
      const allowed = [
        bench.write({ verb: 'create', resource: 'configmaps', name: 'good' }),
        bench.write({
          verb: 'create',
          group: 'apps',
          resource: 'deployments',
          name: 'good',
        }),
      ];
      const { stdout, stderr } = await bench.run(
        [
          'kubectl create configmap good',
          'kubectl create configmap bad',
          'kubectl create deploy good --image=nginx:1',
          'kubectl create deploy bad --image=nginx:1',
        ].join('\n'),
        { allowed },
      );
      expect(stdout).toBe(
        'configmap/good created\ndeployment.apps/good created\n',
      );
      expect(stderr).toMatch(/refused create of configmaps "bad"/);
      expect(stderr).toMatch(/refused create of deployments.apps "bad"/);
    });

    it('deletes what was approved, with the options it gave', async () => {
      await bench.kubectl('create', 'configmap', 'gone');
      const { stdout } = await bench.run('kubectl delete cm gone', {
        allowed: [
          bench.write({ verb: 'delete', resource: 'configmaps', name: 'gone' }),
        ],
      });
      expect(stdout).toContain('deleted');
      await expect(
        bench.kubectl('get', 'cm', 'gone', '--ignore-not-found'),
      ).resolves.toBe('');
    });

    it('writes anything in its namespace where that was approved, and nothing elsewhere', async () => {
      const { stdout, stderr } = await bench.run(
        [
          'kubectl create configmap anything',
          'kubectl -n default create configmap anything',
          'kubectl create namespace anything',
          `kubectl delete namespace ${bench.namespace}`,
          'kubectl create token default',
        ].join('\n'),
        {
          allowed: {
            kind: 'any-in-namespaces',
            namespaces: [bench.namespace],
            destructive: true,
          },
        },
      );
      expect(stdout).toBe('configmap/anything created\n');
      expect(stderr.match(/runbooks gateway refused/g)).toHaveLength(4);
    });
  });

  describe('exec', () => {
    const exec = (command: string[]) =>
      bench.write({
        verb: 'connect',
        resource: 'pods',
        subresource: 'exec',
        name: pod,
        command,
      });

    it('runs the approved command', async () => {
      const { stdout, calls } = await bench.run(
        `kubectl exec ${pod} -- hostname`,
        {
          allowed: [exec(['hostname'])],
        },
      );
      expect(stdout).toBe(`${pod}\n`);
      expect(calls.at(-1)).toMatchObject({
        verb: 'connect',
        subresource: 'exec',
        path: expect.stringContaining('command=hostname'),
        status: 101,
      });
    });

    it('runs no other command, and tells of one refused call', async () => {
      const { stderr, counts } = await bench.run(
        `kubectl exec ${pod} -- date`,
        {
          allowed: [exec(['hostname'])],
        },
      );
      expect(stderr).toContain(`refused connect of pods/exec "${pod}"`);
      expect(counts).toMatchObject({ refused: 1, writes: 0 });
    });
  });

  describe('the border', () => {
    it('refuses to act as somebody else', async () => {
      const { stderr } = await bench.run('kubectl --as=viewer get pods');
      expect(stderr).toContain('a step cannot impersonate anybody');
    });

    it('drops a token of the step', async () => {
      const { stdout } = await bench.run(
        'kubectl --token=other auth whoami -o jsonpath={.status.userInfo.username}',
      );
      const whoami = 'auth whoami -o jsonpath={.status.userInfo.username}';
      expect(stdout).toBe(await bench.lane.kubectl(...whoami.split(' ')));
    });

    it('has no way past the gateway', async () => {
      const { stderr, counts } = await bench.run(
        'kubectl --token X --server "$RUNBOOKS_P_SERVER" get pods; curl -sS -m 2 http://192.0.2.1',
        {
          execution: { environment: { RUNBOOKS_P_SERVER: bench.lane.server } },
        },
      );
      expect(stderr).toMatch(/connection.*refused/);
      expect(stderr).toMatch(/Couldn't connect|Failed to connect/);
      expect(counts.total).toBe(0);
    });

    it.each([
      [
        'plain exec',
        () =>
          `/api/v1/namespaces/${bench.namespace}/pods/${pod}/exec?command=date`,
      ],
      [
        'encoded path',
        () =>
          `/api/v1/namespaces/${bench.namespace}/pods%2F${pod}/exec?command=date`,
      ],
      ['node proxy', () => '/api/v1/nodes/node-a/proxy/pods'],
      ['metrics', () => '/metrics'],
      ['logs of the API server', () => '/logs/'],
    ])('refuses a raw %s', async (_, url) => {
      const { stdout } = await bench.run(
        `curl -sS --path-as-is "http://127.0.0.1:6443${url()}"`,
      );
      expect(JSON.parse(stdout)).toMatchObject({
        kind: 'Status',
        code: 403,
        message: expect.stringContaining('runbooks gateway refused'),
      });
    });

    it('answers an upgrade to HTTP/2 instead of leaving it open', async () => {
      const { stdout } = await bench.run(
        'curl -sS -m 5 --http2 http://127.0.0.1:6443/version -o /dev/null -w "%{http_code}"',
      );
      expect(stdout).toBe('403');
    });

    it('has a deletion with a body really approved, whatever its query says', async () => {
      await bench.kubectl('create', 'configmap', 'stays');
      const url = `http://127.0.0.1:6443/api/v1/namespaces/${bench.namespace}/configmaps/stays?dryRun=All`;
      const { stdout } = await bench.run(`curl -sS -X DELETE -d '{}' "${url}"`);
      expect(JSON.parse(stdout)).toMatchObject({ code: 403 });
      await expect(
        bench.kubectl('get', 'cm', 'stays', '-o', 'name'),
      ).resolves.toBe('configmap/stays');
    });
  });

  describe('a kubectl that fails', () => {
    const failedIn = async (
      text: string,
      execution: Partial<StepExecution> = {},
    ) => {
      const { ok, stdout, commands } = await bench.run(text, { execution });
      return {
        ok,
        stdout,
        failed: commands.flatMap(({ failed }) => failed ?? []),
      };
    };

    it.each([
      ['kubectl logs gone | grep -i error | wc -l', '0\n', 'kubectl logs gone'],
      [
        'POD=$(kubectl get pod gone -o name | head -1)\necho "[$POD]"',
        '[]\n',
        'kubectl get pod gone -o name',
      ],
      [
        'echo "pods: $(kubectl get pod gone | wc -l)"',
        'pods: 0\n',
        'kubectl get pod gone',
      ],
    ])('is told although bash says 0: %s', async (text, stdout, failed) => {
      await expect(failedIn(text)).resolves.toEqual({
        ok: false,
        stdout,
        failed: [failed],
      });
    });

    it('is none where its reader has enough, or where nothing is found', async () => {
      await expect(
        failedIn(
          'kubectl get pods | head -1 > /dev/null; kubectl get pods | grep nothing-like-it; kubectl get pods | grep -c gone',
        ),
      ).resolves.toEqual({ ok: true, stdout: '0\n', failed: [] });
    });

    it('is the last thing that a changing step does', async () => {
      await expect(
        failedIn(
          'kubectl get deploy gone\nkubectl scale deploy api --replicas=9',
          { stopAtFailure: true },
        ),
      ).resolves.toMatchObject({
        ok: false,
        failed: ['kubectl get deploy gone'],
      });
      await expect(replicasOf('api')).resolves.not.toBe('9');
    });
  });

  describe('secret values', () => {
    const password = 'made-up-4711';

    beforeAll(async () => {
      await bench.run(
        [
          'cat > s.yaml <<X',
          '{apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: made-up-4711}}',
          'X',
          'kubectl apply -f s.yaml',
        ].join('\n'),
        {
          allowed: {
            kind: 'any-in-namespaces',
            namespaces: [bench.namespace],
            destructive: true,
          },
        },
      );
    });

    it.each([
      'kubectl get secret db -o yaml',
      'kubectl get secret db',
      'kubectl get secrets -o json',
      'timeout 2 kubectl get secret db -w -o yaml',
      "curl -sS -H 'Accept: application/vnd.kubernetes.protobuf' http://127.0.0.1:6443/api/v1/namespaces/$RUNBOOKS_P_NS/secrets/db",
      'curl -sS --compressed "http://127.0.0.1:6443/api/v1/namespaces/$RUNBOOKS_P_NS/secrets?pretty=1"',
    ])('are told before the step sees them: %s', async text => {
      const { secrets, stdout } = await bench.run(text, {
        execution: { environment: { RUNBOOKS_P_NS: bench.namespace } },
      });
      expect(stdout).toMatch(/db/);
      expect(secrets).toContain(password);
      const stored = Buffer.from(password).toString('base64');
      expect(stdout.includes(stored) && !secrets.includes(stored)).toBe(false);
    });

    it('are told of a token that was made with an approval and a grant', async () => {
      const { secrets, stdout } = await bench.run(
        'kubectl create token default',
        {
          allowed: [
            bench.write({
              verb: 'create',
              resource: 'serviceaccounts',
              subresource: 'token',
              name: 'default',
            }),
          ],
          gateway: {
            scope: bench.scope({
              grants: [
                {
                  verbs: ['create'],
                  group: '',
                  resource: 'serviceaccounts/token',
                  namespace: bench.namespace,
                  names: ['default'],
                },
              ],
            }),
          },
        },
      );
      expect(secrets).toEqual([stdout.trim()]);
    });
  });

  it('lets a cleanup trap reach the cluster when it is cancelled, and leaves nothing', async () => {
    const cancel = new AbortController();
    let seen = '';
    const { cancelled } = await bench.run(
      [
        "trap 'kubectl get deploy web -o name; exit 3' TERM",
        // Bash runs a trap when its foreground command has ended: say so when there is one that SIGTERM can end.
        '(sleep .5; echo started) &',
        'sleep 987611',
      ].join('\n'),
      {
        execution: {
          signal: cancel.signal,
          killAfterMs: 20_000,
          onOutput: (_, chunk) => {
            seen += chunk;
            if (seen.includes('started')) cancel.abort();
          },
        },
      },
    );
    expect(cancelled).toBe(true);
    expect(seen).toContain('deployment.apps/web');
    await expect(processesWith('sleep 987611')).resolves.toEqual([]);
  });

  it('does not meet another attempt that runs at the same time', async () => {
    const [one, two] = await Promise.all([
      bench.run(
        'kubectl scale deploy api --replicas=2; sleep .5; touch /tmp/one; ls /tmp',
        {
          allowed: [scale('api')],
        },
      ),
      bench.run(
        'kubectl scale deploy api --replicas=7; sleep .5; touch /tmp/two; ls /tmp',
      ),
    ]);
    expect(one.stdout).toBe('deployment.apps/api scaled\none\n');
    expect(two.stdout).toBe('two\n');
    expect(one.counts).toMatchObject({ writes: 1, refused: 0 });
    expect(two.counts).toMatchObject({ writes: 0, refused: 1 });
    await expect(replicasOf('api')).resolves.toBe('2');
  });

  describe('the audit log of the cluster', () => {
    it('holds the calls of our record, all of them and no others', async () => {
      const { calls, attempt } = await bench.run(
        `kubectl get pods; kubectl logs ${pod} --tail=1; kubectl scale deploy api --replicas=4; kubectl delete deploy web`,
        { allowed: [scale('api')] },
      );
      const passed = calls.filter(call => call.decision === 'passed');
      await new Promise(resolve => setTimeout(resolve, 500));
      const log = await readFile(bench.lane.auditLog, 'utf8');
      const name = `runbooks/${bench.namespace}/step-1/${attempt}"`;
      const audited = new Set<string>(
        log
          .split('\n')
          .filter(line => line.includes(name))
          .map(line => JSON.parse(line).auditID),
      );
      expect(passed.length).toBeGreaterThan(2);
      expect([...audited].sort()).toEqual(passed.map(call => call.id).sort());
    });
  });
});
