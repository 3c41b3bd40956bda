import { StepBench, type StepTrace } from '../executors/testUtils/StepBench';
import {
  tryTwice,
  WITHOUT_CHECK_OF_ANSWERS,
  WITHOUT_CHECK_OF_HEADERS,
  WITHOUT_DECISION,
  type Attack,
} from './testUtils/attackBench';

jest.setTimeout(90_000);

const PASSWORD = 'made-up-4711';
const STORED = Buffer.from(PASSWORD).toString('base64');
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const REFUSED = /runbooks gateway refused/;

let bench: StepBench;
let other: string;

const inOther = (...args: string[]) => bench.lane.kubectl('-n', other, ...args);
const seen = (trace: StepTrace) =>
  trace.stdout.includes(STORED) || trace.stdout.includes(PASSWORD);
const exists = async (...args: string[]) =>
  (await bench.lane.kubectl('get', ...args, '--ignore-not-found', '-o', 'name'))
    .length > 0;
const remove = (...args: string[]) =>
  bench.lane.kubectl('delete', '--ignore-not-found', ...args);

const anyWrite = (destructive: boolean) => (): Attack['gateway'] => b => ({
  secrets: { kind: 'none' },
  allowed: {
    kind: 'any-in-namespaces',
    namespaces: [b.namespace],
    destructive,
  },
});
/** A script in an approved step: any write in its namespace that can be taken back. */
const script = anyWrite(false)();
/** The same, approved as destructive. */
const destructiveScript = anyWrite(true)();
/** Whatever was approved. */
const everything: Attack['gateway'] = () => ({
  secrets: { kind: 'any' },
  allowed: {
    kind: 'listed',
    writes: ['*', 'token', 'exec'].map(subresource => ({
      verb: '*',
      group: '*',
      resource: '*',
      subresource,
      namespace: '*',
      name: '*',
      selector: '*',
      command: ['*'],
    })),
  },
});
const noSecrets: Attack['gateway'] = () => ({ secrets: { kind: 'none' } });

beforeAll(async () => {
  bench = await StepBench.create('attack');
  other = await bench.lane.createNamespace('victim');
  for (const namespace of [bench.namespace, other]) {
    await bench.lane.kubectl(
      ...['-n', namespace, 'create', 'secret', 'generic', 'db'],
      `--from-literal=password=${PASSWORD}`,
      '--save-config',
    );
    await bench.lane.kubectl(
      ...['-n', namespace, 'create', 'configmap', 'settings'],
      `--from-literal=value=${PASSWORD}`,
    );
    await bench.lane.kubectl(
      ...['-n', namespace, 'create', 'secret', 'generic', 'release'],
      `--from-literal=release=${PASSWORD}`,
      '--type=helm.sh/release.v1',
    );
    await bench.lane.kubectl(
      ...['-n', namespace, 'create', 'deploy', 'web', '--image=nginx:1'],
    );
    await bench.lane.kubectl(
      ...['-n', namespace, 'create', 'serviceaccount', 'admin'],
    );
  }
});
afterAll(async () => {
  await remove('clusterrolebinding', `${bench.namespace}-attack`);
  await remove('namespace', `${bench.namespace}-attack`, '--wait=false');
  await bench.lane.removeNamespace(other);
  await bench.dispose();
});

async function expectNoHarm(attack: Attack): Promise<void> {
  const { undefended, defended, shown } = await tryTwice(bench, other, attack);
  expect({ undefended, defended }).toEqual({
    undefended: true,
    defended: false,
  });
  expect(shown).toMatch(attack.shows ?? REFUSED);
}

