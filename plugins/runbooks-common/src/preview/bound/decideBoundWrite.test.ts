import { LAST_APPLIED } from '../../gateway/lossProblem';
import type { DryRunWrite } from '../DryRunWrite';
import {
  changed,
  deployment,
  generatedJob,
  preview,
  write,
} from '../testUtils/writes';
import { approvedChanges } from './approvedChanges';
import { decideBoundWrite } from './decideBoundWrite';
import type { CountedWrite } from './model';

type Json = Record<string, unknown>;

/** Of the preview. */
const THEN = {
  startedAt: '2026-11-30T10:00:00.000Z',
  endedAt: '2026-11-30T10:01:00.000Z',
};
/** Of the attempt. */
const NOW = {
  startedAt: '2026-11-30T10:01:05.000Z',
  endedAt: '2026-11-30T10:03:00.000Z',
};

/** What becomes of a write of a step whose preview made these writes. */
function decide(
  tried: readonly DryRunWrite[],
  now: DryRunWrite,
  {
    counted = [],
    secrets = [],
  }: { counted?: CountedWrite[]; secrets?: string[] } = {},
) {
  const told = preview(tried);
  return decideBoundWrite({
    approved: approvedChanges({ writes: tried, ...THEN }),
    shown: 'objects' in told ? told.objects : [],
    write: now,
    counted,
    secrets,
    ...NOW,
  });
}

const because = (...args: Parameters<typeof decide>) => {
  const decision = decide(...args);
  return decision.kind === 'refuse' ? decision.because : decision.kind;
};

const withImage = (image: string, spec: Json = {}) =>
  deployment(spec, {
    podSpec: { containers: [{ name: 'web', image, securityContext: {} }] },
  });

const IMAGE = changed(withImage('nginx:1'), withImage('nginx:2'));
const SCALE = changed(
  withImage('nginx:1'),
  withImage('nginx:1', { replicas: 4 }),
);

describe('a write of a step that was approved with a preview', () => {
  it('passes where it does what the preview showed', () => {
    expect(decide([IMAGE], IMAGE)).toEqual({ kind: 'pass', counts: [] });
  });

  it('is refused where it would give another value, with both', () => {
    const evil = changed(withImage('nginx:1'), withImage('evil:1'));
    expect(because([IMAGE], evil)).toBe(
      'Deployment web would go from nginx:1 to evil:1 at spec.template.spec.containers[web].image now, not to nginx:2, as the approval showed',
    );
  });

  it.each<[string, DryRunWrite, string]>([
    [
      'changes a field besides',
      changed(withImage('nginx:1'), withImage('nginx:2', { replicas: 9 })),
      'Deployment web would go from 2 to 9 replicas now, which the approval did not show',
    ],
    [
      'leaves out a part',
      changed(withImage('nginx:1'), withImage('nginx:1', { paused: true })),
      'Deployment web would get spec.paused true now, which the approval did not show',
    ],
    [
      'is about an object that is not in the preview',
      { ...IMAGE, name: 'other' },
      'Deployment other would go from nginx:1 to nginx:2 at spec.template.spec.containers[web].image now, which the approval did not show',
    ],
    [
      'deletes the object',
      write({ verb: 'delete', before: deployment() }),
      'Deployment web would be deleted now, which the approval did not show',
    ],
    [
      'begins from what somebody else has made of it',
      changed(withImage('nginx:7'), withImage('nginx:2')),
      'Deployment web would go from nginx:7 to nginx:2 at spec.template.spec.containers[web].image now, not from nginx:1, as the approval showed',
    ],
    [
      'cannot be read',
      write({ before: deployment(), answer: { status: 200 } }),
      'the answer about deployments web could not be read',
    ],
  ])('is refused where it %s', (_, now, expected) => {
    expect(because([IMAGE], now)).toBe(expected);
  });

  it('is refused whatever it changes where the preview showed no change', () => {
    expect(because([], IMAGE)).toMatch(/^Deployment web .* did not show$/);
  });

  it('passes where it changes nothing that counts, on whatever object', () => {
    const touched = deployment(
      {},
      { metadata: { resourceVersion: '9', managedFields: [] } },
    );
    expect(decide([], changed(deployment(), touched)).kind).toBe('pass');
  });

  it('passes where others have changed other fields in between', () => {
    const scaled = changed(
      withImage('nginx:1', { replicas: 7 }),
      withImage('nginx:2', { replicas: 7 }),
    );
    expect(decide([IMAGE], scaled).kind).toBe('pass');
  });

  it('passes with the moment at which it is made', () => {
    const restarted = (at: string) =>
      deployment({}, { podMetadata: { annotations: { restartedAt: at } } });
    const tried = changed(deployment(), restarted('2026-11-30T10:00:30Z'));
    const now = restarted('2026-11-30T10:02:00Z');
    expect(decide([tried], changed(deployment(), now)).kind).toBe('pass');
    const wrong = changed(deployment(), restarted('2026-11-29T10:02:00Z'));
    expect(decide([tried], wrong).kind).toBe('refuse');
  });

  it('passes with another moment on top of its own as often as the preview has it', () => {
    const restarted = (at: string) =>
      deployment({}, { podMetadata: { annotations: { restartedAt: at } } });
    const tried = changed(deployment(), restarted('2026-11-30T10:00:30Z'));
    const again = changed(
      restarted('2026-11-30T10:02:00Z'),
      restarted('2026-11-30T10:02:40Z'),
    );
    expect(because([tried], again)).toBe(
      'Deployment web would be changed more often than the approval showed',
    );
    const twice = decide([tried, tried], again);
    expect(twice).toMatchObject({ kind: 'pass', counts: [{}] });
    const counted = twice.kind === 'pass' ? twice.counts : [];
    expect(decide([tried, tried], again, { counted }).kind).toBe('refuse');
    expect(decide([tried, tried, tried], again, { counted }).kind).toBe('pass');
  });

  it('hides in its reason what is secret', () => {
    const now = changed(withImage('nginx:1'), withImage('tulip-7f3'));
    const reason = because([IMAGE], now, { secrets: ['tulip-7f3'] });
    expect(reason).not.toContain('tulip');
    expect(reason).toContain('Deployment web would have another value at');
  });

  it('is refused where only a value that is hidden is another', () => {
    const secretly = (image: string) =>
      changed(withImage('nginx:1'), withImage(image));
    const secrets = ['tulip-7f3', 'tulip-8f4'];
    expect(
      decide([secretly('tulip-7f3')], secretly('tulip-7f3'), { secrets }).kind,
    ).toBe('pass');
    expect(
      decide([secretly('tulip-7f3')], secretly('tulip-8f4'), { secrets }).kind,
    ).toBe('refuse');
  });
});

