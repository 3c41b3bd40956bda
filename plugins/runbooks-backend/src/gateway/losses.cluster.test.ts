import { judgeStep } from '@backstage-runbooks/plugin-runbooks-common';
import { writeFile } from 'node:fs/promises';
import { StepBench } from '../executors/testUtils/StepBench';
import { tryTwice, type Attack } from './testUtils/attackBench';

jest.setTimeout(120_000);

const GROUP = `r${Date.now().toString(36)}.runbooks.example`;
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const PUT = 'application/json';
const APPLY = 'application/apply-patch+yaml';
/** The relay of the step. */
const API = 'http://127.0.0.1:6443';

const RESOURCES: Record<string, { group: string; resource: string }> = {
  web: { group: 'apps', resource: 'deployments' },
  settings: { group: '', resource: 'configmaps' },
  thing: { group: GROUP, resource: 'things' },
  once: { group: 'batch', resource: 'jobs' },
  door: { group: '', resource: 'services' },
  road: { group: 'networking.k8s.io', resource: 'ingresses' },
  wall: { group: 'networking.k8s.io', resource: 'networkpolicies' },
  single: { group: '', resource: 'pods' },
  nightly: { group: 'batch', resource: 'cronjobs' },
};

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          { name: 'a', image: 'nginx:1', env: [{ name: 'KEPT', value: 'x' }] },
        ],
      },
    },
  },
};
/** The same without what its container gets. */
const WITHOUT_ENV = {
  ...DEPLOYMENT,
  spec: {
    ...DEPLOYMENT.spec,
    template: {
      ...DEPLOYMENT.spec.template,
      spec: { containers: [{ name: 'a', image: 'nginx:1' }] },
    },
  },
};
const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', finalizers: ['runbooks.example/hold'] },
  data: { kept: 'x' },
};
const THING = {
  apiVersion: `${GROUP}/v1`,
  kind: 'Thing',
  metadata: { name: 'thing', finalizers: ['runbooks.example/hold'] },
  spec: { rules: ['kept'], note: 'kept', inner: { deep: { held: 'x' } } },
};
const JOB = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'once' },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'a', image: 'nginx:1', command: ['sleep', '9'] }],
      },
    },
  },
};
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'door' },
  spec: { selector: { app: 'kept' }, ports: [{ name: 'a', port: 80 }] },
};
const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'road' },
  spec: {
    rules: ['kept.example', 'other.example'].map(host => ({ host })),
    defaultBackend: { service: { name: 'door', port: { number: 80 } } },
  },
};
const POLICY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'wall' },
  spec: {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'kept' } } }] }],
  },
};
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'single', labels: { app: 'kept' } },
  spec: { containers: [{ name: 'a', image: 'nginx:1' }] },
};
const CRON_JOB = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: {
    schedule: '0 3 * * *',
    failedJobsHistoryLimit: 7,
    jobTemplate: { spec: JOB.spec },
  },
};
const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `things.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { plural: 'things', singular: 'thing', kind: 'Thing' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

/** By an owner that is not there: it is deleted for that. */
const OWNED = {
  ...DEPLOYMENT,
  metadata: {
    name: 'web',
    ownerReferences: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'gone',
        uid: '00000000-0000-4000-8000-000000000000',
      },
    ],
  },
};
const ALL = [
  ...[DEPLOYMENT, CONFIG_MAP, THING, SERVICE, INGRESS, POLICY],
  ...[POD, CRON_JOB],
];

let bench: StepBench;

/** Applied as `helm`, so that another manager than kubectl's own has set it. */
async function put(object: { metadata: { name: string } }): Promise<void> {
  const file = `${bench.bench.folder}/${object.metadata.name}.json`;
  await writeFile(file, JSON.stringify(object));
  await bench.kubectl(
    ...['apply', '--server-side', '--force-conflicts'],
    ...['--field-manager=helm', '-f', file],
  );
}

/** The object as it is put, without what others left in it. */
async function putAnew(object: { metadata: { name: string } }): Promise<void> {
  const { name } = object.metadata;
  const { resource, group } = RESOURCES[name];
  const isHeld = 'finalizers' in object.metadata;
  if (!isHeld)
    await bench.kubectl(
      ...['delete', `${resource}.${group}`, name, '--ignore-not-found'],
      '--wait=true',
    );
  await put(object);
}

const state = (name: string) =>
  bench.kubectl(
    ...['get', `${RESOURCES[name].resource}.${RESOURCES[name].group}`, name],
    ...['--show-managed-fields=false', '-o', 'json'],
  );

beforeAll(async () => {
  bench = await StepBench.create('losses');
  const file = `${bench.bench.folder}/crd.json`;
  await writeFile(file, JSON.stringify(CRD));
  await bench.lane.kubectl('apply', '-f', file);
  await bench.lane.kubectl(
    ...['wait', '--for=condition=Established', `crd/things.${GROUP}`],
    '--timeout=30s',
  );
});
afterAll(async () => {
  for (const name of ['settings', 'thing'])
    await bench
      .kubectl(
        ...['patch', `${RESOURCES[name].resource}.${RESOURCES[name].group}`],
        ...[name, '--type=merge', '-p', '{"metadata":{"finalizers":null}}'],
      )
      .catch(() => {});
  await bench.lane.kubectl('delete', 'crd', `things.${GROUP}`, '--wait=false');
  await bench.dispose();
});

function urlOf(name: string): string {
  const { group, resource } = RESOURCES[name];
  const version = group === '' ? 'api/v1' : `apis/${group}/v1`;
  return `${API}/${version}/namespaces/$NS/${resource}/${name}`;
}

function call(method: string, url: string, type: string, body: object): string {
  return `curl -sS -X ${method} -H 'Content-Type: ${type}' "${url}" -d '${JSON.stringify(
    body,
  )}'`;
}

