import { readFile, writeFile } from 'node:fs/promises';
import type { ApiCall } from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench } from '../executors/testUtils/StepBench';

jest.setTimeout(120_000);

/** The API server writes its log in batches of its own. */
const LOG_DELAY_MS = 1_000;

interface AuditEvent {
  auditID: string;
  stage: string;
  verb: string;
  userAgent: string;
  objectRef?: {
    apiGroup?: string;
    resource?: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  responseStatus?: { code?: number };
}

describe('the audit log of the cluster and the record of a step', () => {
  let bench: StepBench;
  let pod: string;
  let node: string;

  beforeAll(async () => {
    bench = await StepBench.create('audit');
    node = `${bench.namespace}-node`;
    await bench.kubectl('create', 'deploy', 'web', '--image=nginx:1');
    await bench.kubectl('rollout', 'status', 'deploy', 'web', '--timeout=50s');
    await bench.kubectl('create', 'configmap', 'gone');
    pod = await bench.kubectl(
      ...['get', 'pods', '-l', 'app=web'],
      ...['-o', 'jsonpath={.items[0].metadata.name}'],
    );
    await bench.lane.kubectl('create', '-f', await nodeFile(bench, node));
  });
  afterAll(async () => {
    await bench.lane.kubectl('delete', 'node', node, '--ignore-not-found');
    await bench.dispose();
  });

  it('hold the same calls, both ways', async () => {
    const writes = [
      {
        verb: 'connect',
        resource: 'pods',
        subresource: 'exec',
        name: pod,
        command: ['hostname'],
      },
      { verb: 'create', resource: 'configmaps', name: 'applied' },
      { verb: 'patch', resource: 'configmaps', name: 'applied' },
      { verb: 'delete', resource: 'configmaps', name: 'gone' },
      { verb: 'patch', group: 'apps', resource: 'deployments', name: 'web' },
      {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        name: 'web',
      },
      {
        verb: 'create',
        resource: 'pods',
        subresource: 'eviction',
        name: 'drained',
      },
      { verb: 'patch', resource: 'nodes', namespace: '', name: node },
    ].map(write => bench.write(write));
    const { calls, attempt, stdout } = await bench.run(
      [
        'kubectl get pods; kubectl get pod $POD -o yaml >/dev/null; kubectl get secrets',
        'timeout 2 kubectl get pods -w >/dev/null',
        'timeout 2 kubectl logs -f $POD >/dev/null',
        'kubectl exec $POD -- hostname',
        'timeout 5 kubectl port-forward $POD 8080:80',
        "echo '{apiVersion: v1, kind: ConfigMap, metadata: {name: applied}, data: {a: b}}' > cm.yaml",
        'kubectl apply -f cm.yaml; sed -i "s/a: b/a: c/" cm.yaml; kubectl apply -f cm.yaml',
        'kubectl delete cm gone',
        'kubectl patch deploy web -p \'{"metadata":{"labels":{"a":"b"}}}\'',
        'kubectl scale deploy web --replicas=2',
        'kubectl scale deploy other --replicas=2',
        'kubectl drain $NODE --force --ignore-daemonsets --grace-period=0 --timeout=10s --pod-selector=drained=yes',
      ].join('\n'),
      {
        allowed: writes,
        gateway: {
          scope: bench.scope({
            grants: [
              {
                verbs: ['patch'],
                group: '',
                resource: 'nodes',
                namespace: '',
                names: [node],
              },
            ],
          }),
        },
        execution: {
          timeoutMs: 60_000,
          environment: { POD: pod, NODE: node },
        },
      },
    );
    expect(stdout).toMatch(/configured\n(.*\n)*.*pod\/drained evicted/);
    const audited = await auditedCalls(bench, attempt);
    const passed = calls.filter(call => call.decision === 'passed');
    const refused = calls.filter(call => call.decision === 'refused');
    expect(
      refused.map(({ resource, subresource }) => [resource, subresource]),
    ).toEqual([['pods', 'portforward']]);
    expect([...audited.keys()].sort()).toEqual(
      passed.map(call => call.id).sort(),
    );
    expect(passed.map(call => inWords(call))).toEqual(
      passed.map(call => wordsOf(audited.get(call.id), call)),
    );
  });

  it('hold the same calls of an attempt that is bound to a preview, and the tries of its writes as attempt 0', async () => {
    const { calls, attempt, stderr } = await bench.run(
      'kubectl create cm once; kubectl create cm once; kubectl label cm once a=b; kubectl create cm other',
      {
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: [bench.namespace],
          destructive: false,
        },
        gateway: {
          bound: {
            decide: async ({ name }) =>
              name === 'other'
                ? { kind: 'refuse', because: 'it is another' }
                : { kind: 'pass', counts: [] },
            made: () => {},
          },
        },
      },
    );
    expect(stderr).toMatch(/"once" already exists(?:.*\n)*.*it is another/);
    const made = calls.filter(
      call => call.decision === 'passed' && !call.dryRun,
    );
    const audited = await auditedCalls(bench, attempt);
    expect(made.map(call => inWords(call))).toEqual(
      made.map(call => wordsOf(audited.get(call.id), call)),
    );
    expect(audited.size).toBe(made.length);
    const tries = await auditedCalls(bench, 0);
    const written = calls.filter(({ verb }) => /create|patch/.test(verb));
    expect(
      written.map(call => [
        call.dryRun,
        call.decision,
        call.status,
        tries.get(call.id)?.responseStatus?.code,
      ]),
    ).toEqual([
      [false, 'passed', 201, 201],
      [true, 'passed', 409, 409],
      [false, 'passed', 200, 200],
      [false, 'refused', 403, 201],
    ]);
  });
});