describe('several writes of one object', () => {
  it('pass one after another, each with what came before it', () => {
    const after = changed(
      withImage('nginx:2'),
      withImage('nginx:2', { replicas: 4 }),
    );
    expect(decide([IMAGE, SCALE], after).kind).toBe('pass');
  });

  it('pass on the same field, from the value that one before gave', () => {
    const third = changed(withImage('nginx:1'), withImage('nginx:3'));
    const after = changed(withImage('nginx:2'), withImage('nginx:3'));
    expect(decide([IMAGE, third], after).kind).toBe('pass');
  });

  it('pass back to what the object was, whole and not in part', () => {
    const guarded = (securityContext: Json | undefined, more: Json[] = []) =>
      deployment(
        {},
        {
          podSpec: {
            containers: [
              { name: 'web', image: 'nginx:1' },
              ...more,
              ...(securityContext
                ? [{ name: 'side', image: 's:1', securityContext }]
                : []),
            ],
          },
        },
      );
    const plain = guarded(undefined);
    const whole = guarded({ runAsNonRoot: true });
    const tried = [changed(plain, whole)];
    expect(decide(tried, changed(whole, plain)).kind).toBe('pass');
    const part = guarded({});
    expect(because(tried, changed(whole, part))).toMatch(
      /^Deployment web would lose .*runAsNonRoot true now/,
    );
  });

  it('pass where one takes back what one before did, and does its own', () => {
    const applied = changed(
      withImage('nginx:2'),
      withImage('nginx:1', { replicas: 4 }),
    );
    expect(decide([IMAGE, SCALE], applied).kind).toBe('pass');
  });

  it('are refused where one makes only a part of what is approved together', () => {
    const both = changed(
      withImage('nginx:1', { paused: false }),
      withImage('nginx:2', { paused: true }),
    );
    const part = changed(
      withImage('nginx:1', { paused: false }),
      withImage('nginx:2', { paused: false }),
    );
    expect(because([both], part)).toBe(
      'Deployment web would not go from false to true at spec.paused now, as the approval showed',
    );
  });

  it('pass whatever kubectl notes of an apply, where the approval showed that it notes something', () => {
    const noted = (note: string | undefined, replicas: number) =>
      deployment(
        { replicas },
        {
          metadata: {
            annotations: {
              other: 'x',
              ...(note === undefined ? {} : { [LAST_APPLIED]: note }),
            },
          },
        },
      );
    const tried = changed(noted('{"a":1}', 2), noted('{"a":2}', 4));
    const now = changed(noted('{"a":1}', 2), noted('{"a":3}', 4));
    expect(decide([tried], now).kind).toBe('pass');
    const created = write({ answer: { status: 201, body: noted('{}', 2) } });
    const lost = changed(noted('{}', 2), noted(undefined, 2));
    expect(decide([created], lost).kind).toBe('pass');
    expect(because([SCALE], changed(noted('{}', 2), noted('{"a":1}', 2)))).toBe(
      "Deployment web would change kubectl's note of what was applied now, which the approval did not show",
    );
  });

  it('do not give one of them the fields of another subresource', () => {
    const scale = (replicas: number): Json => ({
      kind: 'Scale',
      spec: { replicas },
    });
    const tried = write({
      subresource: 'scale',
      before: scale(2),
      answer: { status: 200, body: scale(4) },
    });
    expect(decide([tried], tried).kind).toBe('pass');
    expect(decide([tried], { ...SCALE }).kind).toBe('refuse');
  });

  it('pass from what the subresource scale has given', () => {
    const scale = (replicas: number): Json => ({
      kind: 'Scale',
      spec: { replicas },
    });
    const first = write({
      subresource: 'scale',
      before: scale(2),
      answer: { status: 200, body: scale(3) },
    });
    const now = changed(
      withImage('nginx:1', { replicas: 3 }),
      withImage('nginx:1', { replicas: 4 }),
    );
    expect(decide([first, SCALE], now).kind).toBe('pass');
  });
});