describe('the Secret of another namespace, with every read approved', () => {
  const URL = '$API/api/v1/namespaces/$OTHER/secrets';

  it.each([
    'kubectl -n $OTHER get secret db -o yaml',
    'kubectl -n $OTHER get secret db -o jsonpath={.data.password}',
    'kubectl -n $OTHER describe secret db; kubectl -n $OTHER get secret db -o json',
    'kubectl get secrets -A -o json',
    'kubectl get --raw /api/v1/namespaces/$OTHER/secrets/db',
    'kubectl get --raw "/api/v1/secrets?fieldSelector=metadata.namespace%3D$OTHER"',
    'echo "{apiVersion: v1, kind: Secret, metadata: {name: db, namespace: $OTHER}}" > s.yaml; kubectl get -f s.yaml -o yaml',
    'timeout 2 kubectl -n $OTHER get secrets -w -o yaml',
    `curl -sS "${URL}/db"`,
    `curl -sS -H 'Accept: application/vnd.kubernetes.protobuf' "${URL}/db"`,
    `curl -sS -H 'Accept: application/json;as=Table;v=v1;g=evil' -H 'Accept: application/json' "${URL}/db"`,
    `curl -sS -m 2 "${URL}?watch=1"`,
    `curl -sS -m 2 "${URL}?watch=true&fieldSelector=metadata.name%3Ddb"`,
    'curl -sS -m 2 "$API/api/v1/watch/namespaces/$OTHER/secrets/db"',
    'curl -sS -m 2 "$API/api/v1/watch/secrets"',
    'curl -sS "$API/api/v1/secrets?fieldSelector=metadata.name%3Ddb"',
    `curl -sS "${URL}/db/"`,
  ])('is not shown by %s', text =>
    expectNoHarm({ text, gateway: everything, harm: seen }),
  );

  it('is not shown inside a table either', () =>
    expectNoHarm({
      text: `curl -sS -H 'Accept: ${TABLE}' "${URL}?includeObject=Object"`,
      without: {
        secretAsked: (info, accept, view) => ({
          kind: 'send',
          accept: accept?.join() ?? '',
          query: info.query,
          view,
        }),
        ...WITHOUT_CHECK_OF_ANSWERS,
      },
      harm: seen,
      shows: /"Table"/,
    }));

  it('is withheld where an API server answers with more than was asked', () =>
    expectNoHarm({
      text: `curl -sS -H 'Accept: ${TABLE}' "${URL}?includeObject=Object"`,
      gateway: noSecrets,
      without: {
        secretAsked: (info, _, view) => ({
          kind: 'send',
          accept: TABLE,
          query: info.query,
          view,
        }),
        ...WITHOUT_CHECK_OF_ANSWERS,
      },
      harm: seen,
      shows: /"Table"/,
    }));

  it('cannot be guessed with a dry run', () =>
    expectNoHarm({
      text: `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${URL}/db?dryRun=All" -d '[{"op":"test","path":"/data/password","value":"${STORED}"}]'`,
      harm: trace => /"kind": ?"Secret"/.test(trace.stdout),
    }));

  it('is not shown as a release of helm', () =>
    expectNoHarm({
      text: 'kubectl -n $OTHER get secret release -o yaml',
      gateway: () => ({
        secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] },
      }),
      harm: seen,
    }));
});

