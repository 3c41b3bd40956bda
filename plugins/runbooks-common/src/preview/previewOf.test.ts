import type { DryRunWrite } from './DryRunWrite';
import type { Preview } from './model';
import {
  changed,
  deployment,
  onlyObject,
  preview,
  write,
} from './testUtils/writes';
import { previewTask } from './previewTask';

const OTHER_IMAGE = {
  podSpec: { containers: [{ name: 'web', image: 'web:2' }] },
};

describe('what an approver must not miss', () => {
  const pod = (command: string, annotations: Record<string, string> = {}) => {
    const object = deployment(
      {},
      {
        podSpec: {
          containers: [
            { name: 'web', image: 'web:1', command: ['sh', '-c', command] },
          ],
        },
      },
    ) as { metadata: object };
    return { ...object, metadata: { ...object.metadata, annotations } };
  };

  it('is not pushed out of sight by many notes on the object', () => {
    const notes = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`note-${n}`, 'x']),
    );
    const { fields } = onlyObject([changed(pod('serve'), pod('evil', notes))]);
    expect(JSON.stringify(fields)).toContain('evil');
  });

  it('is in the digest also where a part of its text looks like a credential', () => {
    const digestOf = (command: string) => {
      const told = preview([changed(pod('serve'), pod(command))], {
        hide: text => text.replace(/password=\S+/g, 'password=***'),
      });
      return 'digest' in told ? told.digest : undefined;
    };
    const one = digestOf('serve # password=hunter2hunter2');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf('evil # password=hunter2hunter2')).not.toBe(one);
    expect(digestOf('serve # password=another-secret')).toBe(one);
  });
});

describe('what is only formed like a token', () => {
  it.each(['image', 'command'])(
    'is in the digest where it is all of a field: %s',
    place => {
      const digestOf = (value: string) => {
        const told = previewTask({
          writes: [
            changed(
              deployment(),
              deployment(
                {},
                {
                  podSpec: {
                    containers: [
                      place === 'image'
                        ? { name: 'web', image: value }
                        : { name: 'web', command: ['run', value] },
                    ],
                  },
                },
              ),
            ),
          ],
          secrets: [],
          notes: [],
          startedAt: '2026-11-30T10:00:00.000Z',
          endedAt: '2026-11-30T10:00:01.000Z',
        });
        expect(JSON.stringify(told)).not.toContain(value.split('/')[0]);
        return 'digest' in told ? told.digest : undefined;
      };
      const one = digestOf('eyJabcdefgh.gooddomain12.comx/x12345');
      expect(one).toMatch(/^[0-9a-f]{64}$/);
      expect(digestOf('eyJabcdefgh.evildomain12.comx/x12345')).not.toBe(one);
    },
  );
});