describe('the status of an object', () => {
  const thing = (status: Json | undefined, version = '1', x = 1): Json => ({
    kind: 'Thing',
    apiVersion: 'a.io/v1',
    metadata: { name: 't', resourceVersion: version },
    spec: { x },
    ...(status ? { status } : {}),
  });
  const custom = (before: Json, after: Json, over = {}) => ({
    ...changed(before, after),
    ...{ group: 'a.io', resource: 'things', name: 't', ...over },
  });

  it('is bound where the write itself changes it', () => {
    const [before, after] = [thing({ phase: 'a' }), thing({ phase: 'b' })];
    const tried = [custom(before, after)];
    expect(decide(tried, custom(before, after)).kind).toBe('pass');
    expect(because(tried, custom(before, thing({ phase: 'evil' })))).toBe(
      'Thing t would go from a to evil at status.phase now, not to b, as the approval showed',
    );
    expect(because([], custom(before, after))).toMatch(/did not show$/);
  });

  it('may have become another meanwhile where the write leaves it', () => {
    const [a, b] = [{ phase: 'a' }, { phase: 'b' }];
    const tried = [custom(thing(a), thing(a, '1', 2))];
    const now = custom(thing(b, '2'), thing(b, '2', 2));
    expect(decide(tried, now).kind).toBe('pass');
  });

  it('is bound where a custom resource is created with one', () => {
    const made = (status: Json) =>
      custom(thing({}), thing(status), {
        verb: 'create',
        before: undefined,
        answer: { status: 201, body: thing(status) },
      });
    expect(decide([made({ phase: 'a' })], made({ phase: 'a' })).kind).toBe(
      'pass',
    );
    expect(decide([made({ phase: 'a' })], made({ phase: 'b' })).kind).toBe(
      'refuse',
    );
  });

  it('is bound where a subresource of a built-in kind writes it, and no controller', () => {
    const request = (version: string, ...types: string[]): Json => ({
      kind: 'CertificateSigningRequest',
      metadata: { name: 'csr', resourceVersion: version },
      status: { conditions: types.map(type => ({ type, status: 'True' })) },
    });
    const approval = (before: Json, after: Json) =>
      custom(before, after, {
        group: 'certificates.k8s.io',
        resource: 'certificatesigningrequests',
        subresource: 'approval',
        name: 'csr',
      });
    const tried = [approval(request('1'), request('1', 'Denied'))];
    expect(decide(tried, tried[0]).kind).toBe('pass');
    const other = approval(request('2'), request('3', 'Approved'));
    expect(decide(tried, other).kind).toBe('refuse');
    const scaling = (version: string, ready: number, replicas: number) => ({
      ...deployment({ replicas }, { metadata: { resourceVersion: version } }),
      status: { ready },
    });
    const scaled = changed(scaling('1', 1, 2), scaling('1', 1, 4));
    const overtaken = changed(scaling('1', 1, 2), scaling('2', 2, 4));
    expect(decide([scaled], overtaken).kind).toBe('pass');
  });
});