describe('a Secret of the own namespace, in a step that may not read Secrets', () => {
  const URL = '$API/api/v1/namespaces/$NS/secrets/db';

  it.each([
    'kubectl get secret db -o yaml',
    'kubectl get secret db -o go-template={{.data.password}}',
    'timeout 2 kubectl get secret db -w -o yaml',
    `curl -sS ${URL}`,
  ])('is not shown by %s', text =>
    expectNoHarm({
      text,
      gateway: noSecrets,
      harm: seen,
      shows:
        /runbooks gateway refused .* of secrets .*it would show Secret data; the step is not approved to read Secrets/,
    }),
  );

  it('is not shown by the copy that kubectl apply keeps', () =>
    expectNoHarm({
      text: `curl -sS -H 'Accept: ${TABLE}' ${URL}`,
      gateway: noSecrets,
      without: WITHOUT_CHECK_OF_ANSWERS,
      harm: trace => trace.stdout.includes('last-applied-configuration'),
      shows: /PartialObjectMetadata/,
    }));

  it('is not shown where only releases of helm may be read', () =>
    expectNoHarm({
      text: 'kubectl get secret db -o yaml',
      gateway: () => ({
        secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] },
      }),
      harm: seen,
      shows: /would show a Secret of type 'Opaque'/,
    }));

  it('is not shown by the answer to a change of an annotation', () =>
    expectNoHarm({
      text: `curl -sS -X PATCH -H 'Content-Type: application/merge-patch+json' ${URL} -d '{"metadata":{"annotations":{"a":"b"}}}'`,
      gateway: script,
      without: WITHOUT_CHECK_OF_ANSWERS,
      harm: seen,
      shows: /"kind":"Secret"/,
    }));

  it('is not copied to a label, not even for a try', () =>
    expectNoHarm({
      text: `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${URL}?dryRun=All" -d '[{"op":"add","path":"/metadata/labels","value":{}},{"op":"copy","from":"/data/password","path":"/metadata/labels/a"}]'`,
      gateway: noSecrets,
      harm: seen,
    }));
});

describe('a command in a pod, in a script that names none', () => {
  const prepare = () =>
    bench.kubectl('rollout', 'status', 'deploy', 'web', '--timeout=50s');

  it.each([
    'kubectl exec deploy/web -- env',
    'kubectl exec deploy/web -- rm -rf /data',
    'kubectl exec deploy/web -- sh -c "rm -rf /data"',
  ])('is not executed: %s', text =>
    expectNoHarm({
      text,
      gateway: script,
      prepare,
      harm: trace =>
        trace.calls.some(
          call => call.subresource === 'exec' && call.decision === 'passed',
        ),
      shows: /may execute in pods only what its text names/,
    }),
  );
});

describe('a Secret that is written wrongly, so that the API server quotes it', () => {
  const URL = '$API/api/v1/namespaces/$NS/secrets/db';
  const patch = (type: string, body: string, query = '?dryRun=All') =>
    `curl -sS -X PATCH -H 'Content-Type: application/${type}' "${URL}${query}" -d '${body}'`;
  const wrong = [
    patch('merge-patch+json', '{"immutable":"zz"}'),
    patch('merge-patch+json', '{"metadata":{"labels":7}}'),
    patch('merge-patch+json', '{"metadata":{"labels":{"a":{"b":1}}}}'),
    patch('json-patch+json', '[{"op":"add","path":"/immutable","value":"zz"}]'),
    `kubectl patch secret db --dry-run=server --type=merge -p '{"immutable":"zz"}' 2>&1`,
  ];
  const quoted = (trace: StepTrace) =>
    `${trace.stdout}${trace.stderr}`.includes(STORED);

  it.each(wrong)('is not shown to a step that only reads: %s', text =>
    expectNoHarm({
      text,
      gateway: noSecrets,
      without: { ...WITHOUT_DECISION, ...WITHOUT_CHECK_OF_ANSWERS },
      harm: quoted,
    }),
  );

  it.each([...wrong, patch('merge-patch+json', '{"immutable":"zz"}', '')])(
    'is not shown by the words of the failure, where the call is approved: %s',
    text =>
      expectNoHarm({
        text,
        gateway: b => ({
          secrets: { kind: 'any' },
          destructive: true,
          allowed: {
            kind: 'any-in-namespaces',
            namespaces: [b.namespace],
            destructive: true,
          },
        }),
        without: WITHOUT_CHECK_OF_ANSWERS,
        harm: quoted,
        shows: /may quote the Secret and is not shown|request is invalid/,
      }),
  );

  it('is not guessed by an apply that conflicts with who set it', () =>
    expectNoHarm({
      text: `curl -sS -X PATCH -H 'Content-Type: application/apply-patch+yaml' "${URL}?dryRun=All&fieldManager=q" -d '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},"data":{"password":"eA=="}}'`,
      gateway: noSecrets,
      harm: trace => /"reason": ?"Conflict"/.test(trace.stdout),
    }));
});