describe('a preview of one change', () => {
  it('says from how many to how many replicas on top', () => {
    const object = onlyObject([
      changed(deployment(), deployment({ replicas: 4 })),
    ]);
    expect(object).toEqual({
      change: 'change',
      object: {
        kind: 'Deployment',
        group: 'apps',
        namespace: 'shop',
        name: 'web',
      },
      headline: '2 → 4 replicas',
      fields: [{ path: 'spec.replicas', before: '2', after: '4' }],
    });
  });

  it('says the same of the scale of a workload, and names the workload', () => {
    const scale = (replicas: number) => ({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'web', namespace: 'shop', resourceVersion: '1' },
      spec: { replicas },
      status: { replicas: 2, selector: 'app=web' },
    });
    const object = onlyObject([
      write({
        subresource: 'scale',
        before: scale(2),
        answer: { status: 200, body: scale(4) },
      }),
    ]);
    expect(object).toMatchObject({
      object: { kind: 'Deployment', name: 'web' },
      headline: '2 → 4 replicas',
      fields: [{ path: 'spec.replicas', before: '2', after: '4' }],
    });
  });

  it('names the container whose image would be another', () => {
    const object = onlyObject([
      changed(
        deployment(
          {},
          {
            podSpec: {
              containers: [
                { name: 'log', image: 'log:1' },
                { name: 'web', image: 'web:1' },
              ],
            },
          },
        ),
        deployment(
          {},
          {
            podSpec: {
              containers: [
                { name: 'log', image: 'log:1' },
                { name: 'web', image: 'web:2' },
              ],
            },
          },
        ),
      ),
    ]);
    expect(object).toMatchObject({
      headline: 'image web:1 → web:2',
      fields: [
        {
          path: 'spec.template.spec.containers[web].image',
          before: 'web:1',
          after: 'web:2',
        },
      ],
    });
  });

  it('counts further images', () => {
    const pods = (tag: number) => ({
      podSpec: {
        containers: [
          { name: 'log', image: `log:${tag}` },
          { name: 'web', image: `web:${tag}` },
        ],
      },
    });
    expect(
      onlyObject([changed(deployment({}, pods(1)), deployment({}, pods(2)))]),
    ).toMatchObject({ headline: 'image log:1 → log:2 (and 1 more)' });
  });

  it('leaves out what the API server keeps about an object', () => {
    const before = deployment();
    const after = deployment(
      {},
      {
        metadata: {
          uid: 'other',
          resourceVersion: '4712',
          generation: 4,
          managedFields: [],
          creationTimestamp: '2026-11-30T10:00:30Z',
          selfLink: '/x',
        },
      },
    );
    const body = { ...after, status: { replicas: 9 } };
    expect(preview([changed(before, body)])).toEqual({
      outcome: 'changes-nothing',
      notes: [],
    });
  });

  it('shows a changed status only where the status is what is written', () => {
    const before = { ...deployment(), status: { readyReplicas: 1 } };
    const body = {
      ...deployment({}, { metadata: { resourceVersion: '4712' } }),
      status: { readyReplicas: 2 },
    };
    const over = { before, answer: { status: 200, body } };
    expect(preview([write(over)]).outcome).toBe('changes-nothing');
    expect(
      onlyObject([write({ ...over, subresource: 'status' })]).fields,
    ).toEqual([{ path: 'status.readyReplicas', before: '1', after: '2' }]);
  });

  it('writes a field that would come without a value before, one that would go without one after', () => {
    const object = onlyObject([
      changed(
        deployment({ paused: false, minReadySeconds: 5 }),
        deployment({ paused: false, revisionHistoryLimit: 3 }),
      ),
    ]);
    expect(object.fields).toEqual([
      { path: 'spec.revisionHistoryLimit', after: '3' },
      { path: 'spec.minReadySeconds', before: '5' },
    ]);
  });

  it('tells that the note of kubectl differs, and not what stands in it', () => {
    const noted = (text: string) =>
      deployment(
        {},
        {
          metadata: {
            annotations: {
              'kubectl.kubernetes.io/last-applied-configuration': text,
            },
          },
        },
      );
    const object = onlyObject([changed(noted('{"a":1}'), noted('{"a":2}'))]);
    expect(object.fields).toEqual([
      { path: "kubectl's note of what was applied" },
    ]);
  });
});

describe('a preview of a restart', () => {
  const restartedAt = (moment: string) => ({
    podMetadata: {
      annotations: { 'kubectl.kubernetes.io/restartedAt': moment },
    },
  });

  it('says that pods restart, and is the same a minute later', () => {
    const once = (moment: string, minute: string) =>
      preview([changed(deployment(), deployment({}, restartedAt(moment)))], {
        startedAt: `2026-11-30T10:${minute}:00.000Z`,
        endedAt: `2026-11-30T10:${minute}:30.000Z`,
      });
    const first = once('2026-11-30T11:10:10+01:00', '10');
    expect(first).toMatchObject({
      objects: [
        {
          headline: 'restarts its pods',
          fields: [
            {
              path: 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
              after: 'the time of the run',
            },
          ],
        },
      ],
    });
    expect(once('2026-11-30T10:20:20Z', '20')).toEqual(first);
  });

  it('shows a moment that is not of the dry run as it is', () => {
    const [field] = onlyObject([
      changed(
        deployment(),
        deployment({}, restartedAt('2026-11-29T10:00:30Z')),
      ),
    ]).fields;
    expect(field.after).toBe('2026-11-29T10:00:30Z');
  });
});

