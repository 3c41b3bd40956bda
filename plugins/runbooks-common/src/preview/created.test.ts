import created from './fixtures/created.json';
import { onlyObject, preview, write } from './testUtils/writes';

const GROUP_OF: Record<string, [group: string, resource: string]> = {
  StatefulSet: ['apps', 'statefulsets'],
  DaemonSet: ['apps', 'daemonsets'],
  Deployment: ['apps', 'deployments'],
  Service: ['', 'services'],
  CronJob: ['batch', 'cronjobs'],
  Job: ['batch', 'jobs'],
  PersistentVolumeClaim: ['', 'persistentvolumeclaims'],
  Pod: ['', 'pods'],
  HorizontalPodAutoscaler: ['autoscaling', 'horizontalpodautoscalers'],
  Secret: ['', 'secrets'],
  ConfigMap: ['', 'configmaps'],
  Ingress: ['networking.k8s.io', 'ingresses'],
  NetworkPolicy: ['networking.k8s.io', 'networkpolicies'],
  ServiceAccount: ['', 'serviceaccounts'],
  Namespace: ['', 'namespaces'],
  RoleBinding: ['rbac.authorization.k8s.io', 'rolebindings'],
  PodDisruptionBudget: ['policy', 'poddisruptionbudgets'],
};

/** What an API server of Kubernetes 1.32 answered to dry runs of the same object, made one after the other. */
const CASES = created.map(({ sent, first, second }) => {
  const [group, resource] = GROUP_OF[sent.kind];
  const made = (body: unknown, over: object = {}) =>
    write({
      verb: 'create',
      group,
      resource,
      name: '',
      sent,
      answer: { status: 201, body },
      ...over,
    });
  return { kind: sent.kind, made, first, second };
});

describe('a created object as an API server answers it', () => {
  it.each(CASES)(
    'is the same at another dry run: $kind',
    ({ made, first, second }) => {
      expect(preview([made(second)])).toEqual(preview([made(first)]));
      const unread = { sent: undefined };
      expect(preview([made(second, unread)])).toEqual(
        preview([made(first, unread)]),
      );
    },
  );

  it.each<[kind: string, headline: string | undefined, fields: string[]]>([
    ['ConfigMap', '1 key', ['data.a: b']],
    ['Secret', '1 key', ['data.a: ?']],
    ['ServiceAccount', undefined, []],
    ['Namespace', undefined, []],
    [
      'Deployment',
      '1 replica, image nginx:1',
      [
        'metadata.labels.app: web',
        'spec.replicas: 1',
        'spec.selector.matchLabels.app: web',
        'spec.template.metadata.labels.app: web',
        'spec.template.spec.containers[nginx].image: nginx:1',
      ],
    ],
    [
      'DaemonSet',
      'image nginx',
      [
        'spec.selector.matchLabels.a: b',
        'spec.template.metadata.labels.a: b',
        'spec.template.spec.containers[web].image: nginx',
      ],
    ],
    [
      'StatefulSet',
      '1 replica, image nginx:1',
      [
        'spec.replicas: 1',
        'spec.selector.matchLabels.a: b',
        'spec.serviceName: x',
        'spec.template.metadata.labels.a: b',
        'spec.template.spec.containers[web].env[P].valueFrom.fieldRef.fieldPath: metadata.name',
        'spec.template.spec.containers[web].image: nginx:1',
        'spec.template.spec.containers[web].ports[80/TCP].containerPort: 80',
        'spec.template.spec.containers[web].readinessProbe.httpGet.port: 80',
        'spec.template.spec.containers[web].volumeMounts[/c].name: c',
        'spec.template.spec.volumes[c].configMap.name: c',
        'spec.template.spec.volumes[s].secret.secretName: c',
        'spec.template.spec.volumes[h].hostPath.path: /x',
        'spec.template.spec.volumes[p].projected.sources[0].serviceAccountToken.path: x',
        'spec.volumeClaimTemplates[d].metadata.name: d',
        'spec.volumeClaimTemplates[d].spec.accessModes: ["ReadWriteOnce"]',
        'spec.volumeClaimTemplates[d].spec.resources.requests.storage: 1Gi',
      ],
    ],
    [
      'Service',
      undefined,
      [
        'spec.externalTrafficPolicy: Local',
        'spec.ports[80/TCP].targetPort: 80',
        'spec.selector.a: b',
        'spec.type: LoadBalancer',
      ],
    ],
    [
      'Job',
      'image nginx:1',
      [
        'spec.template.spec.containers[web].image: nginx:1',
        'spec.template.spec.restartPolicy: Never',
      ],
    ],
    ['Pod', 'image nginx:1', ['spec.containers[web].image: nginx:1']],
    [
      'HorizontalPodAutoscaler',
      'at most 3 replicas',
      [
        'spec.maxReplicas: 3',
        // Nothing was said of when it scales: this is what the API server puts in.
        'spec.metrics[Resource].resource.name: cpu',
        'spec.metrics[Resource].resource.target.averageUtilization: 80',
        'spec.metrics[Resource].resource.target.type: Utilization',
        'spec.scaleTargetRef.apiVersion: apps/v1',
        'spec.scaleTargetRef.kind: Deployment',
        'spec.scaleTargetRef.name: web',
      ],
    ],
    [
      'NetworkPolicy',
      undefined,
      ['spec.ingress[0].ports[80/TCP].port: 80', 'spec.podSelector: {}'],
    ],
  ])(
    'is shown by what was sent, and what is no default: %s',
    (kind, headline, expected) => {
      const [{ made, first }] = CASES.filter(one => one.kind === kind);
      const object = onlyObject([made(first)]);
      expect(object.headline).toBe(headline);
      expect(
        object.fields
          .map(({ path, after }) => `${path}: ${after ?? '?'}`)
          .sort(),
      ).toEqual([...expected].sort());
    },
  );

  it('may have labels that are called as what every object has', () => {
    const [{ made, first }] = CASES.filter(({ kind }) => kind === 'ConfigMap');
    const labels = { constructor: 'a', toString: 'b' };
    const body = { ...first, metadata: { name: 'cm', labels } };
    const unread = { sent: undefined };
    expect(
      onlyObject([made(body, unread)]).fields.map(({ path }) => path),
    ).toEqual([
      'data.a',
      'metadata.labels.constructor',
      'metadata.labels.toString',
    ]);
  });

  it('is named by the beginning of a name that the API server makes up', () => {
    const [{ made, first }] = CASES.filter(({ kind }) => kind === 'Pod');
    expect(onlyObject([made(first)]).object.name).toBe('pod-*');
  });

  it('shows a container that the cluster puts in', () => {
    const [{ made, first }] = CASES.filter(({ kind }) => kind === 'Pod');
    const [web] = first.spec?.containers ?? [];
    const body = {
      ...first,
      spec: {
        ...first.spec,
        containers: [web, { name: 'proxy', image: 'proxy:3' }],
      },
    };
    expect(onlyObject([made(body)]).fields).toContainEqual({
      path: 'spec.containers[proxy].image',
      after: 'proxy:3',
    });
  });
});