const change = (name: string, type: string, body: object, query = '') =>
  call('PATCH', `${urlOf(name)}${query}`, type, body);

/** Approved for any ordinary change of the one object. */
function approvedFor(name: string): Attack['gateway'] {
  return b => ({
    destructive: false,
    allowed: {
      kind: 'listed',
      writes: ['', 'scale', 'status'].flatMap(subresource =>
        ['patch', 'update'].map(verb =>
          b.write({
            verb,
            ...RESOURCES[name],
            subresource,
            name,
            ...(verb === 'patch' ? { applies: true as const } : {}),
          }),
        ),
      ),
    },
  });
}

describe('what a step that was approved as an ordinary change cannot take away', () => {
  /** Whether a text is gone, or with a plus in front whether it has come. */
  const lost = (name: string, text: string) => async () => {
    const now = await state(name).catch(() => 'gone');
    return text.startsWith('+')
      ? now.includes(text.slice(1))
      : !now.includes(text);
  };

  it.each<[string, string, object, string]>([
    // What an apply on the server removes.
    [
      'web',
      change('web', APPLY, WITHOUT_ENV, '?fieldManager=helm'),
      DEPLOYMENT,
      'KEPT',
    ],
    [
      'settings',
      change(
        'settings',
        APPLY,
        { ...CONFIG_MAP, data: {} },
        '?fieldManager=helm',
      ),
      CONFIG_MAP,
      'kept',
    ],
    [
      'settings',
      change(
        'settings',
        APPLY,
        { ...CONFIG_MAP, metadata: { name: 'settings' } },
        '?fieldManager=helm',
      ),
      CONFIG_MAP,
      'hold',
    ],
    [
      'thing',
      change(
        'thing',
        APPLY,
        { ...THING, spec: { rules: ['b'], note: 'kept' } },
        '?fieldManager=kubectl&force=true',
      ),
      THING,
      '"kept"\n',
    ],
    // Who owns it.
    [
      'web',
      change('web', APPLY, OWNED, '?fieldManager=kubectl'),
      DEPLOYMENT,
      '+gone',
    ],
    // What replaces the whole.
    [
      'settings',
      call('PUT', urlOf('settings'), PUT, { ...CONFIG_MAP, data: undefined }),
      CONFIG_MAP,
      'kept',
    ],
    [
      'settings',
      call('PUT', urlOf('settings'), PUT, {
        ...CONFIG_MAP,
        metadata: { name: 'settings' },
      }),
      CONFIG_MAP,
      'hold',
    ],
    // Data.
    ['settings', change('settings', MERGE, { data: null }), CONFIG_MAP, 'kept'],
    [
      'settings',
      change('settings', JSON_PATCH, [{ op: 'remove', path: '/data/kept' }]),
      CONFIG_MAP,
      'kept',
    ],
    // Finalizers.
    [
      'thing',
      change('thing', MERGE, { metadata: { finalizers: null } }),
      THING,
      'hold',
    ],
    [
      'thing',
      change('thing', JSON_PATCH, [
        { op: 'move', from: '/metadata/finalizers', path: '/x' },
      ]),
      THING,
      'finalizers',
    ],
    // The content of a kind that nobody knows.
    ['thing', change('thing', MERGE, { spec: null }), THING, 'kept'],
    ['thing', change('thing', MERGE, { spec: { note: null } }), THING, 'note'],
    [
      'thing',
      change('thing', MERGE, { spec: { rules: [] } }),
      THING,
      'rules": [\n            "kept"',
    ],
    [
      'thing',
      change('thing', JSON_PATCH, [{ op: 'remove', path: '/spec/rules/0' }]),
      THING,
      'rules": [\n            "kept"',
    ],
    [
      'thing',
      change('thing', JSON_PATCH, [
        { op: 'replace', path: '/spec', value: { a: 'b' } },
      ]),
      THING,
      'note',
    ],
    [
      'thing',
      change('thing', JSON_PATCH, [
        { op: 'replace', path: '/spec/inner/deep', value: { a: 'b' } },
      ]),
      THING,
      'held',
    ],
    ['thing', change('thing', MERGE, { spec: 0 }), THING, 'held'],
    [
      'settings',
      change('settings', JSON_PATCH, [
        {
          op: 'replace',
          path: '/metadata/finalizers/0',
          value: 'runbooks.example/other',
        },
      ]),
      CONFIG_MAP,
      'runbooks.example/hold',
    ],
    // What other people's traffic and pods hang on.
    [
      'door',
      change('door', MERGE, { spec: { selector: null } }),
      SERVICE,
      '"app": "kept"',
    ],
    [
      'road',
      change('road', MERGE, { spec: { rules: [{ host: 'other.example' }] } }),
      INGRESS,
      'kept.example',
    ],
    [
      'road',
      change('road', JSON_PATCH, [{ op: 'remove', path: '/spec/rules/0' }]),
      INGRESS,
      'kept.example',
    ],
    ['wall', change('wall', MERGE, { spec: { ingress: [] } }), POLICY, 'kept'],
    [
      'single',
      change('single', MERGE, { metadata: { labels: { app: null } } }),
      POD,
      '"app": "kept"',
    ],
    [
      'single',
      change('single', MERGE, { metadata: { labels: { app: 'other' } } }),
      POD,
      '"app": "kept"',
    ],
    [
      'door',
      change('door', MERGE, { spec: { ports: [{ name: 'b', port: 81 }] } }),
      SERVICE,
      '"port": 80,',
    ],
    [
      'nightly',
      change('nightly', MERGE, {
        spec: {
          jobTemplate: {
            spec: {
              template: {
                spec: { containers: [{ name: 'a', image: 'nginx:1' }] },
              },
            },
          },
        },
      }),
      CRON_JOB,
      '"sleep"',
    ],
    [
      'nightly',
      change('nightly', MERGE, { spec: { failedJobsHistoryLimit: 1 } }),
      CRON_JOB,
      '"failedJobsHistoryLimit": 7',
    ],
    // Operations whose value only the API server knows.
    [
      'settings',
      change('settings', JSON_PATCH, [
        { op: 'move', from: '/data/kept', path: '/data/other' },
      ]),
      CONFIG_MAP,
      '"kept": "x"',
    ],
    [
      'web',
      change('web', JSON_PATCH, [
        {
          op: 'copy',
          from: '/spec/template/spec/terminationGracePeriodSeconds',
          path: '/spec/replicas',
        },
      ]),
      DEPLOYMENT,
      '"replicas": 2,\n        "revisionHistoryLimit"',
    ],
    // Replicas, and what a job has left.
    [
      'web',
      call('PATCH', `${urlOf('web')}/scale`, MERGE, { spec: null }),
      DEPLOYMENT,
      '"replicas": 2,\n        "revisionHistoryLimit"',
    ],
    [
      'web',
      change('web', JSON_PATCH, [
        { op: 'replace', path: '/spec/replicas', value: 0 },
      ]),
      DEPLOYMENT,
      '"replicas": 2,\n        "revisionHistoryLimit"',
    ],
    [
      'web',
      change('web', MERGE, { spec: { revisionHistoryLimit: 0 } }),
      DEPLOYMENT,
      '"revisionHistoryLimit": 10',
    ],
    [
      'once',
      change('once', MERGE, { spec: { suspend: true } }),
      JOB,
      '"suspend": false',
    ],
  ])('%s: %s', async (name, text, object, part) => {
    const { undefended, defended, shown } = await tryTwice(bench, '', {
      text,
      gateway: approvedFor(name),
      prepare: () => putAnew(object as typeof THING),
      harm: lost(name, part),
    });
    expect({ undefended, defended, shown }).toEqual({
      undefended: true,
      defended: false,
      shown: expect.stringMatching(
        /runbooks gateway refused .*, and this step is not approved as destructive/,
      ),
    });
  });
});