describe('a preview of a creation', () => {
  const SENT = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }], selector: { app: 'web' } },
  };
  const created = (clusterIP: string, more: object = {}) =>
    write({
      verb: 'create',
      group: '',
      resource: 'services',
      sent: SENT,
      answer: {
        status: 201,
        body: {
          ...SENT,
          metadata: {
            name: 'web',
            namespace: 'shop',
            uid: clusterIP,
            resourceVersion: '1',
          },
          spec: {
            ports: [
              { port: 80, protocol: 'TCP', targetPort: 80, nodePort: 31234 },
            ],
            selector: { app: 'web' },
            clusterIP,
            clusterIPs: [clusterIP],
            type: 'ClusterIP',
            sessionAffinity: 'None',
            ipFamilies: ['IPv4'],
            ipFamilyPolicy: 'SingleStack',
            internalTrafficPolicy: 'Cluster',
            ...more,
          },
          status: { loadBalancer: {} },
        },
      },
    });

  it('shows what was sent, and not what the API server puts in or chooses', () => {
    expect(preview([created('10.0.0.7')])).toMatchObject({
      outcome: 'creates',
      objects: [
        {
          change: 'create',
          object: { kind: 'Service', namespace: 'shop', name: 'web' },
          fields: [
            { path: 'spec.ports[80/TCP].targetPort', after: '80' },
            { path: 'spec.selector.app', after: 'web' },
          ],
        },
      ],
    });
  });

  it('is the same where the API server chooses another address', () => {
    expect(preview([created('10.0.0.7')])).toEqual(
      preview([created('10.0.0.8')]),
    );
  });

  it('shows what the cluster puts in beside its defaults', () => {
    const object = onlyObject([
      created('10.0.0.7', { externalIPs: ['203.0.113.9'] }),
    ]);
    expect(object.fields).toContainEqual({
      path: 'spec.externalIPs',
      after: '["203.0.113.9"]',
    });
  });
});

describe('a preview of deletions', () => {
  const pod = (name: string) => ({
    metadata: { name, namespace: 'shop' },
    spec: {},
  });

  it('names each object of a deleted collection', () => {
    const found = preview([
      write({
        verb: 'deletecollection',
        group: '',
        resource: 'pods',
        name: '',
        before: { kind: 'PodList', items: [pod('a'), pod('b')] },
        answer: { status: 200, body: { kind: 'Status', status: 'Success' } },
      }),
    ]);
    expect(found).toMatchObject({
      outcome: 'changes',
      objects: [
        { change: 'delete', headline: 'deletes the Pod a', fields: [] },
        { change: 'delete', headline: 'deletes the Pod b', fields: [] },
      ],
    });
  });

  it('takes an eviction for a deletion of the pod, and shows deletions first', () => {
    const found = preview([
      changed(deployment(), deployment({ replicas: 4 })),
      write({
        verb: 'create',
        group: '',
        resource: 'pods',
        subresource: 'eviction',
        name: 'a',
        before: pod('a'),
        answer: { status: 201, body: { kind: 'Status', status: 'Success' } },
      }),
    ]);
    expect(found).toMatchObject({
      objects: [
        { change: 'delete', object: { kind: 'Pod', name: 'a' } },
        { change: 'change', object: { kind: 'Deployment' } },
      ],
    });
  });

  it('says that an object is deleted and created anew', () => {
    const object = onlyObject([
      write({ verb: 'delete', before: deployment() }),
      write({
        verb: 'create',
        answer: { status: 201, body: deployment({}, OTHER_IMAGE) },
      }),
    ]);
    expect(object).toMatchObject({
      change: 'change',
      headline: 'is deleted and created anew, image web:1 → web:2',
    });
  });
});