describe('a create', () => {
  const created = (
    data: Json,
    over: Partial<DryRunWrite> = {},
  ): DryRunWrite => {
    const body = {
      kind: 'ConfigMap',
      metadata: { name: 'app', uid: String(Math.PI) },
      data,
    };
    return write({
      verb: 'create',
      group: '',
      resource: 'configmaps',
      name: 'app',
      sent: body,
      answer: { status: 201, body },
      ...over,
    });
  };

  it('passes with what was approved, whatever the server keeps about it', () => {
    const now = created({ a: '1' });
    now.answer.body = {
      ...(now.answer.body as Json),
      metadata: { name: 'app', uid: 'u2', resourceVersion: '1' },
    };
    expect(decide([created({ a: '1' })], now)).toEqual({
      kind: 'pass',
      counts: [],
    });
  });

  it('is refused with other content, with less of it, and where none was approved', () => {
    const tried = [created({ a: '1', b: '2' })];
    expect(because(tried, created({ a: '1', b: '3' }))).toBe(
      'ConfigMap app would get data.b 3 now, not get data.b 2, as the approval showed',
    );
    expect(because(tried, created({ a: '1' }))).toBe(
      'ConfigMap app would not get data.b 2 now, as the approval showed',
    );
    expect(because([], created({}))).toBe(
      'ConfigMap app would be created now, which the approval did not show',
    );
  });

  it('passes with a generated name as often as the preview has it', () => {
    const generated = (): DryRunWrite => {
      const body = {
        kind: 'ConfigMap',
        metadata: { generateName: 'app-', name: 'app-x7z' },
        data: { a: '1' },
      };
      return created(
        {},
        {
          name: '',
          sent: { ...body, metadata: { generateName: 'app-' } },
          answer: { status: 201, body },
        },
      );
    };
    const tried = [generated(), generated()];
    const counted: CountedWrite[] = [];
    for (const expected of ['pass', 'pass', 'refuse']) {
      const decision = decide(tried, generated(), { counted });
      expect(decision.kind).toBe(expected);
      if (decision.kind === 'pass') counted.push(...decision.counts);
    }
    expect(because(tried, generated(), { counted })).toBe(
      'ConfigMap app-* would be created more often than the approval showed',
    );
  });

  it('with a generated name counts in its own namespace', () => {
    const generated = (namespace: string): DryRunWrite => {
      const body = {
        kind: 'ConfigMap',
        metadata: { generateName: 'app-', name: 'app-x7z', namespace },
      };
      const answer = { status: 201, body };
      return created({}, { name: '', namespace, sent: body, answer });
    };
    const tried = [generated('a'), generated('b')];
    const first = decide(tried, generated('a'));
    const counted = first.kind === 'pass' ? first.counts : [];
    expect(counted).toHaveLength(1);
    expect(decide(tried, generated('b'), { counted }).kind).toBe('pass');
    expect(decide(tried, generated('a'), { counted }).kind).toBe('refuse');
  });

  it('with a generated name passes with that name wherever the server repeats it', () => {
    const tried = [generatedJob('backup-x7z2q', '1')];
    expect(decide(tried, generatedJob('backup-b4n9c', '2'))).toMatchObject({
      kind: 'pass',
      counts: [{}],
    });
    expect(
      because(tried, generatedJob('backup-b4n9c', '2', 'backup-other')),
    ).toBe(
      'Job backup-* would get spec.template.metadata.labels.of backup-other now, which the approval did not show',
    );
  });

  it('may be followed by writes that end at the same object', () => {
    const full = {
      kind: 'ConfigMap',
      metadata: { name: 'app' },
      data: { a: '1', b: '2' },
    };
    const [first, second] = [created({ a: '1' }), created({ a: '1', b: '2' })];
    const now = created(
      {},
      {
        verb: 'patch',
        before: first.answer.body,
        answer: { status: 200, body: full },
      },
    );
    expect(decide([first, second], now).kind).toBe('pass');
    expect(decide([first], now).kind).toBe('refuse');
  });

  it('of a Secret may hold other values, under the same keys', () => {
    const secret = (data: Json) =>
      created(data, {
        resource: 'secrets',
        answer: { status: 201, body: { kind: 'Secret', data } },
      });
    expect(decide([secret({ a: 'MQ==' })], secret({ a: 'Mg==' })).kind).toBe(
      'pass',
    );
    expect(decide([secret({ a: 'MQ==' })], secret({ b: 'Mg==' })).kind).toBe(
      'refuse',
    );
  });
});

