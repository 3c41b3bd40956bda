import { StepBench } from '../executors/testUtils/StepBench';
import type { GatewayAttempt } from './GatewayAttempt';

jest.setTimeout(120_000);

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What stays possible behind the border: the words of ordinary procedures. */
describe('behind the gateway', () => {
  let bench: StepBench;
  let other: string;

  beforeAll(async () => {
    bench = await StepBench.create('life');
    other = await bench.lane.createNamespace('life-other');
    for (const namespace of [bench.namespace, other]) {
      for (const name of ['db', 'mail']) {
        await bench.lane.kubectl(
          ...['-n', namespace, 'create', 'secret', 'generic', name],
          '--from-literal=password=made-up-4711',
          '--save-config',
        );
      }
    }
    await bench.kubectl('create', 'deploy', 'web', '--image=nginx:1');
    await bench.kubectl('rollout', 'status', 'deploy', 'web', '--timeout=50s');
  });
  afterAll(async () => {
    await bench.lane.removeNamespace(other);
    await bench.dispose();
  });

  const nothing: Partial<GatewayAttempt> = { secrets: { kind: 'none' } };
  const run = (text: string, gateway: Partial<GatewayAttempt>) =>
    bench.run(text, {
      gateway,
      execution: {
        timeoutMs: 60_000,
        environment: { NS: bench.namespace, OTHER: other },
      },
    });

  describe('a step that is approved for nothing', () => {
    it.each<[string, RegExp]>([
      ['kubectl get secrets', /^NAME +TYPE +DATA +AGE\n(.*\n)*db +Opaque +1 /],
      ['kubectl get secret db', /\ndb +Opaque +1 /],
      ['kubectl -n $OTHER get secrets', /\nmail +Opaque +1 /],
      ['kubectl get secrets -A | grep "$OTHER"', /life-other-\S+ +db +Opaque/],
      ['kubectl get secrets -o wide', /\ndb +Opaque/],
      ['kubectl get secrets --show-labels', /LABELS\n(.*\n)*db .*<none>/],
      ['kubectl get secrets --sort-by=.metadata.name', /\ndb (.*\n)+mail /],
      ['kubectl get secrets --no-headers | wc -l', /^2\n$/],
      ['kubectl get secrets,deploy', /secret\/db(.*\n)+.*deployment.apps\/web/],
      ['kubectl get all', /deployment.apps\/web/],
      ['kubectl get pods -A -o json | grep -c \'"kind": "Pod"\'', /\d/],
      ['kubectl describe deploy web', /Replicas:/],
      ['kubectl logs deploy/web --tail=2', /./],
      ['kubectl top pods', /CPU/],
      ['kubectl get cm kube-root-ca.crt -o yaml', /BEGIN CERTIFICATE/],
    ])('may run %s', async (text, expected) => {
      const { stdout, stderr, ok, secrets } = await run(text, nothing);
      expect({ ok, stderr }).toEqual({ ok: true, stderr: '' });
      expect(stdout).toMatch(expected);
      expect(secrets).toEqual([]);
    });

    it('may watch Secrets as a table', async () => {
      const { stdout, counts } = await run(
        'timeout 2 kubectl get secrets -w & sleep 1; kubectl get secrets >/dev/null; wait',
        nothing,
      );
      expect(stdout).toMatch(/\ndb +Opaque +1 /);
      expect(counts).toMatchObject({ refused: 0 });
    });

    it('is told by kubectl why it may not see the data', async () => {
      const { stderr } = await run('kubectl get secret db -o yaml', nothing);
      expect(stderr).toContain(
        `runbooks gateway refused get of secrets "db" in namespace "${bench.namespace}": it would show Secret data; the step is not approved to read Secrets`,
      );
    });

    it('may not forward a port', async () => {
      const { stderr } = await run(
        'timeout 5 kubectl port-forward deploy/web 8080:80',
        nothing,
      );
      expect(stderr).toMatch(/refused connect of pods\/portforward/);
    });
  });

  it('kubectl apply changes a Secret that the step names, its answer is no read, and its values are known', async () => {
    const manifest = [
      'apiVersion: v1',
      'kind: Secret',
      'metadata: {name: applied}',
      `data: {password: ${base64('made-up-0815')}}`,
    ].join('\n');
    const allowed = ['create', 'patch'].map(verb =>
      bench.write({ verb, resource: 'secrets', name: 'applied' }),
    );
    const gateway = {
      ...nothing,
      allowed: { kind: 'listed' as const, writes: allowed },
    };
    const apply = `cat > s.yaml <<'X'\n${manifest}\nX\nkubectl apply -f s.yaml`;
    const first = await run(apply, gateway);
    expect(first.stdout).toBe('secret/applied created\n');
    expect(first.secrets).toContain('made-up-0815');
    const second = await run(
      apply.replace(/password: .*}/, `token: ${base64('made-up-4242')}}`),
      gateway,
    );
    expect(second.stdout).toBe('secret/applied configured\n');
    expect(second.secrets).toEqual(
      expect.arrayContaining(['made-up-0815', 'made-up-4242']),
    );
    await expect(
      bench.kubectl('get', 'secret', 'applied', '-o', 'jsonpath={.data}'),
    ).resolves.toBe(`{"token":"${base64('made-up-4242')}"}`);
  });

  it('a step that was approved for one Secret reads it in every way, and lists the others without their data', async () => {
    await bench.kubectl(
      ...['create', 'secret', 'generic', 'mine'],
      '--from-literal=password=made-up-0816',
    );
    const { stdout, stderr, counts } = await run(
      [
        'P=$(kubectl get secret mine -o jsonpath={.data.password} | base64 -d); echo "length ${#P}"',
        'kubectl get secret mine -o name',
        'kubectl describe secret mine | grep bytes',
        'timeout 3 kubectl get secret mine -w -o name || true',
        'kubectl get secrets --no-headers | grep -c mine',
        'kubectl delete secret mine',
      ].join('\n'),
      {
        secrets: {
          kind: 'named',
          names: [{ namespace: bench.namespace, name: 'mine' }],
        },
        allowed: {
          kind: 'listed',
          writes: [
            bench.write({ verb: 'delete', resource: 'secrets', name: 'mine' }),
          ],
        },
      },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^length 12\nsecret\/mine\npassword: +12 bytes\nsecret\/mine\n1\nsecret "mine" deleted/,
    );
    expect(counts.refused).toBe(0);
  });

  it('a script may change what can be taken back', async () => {
    const { stdout, stderr, counts } = await run(
      [
        'kubectl create configmap made --from-literal=a=1',
        'kubectl create deploy api --image=nginx:1 --replicas=2',
        'kubectl create cronjob nightly --image=nginx:1 --schedule="0 0 1 1 *"',
        'kubectl create job once --from=cronjob/nightly',
        'kubectl create service clusterip api --tcp=80',
        'kubectl set image deploy/api nginx=nginx:2',
        'kubectl scale deploy api --replicas=1',
        'kubectl rollout restart deploy api',
        'kubectl rollout undo deploy api',
        'kubectl annotate deploy api note=x',
        'kubectl annotate deploy api note-',
        'kubectl autoscale deploy api --min=1 --max=2',
        'kubectl expose deploy api --name=api2 --port=80',
        'kubectl create deploy late --image=nginx:1 --dry-run=client -o yaml | kubectl apply -f -',
        'kubectl patch cronjob nightly -p \'{"spec":{"suspend":true}}\'',
        'kubectl exec deploy/web -- hostname',
      ].join('\n'),
      {
        ...nothing,
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: [bench.namespace],
          destructive: false,
          executes: [
            {
              verb: 'connect',
              group: '',
              resource: 'pods',
              subresource: 'exec',
              namespace: bench.namespace,
              name: '*',
              command: ['hostname'],
            },
          ],
        },
      },
    );
    expect(stderr).not.toContain('runbooks gateway');
    expect(stdout).toMatch(/late created\n(.*\n)*web-/);
    expect(counts).toMatchObject({ refused: 0, writes: 15, executions: 1 });
  });

  it('helm lists, installs, upgrades and rolls back with no more than its own Secrets', async () => {
    const chart = [
      'mkdir -p c/templates',
      "printf 'apiVersion: v2\\nname: c\\nversion: 1.0.0\\n' > c/Chart.yaml",
      "printf 'a: one\\n' > c/values.yaml",
      'printf \'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: shop}\\ndata: {a: "{{ .Values.a }}"}\\n\' > c/templates/cm.yaml',
    ].join('\n');
    const { stdout, stderr, counts } = await run(
      [
        chart,
        'helm install shop ./c',
        'helm upgrade shop ./c --set a=two',
        'kubectl get cm shop -o jsonpath={.data.a}',
        'helm rollback shop 1',
        'kubectl get cm shop -o jsonpath={.data.a}',
        'helm list',
        'helm get values shop',
        'helm history shop',
        'helm status shop',
      ].join('\n'),
      {
        secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] },
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: [bench.namespace],
          destructive: false,
        },
      },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/twoRollback was a success.*\none/);
    expect(stdout).toMatch(/shop\s+\S+\s+3 /);
    expect(counts.refused).toBe(0);
  });
});