describe('a preview that shows no change', () => {
  it('says so of a step that makes no write', () => {
    expect(preview([], { notes: ['A note.'] })).toEqual({
      outcome: 'changes-nothing',
      notes: ['A note.'],
    });
  });

  it('says what the server refuses, by its message', () => {
    const body = { kind: 'Status', message: 'pods "a" is forbidden: quota' };
    expect(preview([write({ answer: { status: 403, body } })])).toEqual({
      outcome: 'refused',
      because: 'pods "a" is forbidden: quota',
    });
    expect(preview([write({ answer: { status: 422 } })])).toEqual({
      outcome: 'refused',
      because: 'HTTP 422',
    });
  });

  it('says that it cannot be made where a write is of what another one would create', () => {
    const body = {
      kind: 'Status',
      message: 'deployments.apps "web" not found',
    };
    const found = preview([
      write({ verb: 'create', answer: { status: 201, body: deployment() } }),
      write({ answer: { status: 404, body } }),
    ]);
    expect(found).toEqual({
      outcome: 'not-possible',
      because:
        'it changes what it creates itself: deployments.apps "web" not found',
    });
  });

  it('forgets a conflict with what the step itself would have written before', () => {
    const change = changed(deployment(), deployment({ replicas: 4 }));
    const body = { message: 'Apply failed with 1 conflict' };
    const conflict = write({
      before: deployment(),
      answer: { status: 409, body },
    });
    expect(preview([change, conflict])).toMatchObject({ outcome: 'changes' });
    expect(preview([conflict])).toEqual({
      outcome: 'refused',
      because: 'Apply failed with 1 conflict',
    });
  });

  it('forgets a try that was answered well at another one', () => {
    const conflict = write({ answer: { status: 409, body: { message: 'x' } } });
    expect(
      preview([conflict, changed(deployment(), deployment({ replicas: 4 }))]),
    ).toMatchObject({ outcome: 'changes' });
  });

  it('says that it cannot be made where an answer could not be read', () => {
    const before = deployment();
    expect(preview([write({ before, answer: { status: 200 } })])).toEqual({
      outcome: 'not-possible',
      because: 'the answer about deployments web could not be read',
    });
    expect(preview([write({ answer: { status: 200, body: before } })])).toEqual(
      {
        outcome: 'not-possible',
        because: 'what deployments web is now could not be read',
      },
    );
    expect(
      preview([
        write({
          verb: 'deletecollection',
          resource: 'pods',
          name: '',
          answer: { status: 200, body: { kind: 'Status' } },
        }),
      ]),
    ).toEqual({
      outcome: 'not-possible',
      because: 'which pods it deletes could not be read',
    });
  });

  it('says where the step was cut short in its dry run, because it waited for what did not happen', () => {
    const cutShort = 'it took longer than 20 s';
    expect(preview([], { cutShort })).toEqual({
      outcome: 'failed',
      because: cutShort,
    });
    expect(
      preview([changed(deployment(), deployment({ replicas: 4 }))], {
        cutShort,
      }),
    ).toMatchObject({
      outcome: 'changes',
      cutShort: true,
      notes: [
        'The dry run was cut short: it took longer than 20 s. What the step would do after that is not shown, and its run is not held to what is shown.',
      ],
    });
  });

  it('says why the dry run did not come to its end', () => {
    expect(
      preview([changed(deployment(), deployment({ replicas: 4 }))], {
        failure: 'it took longer than 60 seconds',
      }),
    ).toEqual({ outcome: 'failed', because: 'it took longer than 60 seconds' });
  });
});