describe('another Secret of the own namespace, in a step that was approved to read one by name', () => {
  const URL = '$API/api/v1/namespaces/$NS/secrets';
  const one: Attack['gateway'] = b => ({
    secrets: {
      kind: 'named',
      names: [{ namespace: b.namespace, name: 'release' }],
    },
  });
  const ofDb = (trace: StepTrace) =>
    /"name": ?"db"|name: db$|^Name: +db$/m.test(trace.stdout) && seen(trace);

  it.each([
    'kubectl get secret db -o yaml',
    'kubectl get secret release db -o json',
    'kubectl describe secret db; kubectl get secret db -o json',
    'kubectl get secrets -o yaml',
    'kubectl get secrets -o json --field-selector metadata.name=db',
    'kubectl get secrets -o json --field-selector metadata.name!=release',
    'kubectl get secrets -o json -l "!none"',
    'timeout 2 kubectl get secrets -w -o yaml',
    'timeout 2 kubectl get secret db -w -o yaml',
    'kubectl get --raw /api/v1/namespaces/$NS/secrets/db',
    'kubectl get --raw /api/v1/namespaces/$NS/secrets',
    `curl -sS "${URL}/db"`,
    `curl -sS "${URL}"`,
    `curl -sS -m 2 "${URL}?watch=1"`,
    `curl -sS -m 2 "$API/api/v1/watch/namespaces/$NS/secrets/db"`,
    `curl -sS -H 'Accept: application/vnd.kubernetes.protobuf, application/json' "${URL}/db"`,
  ])('is not shown by %s', text =>
    expectNoHarm({ text, gateway: one, harm: ofDb }),
  );

  it('is not shown inside a table of all', () =>
    expectNoHarm({
      text: `curl -sS -H 'Accept: ${TABLE}' "${URL}?includeObject=Object"`,
      gateway: one,
      without: {
        secretAsked: (info, accept, view) => ({
          kind: 'send',
          accept: accept?.join() ?? '',
          query: info.query,
          view,
        }),
        ...WITHOUT_CHECK_OF_ANSWERS,
      },
      harm: ofDb,
      shows: /"Table"/,
    }));

  it('is withheld where an API server answers with another Secret than was asked', () =>
    expectNoHarm({
      text: `curl -sS "${URL}?fieldSelector=metadata.name%3Drelease"`,
      gateway: one,
      without: {
        secretAsked: (_, __, view) => ({
          kind: 'send',
          accept: 'application/json',
          query: [],
          view,
        }),
        ...WITHOUT_CHECK_OF_ANSWERS,
      },
      harm: ofDb,
      shows: /"name":"release"/,
    }));

  it('cannot be guessed with a dry run', () =>
    expectNoHarm({
      text: `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${URL}/db?dryRun=All" -d '[{"op":"test","path":"/data/password","value":"${STORED}"}]'`,
      gateway: one,
      harm: trace => /"kind": ?"Secret"/.test(trace.stdout),
    }));
});

describe('reads that stay in the namespaces of the scope', () => {
  const nearby: Attack['gateway'] = b => ({
    scope: b.scope({ reads: 'namespaces' }),
  });

  it.each([
    'kubectl -n $OTHER get cm settings -o yaml',
    'kubectl get cm -A -o yaml',
    'curl -sS "$API/api/v1/configmaps?fieldSelector=metadata.namespace%3D$OTHER"',
    'curl -sS -m 2 "$API/api/v1/watch/namespaces/$OTHER/configmaps/settings"',
    `curl -sS -X PATCH -H 'Content-Type: application/merge-patch+json' "$API/api/v1/namespaces/$OTHER/configmaps/settings?dryRun=All" -d '{}'`,
  ])('do not go further by %s', text =>
    expectNoHarm({ text, gateway: nearby, harm: seen }),
  );
});

