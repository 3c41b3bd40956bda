import { writeFile } from 'node:fs/promises';
import {
  allowedWritesOf,
  callText,
  readShell,
} from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench } from '../executors/testUtils/StepBench';

jest.setTimeout(90_000);

/** Its pods have an account of their own, which a rollback puts back. */
const STATEFUL_SET = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'queue' },
  spec: {
    serviceName: 'queue',
    selector: { matchLabels: { app: 'queue' } },
    template: {
      metadata: { labels: { app: 'queue' } },
      spec: {
        serviceAccountName: 'queue',
        containers: [{ name: 'a', image: 'b:1' }],
      },
    },
  },
};

describe('what is read from a command is what kubectl asks the gateway for', () => {
  let bench: StepBench;
  let node: string;

  beforeAll(async () => {
    bench = await StepBench.create('planned');
    node = await bench.kubectl(
      'get',
      'nodes',
      '-o',
      'jsonpath={.items[0].metadata.name}',
    );
    await bench.kubectl(
      'create',
      'deploy',
      'web',
      '--image=nginx:1',
      '--replicas=2',
    );
    await bench.kubectl(
      'create',
      'configmap',
      'settings',
      '--from-literal=a=1',
    );
    await bench.kubectl(
      'create',
      'cronjob',
      'nightly',
      '--image=nginx:1',
      '--schedule=0 0 1 1 *',
    );
    await bench.kubectl('run', 'copied', '--image=nginx:1');
    await bench.kubectl(
      ...['wait', 'pod', 'copied', '--for=condition=Ready', '--timeout=50s'],
    );
    const file = `${bench.bench.folder}/statefulset.json`;
    await writeFile(file, JSON.stringify(STATEFUL_SET));
    await bench.kubectl('apply', '-f', file);
    await bench.kubectl('set', 'image', 'sts/queue', 'a=b:2');
    await bench.kubectl('rollout', 'status', 'deploy', 'web', '--timeout=50s');
    await bench.kubectl('set', 'image', 'deploy/web', 'nginx=nginx:2');
    await bench.kubectl('rollout', 'status', 'deploy', 'web', '--timeout=50s');
  });
  afterAll(() => bench.dispose());

  it.each([
    'kubectl scale deploy web --replicas=3',
    'kubectl scale deployment/web --replicas=2',
    'kubectl rollout restart deployment/web',
    'kubectl rollout restart deploy web',
    'kubectl rollout undo deployment/web',
    'kubectl rollout undo sts/queue',
    'kubectl rollout pause deployment/web',
    'kubectl rollout resume deployment/web',
    'kubectl set image deployment/web nginx=nginx:3',
    'kubectl set env deployment/web A=1',
    'kubectl set resources deployment/web --limits=cpu=200m',
    'kubectl annotate deploy web note=x --overwrite',
    'kubectl label pod -l app=web checked=yes --overwrite',
    'kubectl patch deploy web -p \'{"spec":{"replicas":2}}\'',
    'kubectl autoscale deploy web --min=1 --max=3',
    'kubectl patch hpa web -p \'{"spec":{"maxReplicas":4}}\'',
    'kubectl delete hpa web',
    'kubectl expose deploy web --port=80',
    'kubectl delete svc web',
    'kubectl create configmap fresh --from-literal=a=1',
    'kubectl delete configmap fresh',
    'kubectl create job once --image=nginx:1',
    'kubectl create job twice --from=cronjob/nightly',
    'kubectl delete job once twice',
    'kubectl create secret generic db --from-literal=password=made-up',
    'kubectl delete secret db',
    'kubectl run tmp --image=nginx:1 --restart=Never',
    'kubectl delete pod tmp --force --grace-period=0',
    'kubectl delete pods -l app=web --wait=false',
    'kubectl patch cronjob nightly -p \'{"spec":{"suspend":true}}\'',
    'kubectl cordon NODE && kubectl uncordon NODE',
  ])('%s', async command => {
    const text = command.replaceAll('NODE', node);
    const reading = readShell(text);
    const allowed = allowedWritesOf(reading, bench.namespace, {});
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
    const { calls, stderr } = await bench.run(text, {
      allowed,
      gateway: { scope },
    });
    const refused = calls.filter(call => call.decision === 'refused');
    expect({ refused: refused.map(callText), allowed }).toEqual({
      refused: [],
      allowed,
    });
    expect(stderr).not.toContain('runbooks gateway');
  });

  it.each([
    'kubectl cp POD:/etc/hostname/ ./got',
    'kubectl cp POD:/etc/hostname ./got',
    'echo x > sent; kubectl cp sent POD:/tmp/sent',
    'echo x > sent; kubectl cp sent POD:/tmp --no-preserve',
    'echo x > sent; kubectl cp sent POD:/tmp/',
  ])('what is copied: %s', async command => {
    const text = command.replace('POD', 'copied');
    const { commands } = readShell(text);
    const writes = commands.flatMap(one => one.writes ?? []);
    const { calls } = await bench.run(text, {
      allowed: writes.map(({ namespace, ...write }) => bench.write(write)),
    });
    const connected = calls.filter(({ verb }) => verb === 'connect');
    expect(connected.length).toBeGreaterThan(0);
    expect(
      connected.filter(({ decision }) => decision === 'refused').map(callText),
    ).toEqual([]);
  });

  it.each([
    'kubectl exec deploy/web -- hostname',
    'kubectl exec -c nginx deploy/web -- cat /etc/hostname',
  ])('%s', async text => {
    const { commands } = readShell(text);
    const writes = commands.flatMap(command => command.writes ?? []);
    const { calls, stderr } = await bench.run(text, {
      allowed: writes.map(({ namespace, ...write }) => bench.write(write)),
    });
    expect(stderr).not.toContain('runbooks gateway');
    expect(calls.at(-1)).toMatchObject({
      verb: 'connect',
      subresource: 'exec',
      decision: 'passed',
    });
  });
});