describe('what looks like something that is left out', () => {
  const annotated = (value: string) => ({
    kind: 'Thing',
    metadata: { name: 'a' },
    spec: {
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': value,
        'deprecated.daemonset.template.generation': value,
      },
      metadata: { creationTimestamp: value },
    },
  });

  it('is told elsewhere in an object', () => {
    const object = onlyObject([changed(annotated('1'), annotated('2'))]);
    expect(object.fields.map(({ path }) => path)).toEqual([
      'spec.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
      'spec.annotations["deprecated.daemonset.template.generation"]',
      'spec.metadata.creationTimestamp',
    ]);
  });

  it.each([
    { secret: { name: 'login' } },
    { configMap: { name: 'settings' } },
    { serviceAccountToken: { audience: 'vault', path: 'token' } },
  ])(
    'is told of a volume that is called as that of a token and holds %j',
    source => {
      const volume = (sources: object[]) =>
        write({
          verb: 'create',
          group: '',
          resource: 'pods',
          answer: {
            status: 201,
            body: {
              kind: 'Pod',
              metadata: { name: 'web' },
              spec: {
                volumes: [
                  { name: 'kube-api-access-abcde', projected: { sources } },
                ],
              },
            },
          },
        });
      const given = [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt' } },
        { downwardAPI: { items: [] } },
      ];
      expect(onlyObject([volume(given)]).fields).toEqual([]);
      const { fields } = onlyObject([volume([...given, source])]);
      expect(JSON.stringify(fields)).toContain('kube-api-access-abcde');
    },
  );

  it('is told of a container and a volume that only have the name of what every pod is given', () => {
    const name = 'kube-api-access-abcde';
    const object = onlyObject([
      write({
        verb: 'create',
        group: '',
        resource: 'pods',
        answer: {
          status: 201,
          body: {
            kind: 'Pod',
            metadata: { name: 'web' },
            spec: {
              containers: [
                {
                  name,
                  image: 'bad:1',
                  volumeMounts: [{ name, mountPath: '/host' }],
                },
              ],
              volumes: [{ name, hostPath: { path: '/' } }],
              tolerations: [
                {
                  key: 'node.kubernetes.io/not-ready',
                  operator: 'Exists',
                  effect: 'NoExecute',
                  tolerationSeconds: 90_000,
                },
              ],
            },
          },
        },
      }),
    ]);
    expect(object.fields).toEqual([
      { path: `spec.containers[${name}].image`, after: 'bad:1' },
      {
        path: `spec.containers[${name}].volumeMounts[/host].name`,
        after: name,
      },
      { path: `spec.volumes[${name}].hostPath.path`, after: '/' },
      {
        path: 'spec.tolerations[node.kubernetes.io/not-ready].tolerationSeconds',
        after: '90000',
      },
    ]);
  });
});

describe('what people look for', () => {
  const from = (before: object, after: object, over: object = {}) =>
    onlyObject([
      write({
        ...over,
        before: { metadata: { name: 'a' }, ...before },
        answer: {
          status: 200,
          body: { metadata: { name: 'a' }, ...after },
        },
      }),
    ]).headline;
  const node = { group: '', resource: 'nodes' };
  const configMap = { group: '', resource: 'configmaps' };
  const autoscaler = {
    group: 'autoscaling',
    resource: 'horizontalpodautoscalers',
  };

  it.each([
    [
      from({ spec: {} }, { spec: { unschedulable: true } }, node),
      'takes no new pods',
    ],
    [
      from({ spec: { unschedulable: true } }, { spec: {} }, node),
      'takes new pods again',
    ],
    [
      from({ spec: { suspend: false } }, { spec: { suspend: true } }),
      'is suspended',
    ],
    [
      from(
        { data: { a: '1', b: '1' } },
        { data: { a: '2', c: '1' } },
        configMap,
      ),
      '1 key changed, 1 added, 1 removed',
    ],
    [
      from(
        { spec: { minReplicas: 2 } },
        { spec: { minReplicas: 3 } },
        autoscaler,
      ),
      'at least 2 → 3 replicas',
    ],
    [
      from(deployment(), deployment({}, { podSpec: { nodeName: 'x' } })),
      'replaces its pods',
    ],
    [from({ spec: { a: 1 } }, { spec: { a: 2 } }), undefined],
  ])('is on top: %s', (headline, expected) => {
    expect(headline).toBe(expected);
  });
});