describe('what no approval gives', () => {
  const NAME = () => `${bench.namespace}-attack`;
  const TOKEN_SECRET =
    '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{"name":"stolen","annotations":{"kubernetes.io/service-account.name":"admin"}}}';
  const stolen: Pick<Attack, 'prepare' | 'harm'> = {
    prepare: () => remove('-n', bench.namespace, 'secret', 'stolen'),
    harm: () => exists('-n', bench.namespace, 'secret', 'stolen'),
  };

  it('is a right in the cluster', () =>
    expectNoHarm({
      text: 'kubectl create clusterrolebinding $NS-attack --clusterrole=cluster-admin --user=nobody-$NS',
      gateway: everything,
      prepare: () => remove('clusterrolebinding', NAME()),
      harm: () => exists('clusterrolebinding', NAME()),
    }));

  it('is a right in the own namespace', () =>
    expectNoHarm({
      text: 'kubectl create rolebinding attack --clusterrole=admin --serviceaccount=$NS:default',
      gateway: everything,
      prepare: () => remove('-n', bench.namespace, 'rolebinding', 'attack'),
      harm: () => exists('-n', bench.namespace, 'rolebinding', 'attack'),
    }));

  it('is a right that a script takes', () =>
    expectNoHarm({
      text: 'kubectl create rolebinding attack --clusterrole=admin --serviceaccount=$NS:default',
      gateway: destructiveScript,
      prepare: () => remove('-n', bench.namespace, 'rolebinding', 'attack'),
      harm: () => exists('-n', bench.namespace, 'rolebinding', 'attack'),
    }));

  it.each([
    `echo '${TOKEN_SECRET}' | kubectl create -f -`,
    `curl -sS -X POST -H 'Content-Type: application/json' "$API/api/v1/namespaces/$NS/secrets" -d '${TOKEN_SECRET}'`,
    `curl -sS -X PATCH -H 'Content-Type: application/apply-patch+yaml' "$API/api/v1/namespaces/$NS/secrets/stolen?fieldManager=x" -d '${TOKEN_SECRET}'`,
    `printf 'apiVersion: v1\\nkind: Secret\\ntype: kubernetes.io/service-account-token\\nmetadata: {name: stolen, annotations: {kubernetes.io/service-account.name: admin}}\\n' > t.yaml; curl -sS -X PATCH -H 'Content-Type: application/apply-patch+yaml' "$API/api/v1/namespaces/$NS/secrets/stolen?fieldManager=x" --data-binary @t.yaml`,
  ])('is a token of another account as a Secret: %s', text =>
    expectNoHarm({ text, gateway: destructiveScript, ...stolen }),
  );

  it('is a token of an account', () =>
    expectNoHarm({
      text: 'kubectl create token admin',
      gateway: everything,
      harm: trace => trace.stdout.startsWith('eyJ'),
    }));

  it('is a namespace', () =>
    expectNoHarm({
      text: 'kubectl create namespace $NS-attack',
      gateway: everything,
      prepare: () => remove('namespace', NAME(), '--wait=true'),
      harm: () => exists('namespace', NAME()),
    }));

  it('is a write in another namespace', () =>
    expectNoHarm({
      text: 'kubectl -n $OTHER create configmap planted',
      gateway: everything,
      prepare: () => remove('-n', other, 'configmap', 'planted'),
      harm: () => exists('-n', other, 'configmap', 'planted'),
    }));

  it('is a write in another namespace by a script', () =>
    expectNoHarm({
      text: 'kubectl -n $OTHER create configmap planted',
      gateway: () => ({
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: [other],
          destructive: true,
        },
      }),
      prepare: () => remove('-n', other, 'configmap', 'planted'),
      harm: () => exists('-n', other, 'configmap', 'planted'),
    }));

  it('is a command in a pod of another namespace', () =>
    expectNoHarm({
      text: 'kubectl -n $OTHER exec deploy/web -- hostname',
      gateway: everything,
      prepare: () =>
        inOther('rollout', 'status', 'deploy', 'web', '--timeout=50s'),
      harm: trace => trace.stdout.includes('web-'),
    }));
});