describe('a script, which nobody listed', () => {
  const script: Attack['gateway'] = b => ({
    allowed: {
      kind: 'any-in-namespaces',
      namespaces: [b.namespace],
      destructive: false,
    },
  });

  it.each<[string, string]>([
    [
      '"nodeSelector"',
      change('web', MERGE, {
        spec: { template: { spec: { nodeSelector: { none: 'here' } } } },
      }),
    ],
    [
      '"schedulerName": "none"',
      change('web', JSON_PATCH, [
        { op: 'add', path: '/spec/template/spec/schedulerName', value: 'none' },
      ]),
    ],
    [
      '"paused": true',
      change(
        'web',
        APPLY,
        { ...DEPLOYMENT, spec: { ...DEPLOYMENT.spec, paused: true } },
        '?fieldManager=kubectl&force=true',
      ),
    ],
    [
      '"paused": true',
      call('PUT', urlOf('web'), PUT, {
        ...DEPLOYMENT,
        spec: { ...DEPLOYMENT.spec, paused: true },
      }),
    ],
  ])('never brings about %s: %s', async (part, text) => {
    const { undefended, defended, shown } = await tryTwice(bench, '', {
      text,
      gateway: script,
      prepare: () => putAnew(DEPLOYMENT),
      harm: async () => (await state('web')).includes(part),
    });
    expect({ undefended, defended, shown }).toEqual({
      undefended: true,
      defended: false,
      shown: expect.stringMatching(/not approved as destructive/),
    });
  });
});

