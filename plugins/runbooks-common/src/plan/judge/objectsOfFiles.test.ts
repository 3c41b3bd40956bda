import { judgeText } from './testUtils/judgeText';

const object = (kind: string, apiVersion: string, name = 'web') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n`;

const FILES: Record<string, string> = {
  'deployment.yaml': object('Deployment', 'apps/v1'),
  'daemonset.yaml': object('DaemonSet', 'apps/v1'),
  'two.yaml': `${object('Deployment', 'apps/v1')}---\n${object(
    'Deployment',
    'apps/v1',
    'api',
  )}`,
  'elsewhere.yaml': object('Deployment', 'apps/v1').replace(
    '}',
    ', namespace: other}',
  ),
  'unread.yaml': `${object('Deployment', 'apps/v1')}<<: {kind: Pod}\n`,
  'own.yaml': object('Thing', 'example.com/v1'),
  'run.sh': 'kubectl get pods -n shop\n',
  'base/kustomization.yaml': 'resources:\n- web.yaml\n- ./api.yaml\n',
  'base/web.yaml': object('Deployment', 'apps/v1'),
  'base/api.yaml': object('Deployment', 'apps/v1', 'api'),
  'named/kustomization.yaml': 'namePrefix: x-\nresources: [web.yaml]\n',
  'named/web.yaml': object('Deployment', 'apps/v1'),
  'twice/kustomization.yaml': 'resources: [web.yaml]\n',
  'twice/kustomization.yml': 'resources: [web.yaml]\n',
  'twice/web.yaml': object('Deployment', 'apps/v1'),
  'above/kustomization.yaml': 'resources:\n- ../deployment.yaml\n',
  'missing/kustomization.yaml': 'resources: [web.yaml]\n',
  'address/kustomization.yaml': 'resources: ["https://x.example/web.yaml"]\n',
  'renamed/kustomization.yaml': 'resources: [web.yaml]\n',
  'renamed/web.yaml': object('Deployment', 'apps/v1').replace(
    '}',
    ', annotations: {kustomize.config.k8s.io/needs-hash: "true"}}',
  ),
  'github.com/a/b/kustomization.yaml': 'resources: [web.yaml]\n',
  'github.com/a/b/web.yaml': object('Deployment', 'apps/v1'),
};

const judge = (text: string) => judgeText(text, FILES);
const listed = (text: string) => {
  const { writes } = judge(text);
  return writes.kind === 'listed'
    ? writes.writes.map(({ verb, namespace, name }) =>
        [verb, namespace ?? 'shop', name].join(' '),
      )
    : writes.kind;
};

describe('what is done to the objects of a file', () => {
  it.each([
    ['scale --replicas=3', 'deployment'],
    ['scale --replicas=0', 'deployment'],
    ['scale --replicas=3 --current-replicas=2', 'deployment'],
    ['rollout restart', 'deployment'],
    ['rollout undo', 'deployment'],
    ['rollout undo', 'daemonset'],
    ['rollout status', 'deployment'],
    ['set image app=web:2', 'deployment'],
    ['set env A=b', 'deployment'],
    ['set env A-', 'daemonset'],
    ['set env --from=secret/a', 'deployment'],
    ['set resources --limits=cpu=1', 'deployment'],
    ['set selector a=b', 'deployment'],
    [`patch -p '{"spec":{"replicas":2}}'`, 'deployment'],
    [`patch -p '{"spec":{"replicas":0}}'`, 'deployment'],
  ])('is judged as what is done to them by name: %s, %s', (does, kind) => {
    const parts = does.split(' ');
    const verb = /^(?:set|rollout)$/.test(parts[0])
      ? parts.slice(0, 2)
      : parts.slice(0, 1);
    const rest = parts.slice(verb.length);
    const call = (...objects: string[]) =>
      judge(['kubectl', ...verb, ...objects, ...rest].join(' '));
    const named = call(`${kind}/web`);
    for (const given of [
      call('-f', `${kind}.yaml`),
      call('-f', `/workspace/${kind}.yaml`),
    ])
      expect([given.effect, given.writes, given.secrets]).toEqual([
        named.effect,
        named.writes,
        named.secrets,
      ]);
  });

  it('is about each of them, where the file says that they are', () => {
    expect(listed('kubectl rollout restart -f two.yaml')).toEqual([
      'patch shop web',
      'patch shop api',
    ]);
    expect(listed('kubectl rollout restart -f elsewhere.yaml')).toEqual([
      'patch other web',
    ]);
  });

  it.each([
    'kubectl scale --replicas=3 -f own.yaml',
    'kubectl scale --replicas=3 -f missing.yaml',
    'kubectl scale --replicas=3 -f deployment.yaml -l a=b',
    'kubectl scale --replicas=3 -f deployment.yaml deployment/api',
    'kubectl set image -f unread.yaml app=web:2',
    'kubectl patch -f unread.yaml -p {}',
    'kubectl rollout restart -f unread.yaml',
    'kubectl scale --replicas=3 -f unread.yaml',
    'cp other.yaml deployment.yaml; kubectl rollout restart -f /workspace/deployment.yaml',
  ])('is not known where the file does not tell: %s', text => {
    expect(listed(text)).toBe('any-in-namespaces');
  });
});

describe('a path from the root of the sandbox into the files of the run', () => {
  it.each([
    ['kubectl apply -f /workspace/two.yaml', 'kubectl apply -f two.yaml'],
    ['kubectl apply -f /workspace//./two.yaml', 'kubectl apply -f two.yaml'],
    [
      'cd /workspace/base; kubectl apply -f api.yaml',
      'cd base; kubectl apply -f api.yaml',
    ],
    ['cd /workspace; kubectl apply -f two.yaml', 'kubectl apply -f two.yaml'],
    ['kubectl delete -f /workspace/two.yaml', 'kubectl delete -f two.yaml'],
    ['bash /workspace/run.sh', 'bash run.sh'],
  ])('means the same as from there: %s', (absolute, relative) => {
    expect(judge(relative).unknown).toBeUndefined();
    const { effect, writes, unknown } = judge(absolute);
    expect({ effect, writes, unknown }).toEqual({
      effect: judge(relative).effect,
      writes: judge(relative).writes,
      unknown: undefined,
    });
  });

  it.each([
    'kubectl apply -f /workspaces/two.yaml',
    'kubectl apply -f /two.yaml',
    'kubectl apply -f /workspace/base/../two.yaml',
    'cp x /workspace/two.yaml; kubectl apply -f two.yaml',
    'cp x two.yaml; kubectl apply -f /workspace/two.yaml',
  ])('is not known where it may lead elsewhere: %s', text => {
    expect(listed(text)).toBe('any-in-namespaces');
  });
});

describe('a folder with a kustomization', () => {
  it.each(['base', './base/', '/workspace/base'])(
    'is what it puts together: %s',
    folder => {
      expect(listed(`kubectl apply -k ${folder}`)).toEqual([
        'create shop web',
        'patch shop web',
        'create shop api',
        'patch shop api',
      ]);
      expect(listed(`kubectl rollout restart -k ${folder}`)).toEqual([
        'patch shop web',
        'patch shop api',
      ]);
    },
  );

  it.each([
    'named',
    'twice',
    'above',
    'missing',
    'address',
    'renamed',
    'github.com/a/b',
    'base -f deployment.yaml',
    'base -k named',
    'nothing',
    '"$X"',
  ])('is not known where it may make anything else of it: %s', folder => {
    expect(listed(`kubectl apply -k ${folder}`)).toBe('any-in-namespaces');
  });

  it('is not known where the step may change what is in it', () => {
    for (const text of [
      'cp x base/api.yaml; kubectl apply -k base',
      'rm base/kustomization.yaml; cp x base/kustomization.yml; kubectl apply -k base',
      './kubectl apply -k base; kubectl apply -k base',
    ])
      expect(listed(text)).toBe('any-in-namespaces');
  });
});