describe('lists', () => {
  const env = (...names: string[]) =>
    deployment(
      {},
      {
        podSpec: {
          containers: [
            { name: 'web', env: names.map(name => ({ name, value: name })) },
          ],
        },
      },
    );

  it('tell that their members stand in another order', () => {
    expect(onlyObject([changed(env('A', 'B'), env('B', 'A'))]).fields).toEqual([
      {
        path: 'spec.template.spec.containers[web].env (order)',
        before: 'A, B',
        after: 'B, A',
      },
    ]);
  });

  it('tell only of the member that came, wherever it was put', () => {
    expect(
      onlyObject([changed(env('A', 'B'), env('C', 'A', 'B'))]).fields,
    ).toEqual([
      {
        path: 'spec.template.spec.containers[web].env[C].value',
        after: 'C',
      },
    ]);
  });

  it('are shown whole where they are short texts, and by their places where they are long', () => {
    const args = (...all: string[]) =>
      deployment({}, { podSpec: { containers: [{ name: 'web', args: all }] } });
    expect(onlyObject([changed(args('a'), args('a', 'b'))]).fields).toEqual([
      {
        path: 'spec.template.spec.containers[web].args',
        before: '["a"]',
        after: '["a","b"]',
      },
    ]);
    const many = Array.from({ length: 20 }, (_, index) => `${index}`);
    expect(
      onlyObject([changed(args(...many), args(...many, 'b'))]).fields,
    ).toEqual([
      { path: 'spec.template.spec.containers[web].args[20]', after: 'b' },
    ]);
  });
});

describe('long values', () => {
  const file = (text: string) => ({
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { 'app.conf': text },
  });
  const fieldOf = (before: string, after: string) =>
    onlyObject([
      write({
        group: '',
        resource: 'configmaps',
        before: file(before),
        answer: { status: 200, body: file(after) },
      }),
    ]).fields[0];

  it('are cut with a mark', () => {
    const field = fieldOf('short', 'x'.repeat(5_000));
    expect(field).toEqual({
      path: 'data["app.conf"]',
      before: 'short',
      after: `${'x'.repeat(2_000)}… (3000 more characters)`,
    });
  });

  it('are shown from where they begin to differ', () => {
    const same = 'x'.repeat(50_000);
    expect(fieldOf(`${same}one`, `${same}two`)).toEqual({
      path: 'data["app.conf"]',
      before: `(49900 characters are the same) …${'x'.repeat(100)}one`,
      after: `(49900 characters are the same) …${'x'.repeat(100)}two`,
    });
  });
});

describe('several writes of one object', () => {
  const config = (v: string) => ({
    kind: 'ConfigMap',
    metadata: { name: 'auth-y' },
    data: { v },
  });
  const put = (from: string, to: string) =>
    write({
      group: '',
      resource: 'configmaps',
      name: 'auth-y',
      before: config(from),
      answer: { status: 200, body: config(to) },
    });
  const removed = write({
    verb: 'delete',
    group: '',
    resource: 'configmaps',
    name: 'auth-y',
    before: config('old'),
  });
  const made = (to: string) => ({
    ...put('', to),
    verb: 'create',
    before: undefined,
  });
  const shown = (...writes: DryRunWrite[]) => {
    const told = preview(writes);
    return 'objects' in told ? told.objects : [];
  };
  const digest = (...writes: DryRunWrite[]) => {
    const told = preview(writes);
    return 'digest' in told ? told.digest : '';
  };

  it('are told one by one, with a note that none of them knew of the others', () => {
    expect(
      preview([
        changed(deployment(), deployment({ replicas: 4 })),
        changed(deployment(), deployment({}, OTHER_IMAGE)),
      ]),
    ).toMatchObject({
      objects: [
        { headline: '2 → 4 replicas' },
        { headline: 'image web:1 → web:2' },
      ],
      notes: [
        'Deployment web is written 2 times; each write was tried as if it were the only one, and the step may leave out any of them.',
      ],
    });
  });

  it('show what is written before a deletion, and its digest covers it', () => {
    expect(shown(put('old', 'one'), removed)).toMatchObject([
      {
        change: 'change',
        fields: [{ path: 'data.v', before: 'old', after: 'one' }],
      },
      { change: 'delete', headline: 'deletes the ConfigMap auth-y' },
    ]);
    expect(digest(put('old', 'one'), removed)).not.toBe(
      digest(put('old', 'other'), removed),
    );
    expect(digest(put('old', 'one'), removed)).not.toBe(digest(removed));
  });

  it('show each value of a field that they give one after the other', () => {
    expect(shown(put('old', 'evil'), put('old', 'good'))).toMatchObject([
      { fields: [{ path: 'data.v', after: 'evil' }] },
      { fields: [{ path: 'data.v', after: 'good' }] },
    ]);
  });

  it('show each object that is created anew, whatever is deleted again', () => {
    const all = [removed, made('evil'), removed, made('good')];
    expect(shown(...all)).toMatchObject([
      { fields: [{ path: 'data.v', before: 'old', after: 'evil' }] },
      { fields: [{ path: 'data.v', before: 'old', after: 'good' }] },
    ]);
    expect(digest(...all)).not.toBe(
      digest(removed, made('worse'), removed, made('good')),
    );
  });

  it('are one where they are the same in a row, with how often', () => {
    expect(shown(put('old', 'a'), put('old', 'a'))).toMatchObject([
      { headline: '1 key changed, 2 times in a row' },
    ]);
    expect(digest(put('old', 'a'), put('old', 'a'))).not.toBe(
      digest(put('old', 'a')),
    );
  });

  it('stand together, in their order, also where one of them is a deletion', () => {
    const told = shown(
      changed(deployment(), deployment({ replicas: 4 })),
      put('old', 'one'),
      removed,
    );
    expect(
      told.map(({ change, object }) => `${change} ${object.name}`),
    ).toEqual(['change auth-y', 'delete auth-y', 'change web']);
  });
});

