import type { DryRunWrite } from '../DryRunWrite';
import { previewOf, type PreviewOptions } from '../previewOf';

/** Around a dry run that took a minute. */
export const AROUND: PreviewOptions = {
  notes: [],
  hide: text => text,
  startedAt: '2026-11-30T10:00:00.000Z',
  endedAt: '2026-11-30T10:01:00.000Z',
};

export function preview(
  writes: readonly DryRunWrite[],
  over: Partial<PreviewOptions> = {},
) {
  return previewOf(writes, { ...AROUND, ...over });
}

/** The one object of a preview. */
export function onlyObject(
  writes: readonly DryRunWrite[],
  over: Partial<PreviewOptions> = {},
) {
  const found = preview(writes, over);
  const objects = 'objects' in found ? found.objects : [];
  expect({ found, count: objects.length }).toMatchObject({ count: 1 });
  return objects[0];
}

/** A write of one object, by default a patch of a Deployment. */
export function write(over: Partial<DryRunWrite> = {}): DryRunWrite {
  const { before, answer } = over;
  return {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: '',
    namespace: 'shop',
    name: 'web',
    ...over,
    before,
    answer: answer ?? { status: 200, body: before },
  };
}

type Json = Record<string, unknown>;

/** A Deployment as an API server answers it. */
export function deployment(
  spec: Json = {},
  over: { metadata?: Json; podMetadata?: Json; podSpec?: Json } = {},
): Json {
  return {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: '0b5a3c1e-7c8f-4a53-9a44-4dd9bd6a0d0f',
      resourceVersion: '4711',
      generation: 3,
      creationTimestamp: '2026-11-01T08:00:00Z',
      labels: { app: 'web' },
      managedFields: [{ manager: 'kubectl', operation: 'Update' }],
      ...over.metadata,
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: {
          creationTimestamp: null,
          labels: { app: 'web' },
          ...over.podMetadata,
        },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'web:1',
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              imagePullPolicy: 'IfNotPresent',
            },
          ],
          restartPolicy: 'Always',
          dnsPolicy: 'ClusterFirst',
          ...over.podSpec,
        },
      },
      ...spec,
    },
    status: { replicas: 2, readyReplicas: 2 },
  };
}

/** A change of a Deployment from one to another. */
export function changed(before: Json, after: Json): DryRunWrite {
  return write({ before, answer: { status: 200, body: after } });
}

/** A Job whose name is generated, as an API server answers it: with its name and uid in labels of its pods. */
export function generatedJob(
  name: string,
  uid: string,
  of?: string,
): DryRunWrite {
  const spec = { restartPolicy: 'Never', containers: [{ name: 'a' }] };
  const byUid = { 'batch.kubernetes.io/controller-uid': uid };
  const labels = {
    ...byUid,
    'controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'job-name': name,
    ...(of === undefined ? {} : { of }),
  };
  const metadata = { generateName: 'backup-', namespace: 'shop' };
  return write({
    verb: 'create',
    group: 'batch',
    resource: 'jobs',
    name: '',
    sent: { kind: 'Job', metadata, spec: { template: { spec } } },
    answer: {
      status: 201,
      body: {
        kind: 'Job',
        metadata: { ...metadata, name, uid, labels: { of: name } },
        spec: {
          selector: { matchLabels: byUid },
          template: { metadata: { labels }, spec },
        },
      },
    },
  });
}