describe('a script that was not approved as destructive', () => {
  const SCALE = '$API/apis/apps/v1/namespaces/$NS/deployments/web/scale';
  const WEB = '$API/apis/apps/v1/namespaces/$NS/deployments/web';
  const replicas = () =>
    bench.kubectl('get', 'deploy', 'web', '-o', 'jsonpath={.spec.replicas}');
  const stopped: Pick<Attack, 'prepare' | 'harm'> = {
    prepare: () => bench.kubectl('scale', 'deploy', 'web', '--replicas=1'),
    harm: async () => (await replicas()) === '0',
  };

  it.each([
    'kubectl scale deploy web --replicas=0',
    `kubectl patch deploy web -p '{"spec":{"replicas":0}}'`,
    `kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":0}]'`,
    `kubectl patch deploy web --type=merge -p '{"spec":{"replicas":0}}'`,
    `curl -sS -X PUT -H 'Content-Type: application/json' "${SCALE}" -d "{\\"metadata\\":{\\"name\\":\\"web\\",\\"namespace\\":\\"$NS\\"}}"`,
    `curl -sS -X PATCH -H 'Content-Type: application/merge-patch+json' "${SCALE}" -d '{"spec":null}'`,
    `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${SCALE}" -d '[{"op":"replace","path":"/spec","value":{}}]'`,
    `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${WEB}" -d '[{"op":"add","path":"x/spec/replicas","value":0}]'`,
    `printf 'apiVersion: apps/v1\\nkind: Deployment\\nspec: {replicas: 0}\\n' > d.yaml; curl -sS -X PATCH -H 'Content-Type: application/apply-patch+yaml' "${WEB}?fieldManager=x&force=true" --data-binary @d.yaml`,
  ])('cannot stop a workload: %s', text =>
    expectNoHarm({ text, gateway: script, ...stopped }),
  );

  it.each([
    `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${SCALE}" -d '[{"op":"replace","path":"/spec","value":{}}]'`,
    `curl -sS -X PATCH -H 'Content-Type: application/json-patch+json' "${SCALE}" -d '[{"op":"remove","path":"/spec/replicas"}]'`,
    `curl -sS -X PATCH -H 'Content-Type: application/merge-patch+json' "${SCALE}" -d '{"spec":null}'`,
  ])('cannot stop a workload that it was approved to scale: %s', text =>
    expectNoHarm({
      text,
      gateway: b => ({
        destructive: false,
        allowed: {
          kind: 'listed',
          writes: [
            b.write({
              verb: 'patch',
              group: 'apps',
              resource: 'deployments',
              subresource: 'scale',
              name: 'web',
            }),
          ],
        },
      }),
      ...stopped,
    }),
  );

  const held: Pick<Attack, 'prepare' | 'harm'> = {
    prepare: async () => {
      if (await exists('-n', bench.namespace, 'configmap', 'held')) return;
      await bench.kubectl('create', 'configmap', 'held');
      await bench.kubectl(
        ...['patch', 'configmap', 'held', '--type=merge', '-p'],
        '{"metadata":{"finalizers":["example.com/hold"]}}',
      );
      await bench.kubectl('delete', 'configmap', 'held', '--wait=false');
    },
    harm: async () => !(await exists('-n', bench.namespace, 'cm', 'held')),
  };

  it.each([
    `kubectl patch cm held --type=merge -p '{"metadata":{"finalizers":null}}'`,
    `kubectl patch cm held --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`,
    `kubectl patch cm held -p '{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/hold"]}}'`,
  ])('cannot remove a finalizer: %s', text =>
    expectNoHarm({ text, gateway: script, ...held }),
  );
  afterAll(() =>
    bench
      .kubectl(
        ...['patch', 'configmap', 'held', '--type=merge', '-p'],
        '{"metadata":{"finalizers":null}}',
      )
      .catch(() => {}),
  );

  it.each([
    [
      'a privileged pod',
      '"containers":[{"name":"a","image":"b","securityContext":{"privileged":true}}]',
    ],
    [
      'a pod on the network of its node',
      '"hostNetwork":true,"containers":[{"name":"a","image":"b"}]',
    ],
    [
      'a pod with files of its node',
      '"volumes":[{"name":"v","hostPath":{"path":"/"}}],"containers":[{"name":"a","image":"b"}]',
    ],
    [
      'a pod of another account',
      '"serviceAccountName":"admin","containers":[{"name":"a","image":"b"}]',
    ],
  ])('cannot start %s', (_, spec) =>
    expectNoHarm({
      text: `echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"planted"},"spec":{${spec}}}' | kubectl create -f -`,
      gateway: script,
      prepare: () =>
        remove(
          '-n',
          bench.namespace,
          'pod',
          'planted',
          '--grace-period=0',
          '--force',
        ),
      harm: () => exists('-n', bench.namespace, 'pod', 'planted'),
    }),
  );

  it.each([
    'kubectl delete cm target',
    'kubectl delete cm -l pick=me',
    'curl -sS -X DELETE "$API/api/v1/namespaces/$NS/configmaps?labelSelector=pick"',
  ])('cannot delete: %s', text =>
    expectNoHarm({
      text,
      gateway: script,
      prepare: async () => {
        if (await exists('-n', bench.namespace, 'cm', 'target')) return;
        await bench.kubectl('create', 'configmap', 'target');
        await bench.kubectl('label', 'configmap', 'target', 'pick=me');
      },
      harm: async () => !(await exists('-n', bench.namespace, 'cm', 'target')),
    }),
  );

  it('cannot evict a pod', () =>
    expectNoHarm({
      text: `pod=$(kubectl get pods -l app=web -o name | head -1); pod=\${pod#pod/}; curl -sS -H 'Content-Type: application/json' "$API/api/v1/namespaces/$NS/pods/$pod/eviction" -d "{\\"apiVersion\\":\\"policy/v1\\",\\"kind\\":\\"Eviction\\",\\"metadata\\":{\\"name\\":\\"$pod\\"}}"`,
      gateway: script,
      prepare: async () => {
        await bench.kubectl('scale', 'deploy', 'web', '--replicas=1');
        await bench.kubectl(
          'rollout',
          'status',
          'deploy',
          'web',
          '--timeout=50s',
        );
      },
      harm: trace => /"status": ?"Success"/.test(trace.stdout),
    }));
});