/** What both sides say of a call. */
function inWords(call: ApiCall): string {
  const { verb, group, resource, subresource, namespace, name, status } = call;
  return [verb, group, resource, subresource, namespace, name, status].join(
    ' ',
  );
}

const NAMED_BY_BODY_OR_SELECTOR = new Set(['create', 'list', 'watch']);

/**
 * The same words from the log. It calls an exec a get (over WebSocket), a Namespace an object in itself, and knows no
 * name that stands in a body or a selector.
 */
function wordsOf(event: AuditEvent | undefined, call: ApiCall): string {
  const ref = event?.objectRef ?? {};
  const isNamespace = ref.resource === 'namespaces';
  const isNamedElsewhere = NAMED_BY_BODY_OR_SELECTOR.has(call.verb);
  return [
    call.verb === 'connect' ? 'connect' : event?.verb,
    ref.apiGroup ?? '',
    ref.resource ?? '',
    ref.subresource ?? '',
    isNamespace ? '' : ref.namespace ?? '',
    ref.name ?? (isNamedElsewhere ? call.name : ''),
    event?.responseStatus?.code,
  ].join(' ');
}

async function auditedCalls(
  bench: StepBench,
  attempt: number,
): Promise<Map<string, AuditEvent>> {
  await new Promise(resolve => setTimeout(resolve, LOG_DELAY_MS));
  const log = await readFile(bench.lane.auditLog, 'utf8');
  const name = `runbooks/${bench.namespace}/step-1/${attempt}`;
  const events = log
    .split('\n')
    .filter(line => line.includes(`${name}"`))
    .map((line): AuditEvent => JSON.parse(line));
  return new Map(events.map(event => [event.auditID, event]));
}

/** A node of the test's own, with a pod on it: nobody else's pods are drained. */
async function nodeFile(bench: StepBench, node: string): Promise<string> {
  const file = `${bench.bench.folder}/node.json`;
  const meta = (name: string) => ({ name });
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'Node', metadata: meta(node) },
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            ...meta('drained'),
            namespace: bench.namespace,
            labels: { drained: 'yes' },
          },
          spec: { nodeName: node, containers: [{ name: 'a', image: 'b' }] },
        },
      ],
    }),
  );
  return file;
}