describe('addresses and ports of a Service that is there', () => {
  const service = (nodePort?: number, more: object = {}) => ({
    kind: 'Service',
    metadata: { name: 'web' },
    spec: {
      type: 'NodePort',
      clusterIP: '10.0.0.7',
      ports: [{ port: 80, protocol: 'TCP', nodePort }],
      ...more,
    },
  });
  const patched = (before: object, after: object, sent?: unknown) =>
    preview([
      write({
        group: '',
        resource: 'services',
        before,
        ...(sent === undefined ? {} : { sent }),
        answer: { status: 200, body: after },
      }),
    ]);
  const paths = (told: Preview) =>
    'objects' in told
      ? told.objects.flatMap(({ fields }) => fields.map(({ path }) => path))
      : told.outcome;
  const operation = (path: string, value: unknown) => [
    { op: 'replace', path, value },
  ];

  it.each([
    ['a JSON patch', operation('/spec/ports/0/nodePort', 30111)],
    ['a patch', { spec: { ports: [{ port: 80, nodePort: 30111 }] } }],
    ['a write that could not be read', undefined],
    ['a write that does not name it', operation('/spec/ports/0/name', 'a')],
  ])('are shown where %s makes them others', (_, sent) => {
    expect(paths(patched(service(30100), service(30111), sent))).toEqual([
      'spec.ports[80/TCP].nodePort',
    ]);
    const other = { clusterIP: '10.0.0.8', healthCheckNodePort: 30222 };
    const before = service(30100, { healthCheckNodePort: 30221 });
    expect(paths(patched(before, service(30100, other), sent))).toEqual([
      'spec.clusterIP',
      'spec.healthCheckNodePort',
    ]);
  });

  it.each([
    ['a port', { spec: { ports: [{ port: 80, nodePort: 30111 }] } }],
    ['a port by its path', operation('/spec/ports/0/nodePort', 30111)],
    ['what cannot be read', undefined],
  ])('are shown where none was there and a write asks for %s', (_, sent) => {
    expect(paths(patched(service(), service(30111), sent))).toEqual([
      'spec.ports[80/TCP].nodePort',
    ]);
  });

  it('are shown where one of several addresses is asked for by its path', () => {
    const sent = operation('/spec/clusterIPs/0', '10.0.0.9');
    const after = service(30100, { clusterIPs: ['10.0.0.9'] });
    expect(paths(patched(service(30100), after, sent))).toEqual([
      'spec.clusterIPs',
    ]);
  });

  it('are left out where the server chooses one because none was there', () => {
    const sent = { spec: { type: 'NodePort' } };
    expect(paths(patched(service(), service(30111), sent))).toBe(
      'changes-nothing',
    );
  });
});