describe('a call with a credential of its own, or with two meanings', () => {
  const raw = (...lines: string[]) =>
    `exec 3<>/dev/tcp/127.0.0.1/6443; printf '%s\\r\\n' ${lines
      .map(line => `'${line}'`)
      .join(' ')} 'Connection: close' '' >&3; cat <&3`;

  it.each([
    `curl -sS -H 'Authorization: Bearer mine' "$API/api/v1/namespaces/$NS/configmaps/settings"`,
    `curl -sS -u me:mine "$API/api/v1/namespaces/$NS/configmaps/settings"`,
    `curl -sS -H 'X-Remote-User: admin' "$API/api/v1/namespaces/$NS/configmaps/settings"`,
    `curl -sS -H 'Impersonate-User: nobody' "$API/api/v1/namespaces/$NS/configmaps/settings"`,
    raw('GET /api/v1/configmaps HTTP/1.1', 'Host: one', 'Host: two'),
    raw(
      'GET /api/v1/configmaps HTTP/1.1',
      'Host: one',
      'Content-Type: application/json',
      'Content-Type: application/yaml',
    ),
  ])('does not go on as the portal: %s', text =>
    expectNoHarm({
      text,
      without: WITHOUT_CHECK_OF_HEADERS,
      harm: seen,
    }),
  );

  it('is refused in words that kubectl prints', async () => {
    const { stderr } = await bench.run(
      'kubectl --as=nobody get cm settings -o name',
    );
    expect(stderr).toContain('a step cannot impersonate anybody');
  });
});
