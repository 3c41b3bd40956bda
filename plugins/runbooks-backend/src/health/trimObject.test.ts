import { trimObject } from './trimObject';

const container = {
  name: 'web',
  image: 'web:1',
  env: [{ name: 'PASSWORD', value: 'hunter2' }],
  readinessProbe: { periodSeconds: 5 },
};

describe('what is kept of an object', () => {
  it('is what health reads; managed fields, annotations and environments are not', () => {
    const pod = trimObject('Pod', {
      metadata: {
        name: 'a',
        namespace: 'shop',
        uid: '1',
        labels: { app: 'web' },
        ...{ managedFields: [{}], annotations: { secret: 'hunter2' } },
      },
      spec: {
        restartPolicy: 'Always',
        containers: [container],
        volumes: [
          { name: 'x', secret: { secretName: 'y' } },
          { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
        ],
      },
      status: { phase: 'Running' },
    });
    expect(JSON.parse(JSON.stringify(pod))).toEqual({
      kind: 'Pod',
      metadata: {
        name: 'a',
        namespace: 'shop',
        uid: '1',
        labels: { app: 'web' },
      },
      spec: {
        restartPolicy: 'Always',
        containers: [
          { name: 'web', image: 'web:1', readinessProbe: { periodSeconds: 5 } },
        ],
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
      },
      status: { phase: 'Running' },
    });
  });

  it.each(['Deployment', 'CronJob'])('holds no environment of a %s', kind => {
    const template = { metadata: {}, spec: { containers: [container] } };
    const spec =
      kind === 'CronJob'
        ? { jobTemplate: { spec: { template } } }
        : { replicas: 2, template };
    const text = JSON.stringify(trimObject(kind, { metadata: {}, spec }));
    expect(text).not.toContain('hunter2');
    expect(text.includes('web:1')).toBe(kind === 'Deployment');
  });

  it('keeps of endpoints whether they are ready', () => {
    const slice = trimObject('EndpointSlice', {
      metadata: {},
      endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
    });
    expect(slice).toMatchObject({
      endpoints: [{ conditions: { ready: true } }],
    });
    expect(JSON.stringify(slice)).not.toContain('10.0.0.1');
  });

  it('keeps of all annotations which revision a ReplicaSet is', () => {
    const annotations = { 'deployment.kubernetes.io/revision': '7' };
    expect(
      trimObject('ReplicaSet', {
        metadata: { annotations: { ...annotations, note: 'hunter2' } },
      }).metadata?.annotations,
    ).toEqual(annotations);
    const { metadata } = trimObject('Pod', {
      metadata: { annotations: { note: 'hunter2' } },
    });
    expect(metadata).not.toHaveProperty('annotations');
  });
});