describe('a deletion', () => {
  const pod = (
    name: string,
    owner = 'rs-1',
    controller: Json = { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    generateName = name.slice(0, -5),
  ): DryRunWrite =>
    write({
      verb: 'create',
      subresource: 'eviction',
      group: '',
      resource: 'pods',
      name,
      before: {
        kind: 'Pod',
        metadata: {
          name,
          generateName,
          ownerReferences: [{ ...controller, uid: owner, controller: true }],
        },
      },
      answer: { status: 201, body: { kind: 'Status' } },
    });

  it('passes of the object that the preview deletes, again and again', () => {
    const gone = write({ verb: 'delete', before: deployment() });
    expect(decide([gone], gone)).toEqual({ kind: 'pass', counts: [] });
  });

  it('passes of a pod that has come for one that was shown, as many as were shown', () => {
    const tried = [pod('web-bbbbb'), pod('web-ccccc')];
    const counted: CountedWrite[] = [];
    const names = ['web-ddddd', 'web-bbbbb', 'web-bbbbb', 'web-fffff'];
    const kinds = names.map(name => {
      const decision = decide(tried, pod(name), { counted });
      if (decision.kind === 'pass') counted.push(...decision.counts);
      return decision.kind;
    });
    expect(kinds).toEqual(['pass', 'pass', 'pass', 'refuse']);
    expect(because(tried, pod('web-ggggg', 'rs-2'))).toBe(
      'Pod web-ggggg would be deleted now, which the approval did not show',
    );
  });

  it.each<[string, Json, string, string, string]>([
    ['StatefulSet', { apiVersion: 'apps/v1' }, 'db-1', 'db-0', 'db-'],
    ['DaemonSet', { apiVersion: 'apps/v1' }, 'log-bbbbb', 'log-ccccc', 'log-'],
    ['ReplicaSet', { apiVersion: 'a.io/v1' }, 'web-bbbbb', 'web-ccccc', 'web-'],
    ['ReplicaSet', { apiVersion: 'apps/v1' }, 'web-main', 'web-ccccc', 'web-'],
  ])(
    'is bound to its name where a pod is not one of many: of a %s (%j, %s)',
    (kind, controller, shown, other, generateName) => {
      const one = (name: string) =>
        pod(name, 'u-1', { ...controller, kind }, generateName);
      expect(decide([one(shown)], one(shown)).kind).toBe('pass');
      expect(because([one(shown)], one(other))).toBe(
        `Pod ${other} would be deleted now, which the approval did not show`,
      );
    },
  );

  it('passes of another pod of a Job, also where its name is cut', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job' };
    const [long, cut] = ['j'.repeat(61), 'j'.repeat(58)];
    const one = (end: string) => pod(`${cut}${end}`, 'j-1', job, `${long}-`);
    expect(decide([one('bbbbb')], one('ccccc')).kind).toBe('pass');
  });

  it('of a collection passes where each of its objects was shown', () => {
    const collection = (...names: string[]) =>
      write({
        verb: 'deletecollection',
        group: '',
        resource: 'configmaps',
        name: '',
        before: {
          kind: 'ConfigMapList',
          items: names.map(name => ({ metadata: { name, namespace: 'shop' } })),
        },
        answer: { status: 200, body: { kind: 'Status' } },
      });
    expect(decide([collection('a', 'b')], collection('b')).kind).toBe('pass');
    expect(because([collection('a', 'b')], collection('b', 'c'))).toBe(
      'ConfigMap c would be deleted now, which the approval did not show',
    );
  });
});

describe('what only the API server may choose', () => {
  const service = (nodePort: number) => ({
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'NodePort', ports: [{ port: 80, nodePort }] },
  });
  const patch = (nodePort: number) =>
    write({
      group: '',
      resource: 'services',
      before: service(30100),
      sent: [{ op: 'replace', path: '/spec/ports/0/nodePort', value: 30111 }],
      answer: { status: 200, body: service(nodePort) },
    });

  it('is a change like any other where a step asks for it', () => {
    expect(because([patch(30111)], patch(30111))).toBe('pass');
    expect(because([patch(30100)], patch(30111))).toBe(
      'Service web would go from 30100 to 30111 at spec.ports[80/TCP].nodePort now, which the approval did not show',
    );
  });
});