describe('what is planned is what passes', () => {
  const FILES: Record<string, string> = {
    'web.yaml': JSON.stringify(DEPLOYMENT),
    'less.yaml': JSON.stringify(WITHOUT_ENV),
    'nodata.yaml': JSON.stringify({ ...CONFIG_MAP, data: undefined }),
    'owned.yaml': JSON.stringify(OWNED),
    'fixed.yaml': JSON.stringify({ ...CONFIG_MAP, immutable: true }),
    'free.yaml': JSON.stringify({
      ...CONFIG_MAP,
      metadata: { name: 'settings' },
    }),
  };

  function plan(text: string) {
    return judgeStep({
      text,
      environment: {},
      waiting: [],
      hidden: [],
      fileText: path => FILES[path],
      inventory: { id: 'local', hasTool: () => true, hasNetwork: false },
      observeOnly: false,
      scope: bench.scope(),
      namespace: bench.namespace,
      folders: [''],
    });
  }

  async function planAndRun(text: string) {
    const { effect, writes } = plan(text);
    const files = Object.entries(FILES)
      .map(([name, content]) => `printf '%s' '${content}' > ${name}`)
      .join('\n');
    const trace = await bench.run(`${files}\n${text}`, {
      allowed: writes,
      gateway: {
        destructive: effect === 'destructive',
        secrets: { kind: 'none' },
      },
    });
    const refused = trace.calls.filter(one => one.decision === 'refused');
    return { effect, refused: refused.length, ok: trace.ok };
  }

  const passes = (effect: string) => ({ effect, refused: 0, ok: true });

  it('is an ordinary life of a workload, from its first apply to what its manifest drops', async () => {
    await bench.kubectl('delete', 'deploy', 'web', '--ignore-not-found');
    for (const text of [
      'kubectl apply -f web.yaml',
      'kubectl annotate deploy web note=x',
      'kubectl annotate deploy web note-',
      'kubectl label deploy web tier=x && kubectl label deploy web tier-',
      'kubectl set image deploy/web a=nginx:2',
      'kubectl set env deploy/web MORE=1',
      'kubectl set env deploy/web MORE-',
      'kubectl set resources deploy/web --limits=cpu=200m',
      'kubectl scale deploy/web --replicas=3',
      'kubectl rollout restart deploy/web',
      'kubectl rollout pause deploy/web && kubectl rollout resume deploy/web',
      'kubectl apply -f less.yaml',
      'kubectl rollout undo deploy/web',
    ])
      expect([text, await planAndRun(text)]).toEqual([text, passes('change')]);
  });

  it.each([
    'kubectl apply -f owned.yaml',
    'kubectl apply --server-side -f owned.yaml',
    'kubectl apply -f fixed.yaml',
  ])(
    'is never ordinary where it says who owns the object, or makes it immutable: %s',
    text => {
      expect(plan(text).effect).toBe('destructive');
    },
  );

  it('is an apply on the server in the name of kubectl, also where it was applied by kubectl before', async () => {
    await bench.kubectl('delete', 'deploy', 'web', '--ignore-not-found');
    for (const text of [
      'kubectl apply -f web.yaml',
      'kubectl apply --server-side -f web.yaml',
      'kubectl apply --server-side -f less.yaml',
    ])
      expect([text, await planAndRun(text)]).toEqual([text, passes('change')]);
    expect(await state('web')).not.toContain('KEPT');
  });

  it.each([
    'kubectl apply --server-side --force-conflicts -f less.yaml',
    'kubectl apply --server-side --field-manager=helm -f less.yaml',
    'kubectl replace -f nodata.yaml',
    'kubectl replace -f free.yaml',
    'kubectl replace -f web.yaml',
    `kubectl patch things.${GROUP} thing --type=merge -p '{"spec":{"rules":[]}}'`,
    `kubectl patch deploy web --type=json -p '[{"op":"copy","from":"/spec/minReadySeconds","path":"/spec/progressDeadlineSeconds"}]' || true`,
    `kubectl patch cm settings --type=json -p '[{"op":"move","from":"/data/kept","path":"/data/other"}]'`,
    'kubectl set selector svc door app=other,tier=x',
    `kubectl patch ingress road --type=json -p '[{"op":"remove","path":"/spec/rules/0"}]'`,
    'kubectl label pod single app-',
    'kubectl label pod single debug=yes',
    `kubectl patch pod single -p '{"metadata":{"labels":{"app":"other"}}}'`,
    `kubectl label things.${GROUP} thing a=b --overwrite`,
    `kubectl patch svc door --type=merge -p '{"spec":{"ports":[{"name":"b","port":81}]}}'`,
    `kubectl patch svc door --type=json -p '[{"op":"replace","path":"/spec/selector","value":{"app":"other"}}]'`,
    'kubectl set env cronjob/nightly NONE-',
  ])('is destructive, and then passes: %s', async text => {
    for (const object of ALL) await put(object);
    expect(await planAndRun(text)).toEqual(passes('destructive'));
  });

  it.each([
    `kubectl patch things.${GROUP} thing --type=merge -p '{"spec":{"note":"b"}}'`,
    `kubectl annotate things.${GROUP} thing note-`,
    `kubectl patch svc door -p '{"spec":{"selector":{"version":"green"}}}'`,
    `kubectl patch ingress road --type=json -p '[{"op":"add","path":"/spec/rules/-","value":{"host":"new.example"}}]'`,
    `kubectl patch cronjob nightly -p '{"spec":{"suspend":true}}'`,
    `kubectl patch svc door -p '{"spec":{"ports":[{"port":81,"name":"b"}]}}'`,
    `kubectl patch cm settings --type=json -p '[{"op":"add","path":"/data/0","value":"x"}]'`,
    'kubectl label svc door tier=x && kubectl label svc door tier-',
    'kubectl set image cronjob/nightly a=nginx:2',
    'kubectl set env cronjob/nightly MORE=1',
  ])('is an ordinary change, which passes: %s', async text => {
    for (const object of ALL) await put(object);
    await put({
      ...THING,
      metadata: { ...THING.metadata, annotations: { note: 'x' } },
    } as typeof THING);
    expect(await planAndRun(text)).toEqual(passes('change'));
  });
});
