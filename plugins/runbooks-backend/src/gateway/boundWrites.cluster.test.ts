import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  approvedChanges,
  previewChanged,
  previewTask,
  type AllowedWrites,
  type DryRunWrite,
  type Preview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench, type StepTrace } from '../executors/testUtils/StepBench';
import { PreviewBinding } from '../runs/PreviewBinding';
import { judgingAtOnce } from '../testing/judgingAtOnce';
import type { PreviewSink } from './GatewayAttempt';

jest.setTimeout(120_000);

/** A kind of objects whose status is a field like any other. */
const thingsOf = (group: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `things.${group}` },
  spec: {
    group,
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
});

/** What a preview is told. */
class Seen implements PreviewSink {
  readonly writes: DryRunWrite[] = [];
  failure: string | undefined;

  seen(write: DryRunWrite): void {
    this.writes.push(write);
  }

  failed(because: string): void {
    this.failure ??= because;
  }
}

type Options = Parameters<StepBench['run']>[1] & {
  /** For the preview. */
  then?: Record<string, string>;
  /** For the run. */
  now?: Record<string, string>;
  /** What happens between them. */
  between?: () => Promise<unknown>;
};

describe('the run of a step that was approved with a preview', () => {
  let bench: StepBench;
  let anything: AllowedWrites;
  let node: string;

  beforeAll(async () => {
    bench = await StepBench.create('bound');
    anything = {
      kind: 'any-in-namespaces',
      namespaces: [bench.namespace],
      destructive: true,
    };
    node = (
      await bench.kubectl(
        'get',
        'nodes',
        '-o',
        'jsonpath={.items[0].metadata.name}',
      )
    ).trim();
  });
  afterAll(() => bench.dispose());

  /** A Deployment as it was made, that nobody has touched. */
  async function fresh(name: string): Promise<string> {
    await bench.kubectl('create', 'deploy', name, '--image=nginx:1');
    await bench.kubectl(
      ...['wait', 'deploy', name],
      ...['--for=condition=Available', '--timeout=50s'],
    );
    return name;
  }

  const imageOf = (name: string) =>
    bench.kubectl(
      ...['get', 'deploy', name, '-o'],
      'jsonpath={.spec.template.spec.containers[0].image}',
    );

  /** Previews a text and runs it bound to what came out, as a worker does. */
  async function approved(
    text: string,
    { then, now, between, gateway, ...options }: Options = {},
  ): Promise<{ preview: Preview; result: StepTrace }> {
    const run = (environment: Record<string, string>, over: object) =>
      bench.run(text, {
        allowed: anything,
        ...options,
        gateway: { ...gateway, ...over },
        execution: {
          timeoutMs: 60_000,
          environment: { NS: bench.namespace, NODE: node, ...environment },
        },
      });
    const seen = new Seen();
    const startedAt = new Date().toISOString();
    await run({ ...then }, { preview: seen });
    const endedAt = new Date().toISOString();
    const { writes } = seen;
    const preview = previewTask({
      ...{ writes, startedAt, endedAt },
      notes: [],
      secrets: [],
      ...(seen.failure === undefined ? {} : { failure: seen.failure }),
    });
    await between?.();
    const bound = new PreviewBinding({
      preview: {
        approved: approvedChanges({ writes, startedAt, endedAt }),
        shown: 'objects' in preview ? preview.objects : [],
        secrets: [],
      },
      judging: judgingAtOnce,
      person: 'user:default/guest',
      secrets: () => [],
    });
    return { preview, result: await run({ ...now }, { bound }) };
  }

  it('does not set the image that it sets in another try than the approval showed', async () => {
    const web = await fresh('web');
    const { preview, result } = await approved(
      'if [ "$TURN" = run ]; then image=evil:1; else image=nginx:2; fi; kubectl set image deploy/web nginx=$image',
      { then: { TURN: 'preview' }, now: { TURN: 'run' } },
    );
    expect(preview).toMatchObject({
      objects: [{ headline: 'image nginx:1 → nginx:2' }],
    });
    expect(result.ok).toBe(false);
    expect(result.stderr).toContain(
      'Deployment web would go from nginx:1 to evil:1 at spec.template.spec.containers[nginx].image now, not to nginx:2, as the approval showed',
    );
    await expect(imageOf(web)).resolves.toBe('nginx:1');
    const [write] = result.calls.filter(({ verb }) => verb === 'patch');
    expect(write).toMatchObject({
      decision: 'refused',
      status: 403,
      dryRun: false,
      because: expect.stringContaining('evil:1'),
    });
    expect(result.counts).toMatchObject({ writes: 0, refused: 1 });
  });

  it('does not set what chance chooses, but where it chooses the same', async () => {
    const chance = await fresh('chance');
    const { preview, result } = await approved(
      'for n in 1 2 3 4; do kubectl set image deploy/chance nginx=nginx:$RANDOM$RANDOM; done',
    );
    expect(preview).toMatchObject({ outcome: 'changes' });
    expect(result.counts).toMatchObject({ writes: 0, refused: 4 });
    await expect(imageOf(chance)).resolves.toBe('nginx:1');
  });

  it('does not write what it has read in between', async () => {
    await fresh('reads');
    await bench.kubectl(
      'create',
      'cm',
      'source',
      '--from-literal=image=nginx:2',
    );
    const { result } = await approved(
      'kubectl set image deploy/reads nginx=$(kubectl get cm source -o jsonpath={.data.image})',
      {
        between: () =>
          bench.kubectl(
            'patch',
            'cm',
            'source',
            '-p',
            '{"data":{"image":"evil:1"}}',
          ),
      },
    );
    expect(result.ok).toBe(false);
    await expect(imageOf('reads')).resolves.toBe('nginx:1');
  });

  it('creates and deletes nothing that the approval did not show', async () => {
    await bench.kubectl('create', 'cm', 'kept', '--from-literal=a=1');
    const { result } = await approved(
      'kubectl create cm shown --from-literal=a=$A; [ "$A" = 1 ] || { kubectl create cm hidden; kubectl delete cm kept; }',
      { then: { A: '1' }, now: { A: '2' } },
    );
    expect(result.stderr).toContain(
      'ConfigMap shown would get data.a 2 now, not get data.a 1, as the approval showed',
    );
    expect(result.stderr).toContain('ConfigMap hidden would be created now');
    expect(result.stderr).toContain('ConfigMap kept would be deleted now');
    const names = await bench.kubectl('get', 'cm', '-o', 'name');
    expect(names).toContain('kept');
    expect(names).not.toMatch(/shown|hidden/);
  });

  it('does not change what somebody else has changed in between, and says what it would do', async () => {
    await fresh('taken');
    const { result } = await approved(
      'kubectl scale deploy taken --replicas=3',
      {
        between: () =>
          bench.kubectl('scale', 'deploy', 'taken', '--replicas=5'),
      },
    );
    expect(result.stderr).toContain(
      'Deployment taken would go from 5 to 3 replicas now, not from 1, as the approval showed',
    );
  });

  it('changes its own fields where somebody else has changed others', async () => {
    await fresh('shared');
    const { result } = await approved(
      'kubectl set image deploy/shared nginx=nginx:2',
      {
        between: () =>
          bench.kubectl('scale', 'deploy', 'shared', '--replicas=2'),
      },
    );
    expect(result).toMatchObject({ ok: true, counts: { refused: 0 } });
    await expect(imageOf('shared')).resolves.toBe('nginx:2');
  });

  it('takes back what it has done itself, though the approval did not show that', async () => {
    await fresh('undone');
    const { result } = await approved(
      [
        'kubectl set image deploy/undone nginx=nginx:2',
        '[ "$TURN" = preview ] || { kubectl rollout status deploy undone --timeout=30s; kubectl rollout undo deploy undone; }',
      ].join('\n'),
      { then: { TURN: 'preview' }, now: { TURN: 'run' } },
    );
    expect(result.stdout).toContain('undone rolled back');
    expect(result).toMatchObject({
      ok: true,
      counts: { writes: 2, refused: 0 },
    });
    await expect(imageOf('undone')).resolves.toBe('nginx:1');
  });

  it('deletes the pod that has come for the one that was shown, and no pod of another', async () => {
    await fresh('pods');
    await fresh('others');
    const nameOf = (app: string) =>
      bench.kubectl('get', 'pods', '-l', `app=${app}`, '-o', 'name');
    const shown = await nameOf('pods');
    const { result } = await approved(
      'kubectl delete pod -l app=pods; [ "$TURN" = preview ] || kubectl delete pod -l app=others',
      {
        then: { TURN: 'preview' },
        now: { TURN: 'run' },
        between: () => bench.kubectl('delete', shown.trim()),
      },
    );
    expect(result.stdout).toMatch(/^pod "pods-.*" (?:force )?deleted/);
    expect(result.stderr).toMatch(/Pod others-.* would be deleted now/);
    expect(result.counts).toMatchObject({ refused: 1 });
  });

  it('creates Jobs and Pods whose names are generated, and is approved with another name each time', async () => {
    const job =
      '{apiVersion: batch/v1, kind: Job, metadata: {generateName: g-}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: nginx}]}}}}';
    const pod =
      '{apiVersion: v1, kind: Pod, metadata: {generateName: g-}, spec: {containers: [{name: a, image: nginx}]}}';
    const text = [job, job, pod]
      .map(one => `echo '${one}' | kubectl create -f -`)
      .join('\n');
    const first = await approved(text);
    expect(first.result.stderr).toBe('');
    expect(first.result.counts).toMatchObject({ writes: 3, refused: 0 });
    const second = await approved(text);
    expect(previewChanged(first.preview, second.preview)).toBeUndefined();
    const other = await approved(text.replaceAll('nginx', "'$IMAGE'"), {
      then: { IMAGE: 'nginx' },
      now: { IMAGE: 'evil' },
    });
    expect(other.result.counts).toMatchObject({ writes: 0, refused: 3 });
  });

  it('writes no other status of a custom resource than the approval showed, and may leave it', async () => {
    const group = `${bench.namespace}.example.com`;
    const crd = `things.${group}`;
    const file = path.join(bench.bench.folder, 'crd.json');
    await writeFile(file, JSON.stringify(thingsOf(group)));
    await bench.kubectl('create', '-f', file);
    try {
      await bench.kubectl(
        ...['wait', 'crd', crd],
        ...['--for=condition=Established', '--timeout=30s'],
      );
      const thing = { apiVersion: `${group}/v1`, kind: 'Thing' };
      const object = { ...thing, metadata: { name: 't' }, status: { at: 'a' } };
      await writeFile(file, JSON.stringify(object));
      await bench.kubectl('create', '-f', file);
      const patch = `kubectl patch ${crd} t --type=merge -p`;
      const evil = await approved(`${patch} '{"status":{"at":"'$TO'"}}'`, {
        then: { TO: 'b' },
        now: { TO: 'evil' },
      });
      expect(evil.preview).toMatchObject({
        objects: [{ fields: [{ path: 'status.at', before: 'a', after: 'b' }] }],
      });
      expect(evil.result.stderr).toContain(
        'Thing t would go from a to evil at status.at now, not to b, as the approval showed',
      );
      const left = await approved(`${patch} '{"spec":{"x":1}}'`, {
        between: () =>
          bench.kubectl(
            ...['patch', crd, 't', '--type=merge', '-p'],
            '{"status":{"at":"c"}}',
          ),
      });
      expect(left.result).toMatchObject({ ok: true, counts: { writes: 1 } });
    } finally {
      await bench.lane.kubectl('delete', 'crd', crd, '--wait=false');
    }
  });

  it('restarts as often as the approval showed, and no more', async () => {
    await fresh('restarts');
    const restart = 'kubectl rollout restart deploy restarts; sleep 1.2';
    const { result } = await approved(
      `${restart}; [ "$TURN" = preview ] || { ${restart}; }`,
      { then: { TURN: 'preview' }, now: { TURN: 'run' } },
    );
    expect(result.stderr).toContain(
      'Deployment restarts would be changed more often than the approval showed',
    );
    expect(result.counts).toMatchObject({ writes: 1, refused: 1 });
  });

  it('deletes no other pod of a StatefulSet than the approval showed', async () => {
    const manifest =
      '{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 2, podManagementPolicy: Parallel, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a, image: nginx}]}}}}';
    const file = path.join(bench.bench.folder, 'db.yaml');
    await writeFile(file, manifest);
    await bench.kubectl('create', '-f', file);
    await bench.kubectl(
      ...['wait', 'pod/db-0', 'pod/db-1'],
      ...['--for=create', '--timeout=50s'],
    );
    const { result } = await approved(
      'kubectl delete pod "db-$N" --force --grace-period=0',
      { then: { N: '1' }, now: { N: '0' } },
    );
    expect(result.stderr).toContain(
      'Pod db-0 would be deleted now, which the approval did not show',
    );
    expect(result.counts).toMatchObject({ writes: 0, refused: 1 });
  });

  it('makes many writes to one object, each on top of the one before', async () => {
    await fresh('many');
    const { result } = await approved(
      [
        'kubectl set image deploy/many nginx=nginx:2',
        'kubectl set env deploy/many A=1',
        'kubectl set env deploy/many B=2',
        'kubectl label deploy many tier=web',
        'kubectl annotate deploy many note=x',
        'kubectl scale deploy many --replicas=2',
        'kubectl rollout restart deploy many',
        'kubectl set image deploy/many nginx=nginx:3',
        'kubectl patch deploy many -p \'{"spec":{"replicas":1}}\'',
      ].join('\n'),
    );
    expect(result.stderr).toBe('');
    expect(result).toMatchObject({ ok: true, counts: { refused: 0 } });
    await expect(imageOf('many')).resolves.toBe('nginx:3');
  });

  const DEPLOYMENT =
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: NAME}, spec: {selector: {matchLabels: {app: NAME}}, template: {metadata: {labels: {app: NAME}}, spec: {containers: [{name: nginx, image: "nginx:2"}]}}}}';
  const manifest = (name: string) => DEPLOYMENT.replaceAll('NAME', name);

  it.each<[string, string | undefined, string]>([
    ['scale', 'a1', 'kubectl scale deploy a1 --replicas=2'],
    ['set image', 'a2', 'kubectl set image deploy/a2 nginx=nginx:2'],
    ['rollout restart', 'a3', 'kubectl rollout restart deploy a3'],
    [
      'a second restart',
      'a3b',
      'kubectl rollout restart deploy a3b; sleep 1.2; kubectl rollout restart deploy a3b',
    ],
    ['create deploy', undefined, 'kubectl create deploy a4 --image=nginx:1'],
    ['delete', 'a5', 'kubectl delete deploy a5'],
    ['delete by label', 'a6', 'kubectl delete deploy -l app=a6'],
    ['delete a pod', 'a7', 'kubectl delete pod -l app=a7'],
    [
      'drain',
      'a8',
      'kubectl drain $NODE --ignore-daemonsets --force --pod-selector=app=a8; kubectl uncordon $NODE',
    ],
    [
      'drain without evictions',
      'a9',
      'kubectl drain $NODE --ignore-daemonsets --force --disable-eviction --pod-selector=app=a9; kubectl uncordon $NODE',
    ],
    [
      'replace --force',
      'b1',
      'kubectl get deploy b1 -o yaml > b1.yaml; sed -i s/nginx:1/nginx:2/ b1.yaml; kubectl replace --force -f b1.yaml',
    ],
    [
      'delete --raw of a collection',
      undefined,
      'kubectl delete --raw "/api/v1/namespaces/$NS/configmaps?labelSelector=prune"',
    ],
    [
      'apply of what is new',
      undefined,
      `echo '${manifest('b3')}' > b3.yaml; kubectl apply -f b3.yaml`,
    ],
    [
      'apply of what is there',
      'b4',
      `echo '${manifest(
        'b4',
      )}' > b4.yaml; kubectl apply -f b4.yaml; kubectl apply -f b4.yaml`,
    ],
    [
      'apply on the server',
      'b5',
      `echo '${manifest(
        'b5',
      )}' > b5.yaml; kubectl apply --server-side --force-conflicts -f b5.yaml`,
    ],
    [
      'apply on the server of what was applied',
      undefined,
      `echo '${manifest(
        'b6',
      )}' > b6.yaml; kubectl apply -f b6.yaml; kubectl apply --server-side --force-conflicts -f b6.yaml`,
    ],
    [
      'replace',
      'b7',
      'kubectl get deploy b7 -o yaml > b7.yaml; sed -i s/nginx:1/nginx:2/ b7.yaml; kubectl replace -f b7.yaml',
    ],
    [
      'patch',
      'b8',
      'kubectl patch deploy b8 --type=json -p \'[{"op": "add", "path": "/metadata/labels/x", "value": "1"}]\'',
    ],
    ['rollout undo', 'b9', 'kubectl rollout undo deploy b9'],
    [
      'rollout pause and resume',
      'c1',
      'kubectl rollout pause deploy c1; kubectl rollout resume deploy c1',
    ],
    ['expose', 'c2', 'kubectl expose deploy c2 --port=80'],
    ['autoscale', 'c3', 'kubectl autoscale deploy c3 --min=1 --max=3'],
    ['run', undefined, 'kubectl run c4 --image=nginx:1'],
    [
      'create job',
      undefined,
      'kubectl create job c5 --image=busybox:1 -- true',
    ],
    [
      'a generated name',
      undefined,
      'for n in 1 2; do echo \'{apiVersion: v1, kind: ConfigMap, metadata: {generateName: c6-}, data: {a: "1"}}\' | kubectl create -f -; done',
    ],
    [
      'create secret',
      undefined,
      'kubectl create secret generic c7 --from-literal=password=hunter2-$RANDOM',
    ],
    [
      'scale down and up again',
      'd1',
      'kubectl scale deploy d1 --replicas=0; kubectl scale deploy d1 --replicas=1',
    ],
    [
      'label and take the label back',
      'c8',
      'kubectl label deploy c8 x=1; kubectl label deploy c8 x-',
    ],
    [
      'set resources and a dry run',
      'c9',
      'kubectl set resources deploy c9 --requests=cpu=1m; kubectl label deploy c9 y=1 --dry-run=server',
    ],
  ])('goes on as approved with %s', async (kind, deployment, text) => {
    if (deployment) await fresh(deployment);
    if (kind === 'rollout undo') {
      await bench.kubectl(
        'set',
        'image',
        `deploy/${deployment}`,
        'nginx=nginx:2',
      );
      await bench.kubectl('rollout', 'status', 'deploy', deployment!);
    }
    const scope = bench.scope({
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
    if (kind.startsWith('delete --raw')) {
      await bench.kubectl('create', 'cm', 'c0');
      await bench.kubectl('label', 'cm', 'c0', 'prune=yes');
    }
    const { preview, result } = await approved(text, { gateway: { scope } });
    expect({ preview, stderr: result.stderr }).toMatchObject({
      preview: { outcome: expect.stringMatching(/^(?:creates|changes)$/) },
      stderr: expect.not.stringContaining('refused'),
    });
    expect(result).toMatchObject({ ok: true, counts: { refused: 0 } });
    expect(result.counts.writes).toBeGreaterThan(0);
  });
});