describe('the count of a template', () => {
  const NAME = 'deprecated.daemonset.template.generation';
  const counted = (resource: string, from: string, to: string) => {
    const object = (count: string) => ({
      metadata: { name: 'web', annotations: { [NAME]: count } },
    });
    return preview([
      write({
        resource,
        before: object(from),
        answer: { status: 200, body: object(to) },
      }),
    ]).outcome;
  };

  it('is left out of a DaemonSet, and of nothing else', () => {
    expect(counted('daemonsets', '1', '2')).toBe('changes-nothing');
    expect(counted('daemonsets', '1', 'evil')).toBe('changes');
    expect(counted('deployments', '1', '2')).toBe('changes');
  });
});

describe('what is secret', () => {
  const secret = (value: string) => ({
    kind: 'Secret',
    metadata: { name: 'db' },
    data: { password: value, user: 'YQ==' },
    type: 'Opaque',
  });
  const ofSecret = { group: '', resource: 'secrets', name: 'db' };

  it('is told of a Secret by its keys only', () => {
    const object = onlyObject([
      write({
        ...ofSecret,
        before: secret('b25l'),
        answer: { status: 200, body: secret('dHdv') },
      }),
    ]);
    expect(object).toMatchObject({
      headline: '1 key changed',
      fields: [{ path: 'data.password', hidden: true }],
    });
    expect(JSON.stringify(object)).not.toContain('b25l');
  });

  it('does not tell by the digest which value a Secret gets', () => {
    const to = (value: string) =>
      preview([
        write({
          ...ofSecret,
          before: secret('b25l'),
          answer: { status: 200, body: secret(value) },
        }),
      ]);
    expect(to('dHdv')).toEqual(to('dGhyZWU='));
  });

  it('is hidden wherever a value of the run stands, or what is called a password', () => {
    const env = (value: string) =>
      deployment(
        {},
        {
          podSpec: {
            containers: [
              {
                name: 'web',
                env: [
                  { name: 'GREETING', value },
                  { name: 'DB_PASSWORD', value: `${value}!` },
                ],
              },
            ],
          },
        },
      );
    const object = onlyObject([changed(env('hello'), env('tulip'))], {
      hide: text =>
        text.replaceAll('tulip', '***').replace(/(PASSWORD=).+/, '$1***'),
    });
    expect(object.fields).toEqual([
      {
        path: 'spec.template.spec.containers[web].env[GREETING].value',
        hidden: true,
      },
      {
        path: 'spec.template.spec.containers[web].env[DB_PASSWORD].value',
        hidden: true,
      },
    ]);
  });
});

describe('the status of a custom resource', () => {
  const thing = (phase: string, over: object = {}) => ({
    kind: 'Thing',
    metadata: { name: 't', resourceVersion: '1' },
    status: { phase },
    ...over,
  });
  const custom = (before: unknown, after: unknown, over = {}) =>
    write({
      ...{ group: 'a.io', resource: 'things', name: 't', before },
      answer: { status: 200, body: after },
      ...over,
    });

  it('is shown where the write itself changes it', () => {
    expect(onlyObject([custom(thing('a'), thing('b'))])).toMatchObject({
      fields: [{ path: 'status.phase', before: 'a', after: 'b' }],
    });
  });

  it('is not shown as lost where the object is deleted and created anew', () => {
    const gone = custom(thing('a', { spec: { x: 1 } }), undefined, {
      verb: 'delete',
    });
    const { status: _status, ...anew } = thing('', { spec: { x: 2 } });
    const made = custom(undefined, anew, {
      verb: 'create',
      answer: { status: 201, body: anew },
    });
    expect(onlyObject([gone, made])).toMatchObject({
      fields: [{ path: 'spec.x', before: '1', after: '2' }],
    });
  });
});
