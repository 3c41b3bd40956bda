import type { StreamConnection } from '../../api/followStream';
import {
  degradedCluster,
  entityHealth,
  healthyCluster,
} from '../../testing/health';
import { healthView, type HealthView } from './healthView';

const NOW = Date.parse('2026-11-21T03:00:00.000Z');
const STREAMING: StreamConnection = { kind: 'streaming' };
const LOST: StreamConnection = {
  kind: 'lost',
  since: '2026-11-21T02:50:00.000Z',
  error: new Error('no network'),
};

function shown(view: HealthView) {
  if (view.status !== 'shown') throw new Error(`expected it to be shown`);
  return view;
}

describe('live health on the screen', () => {
  it('is loading until the first news and failed when there never was any', () => {
    expect(healthView({ connection: { kind: 'connecting' } }, NOW)).toEqual({
      status: 'loading',
    });
    expect(healthView({ connection: LOST }, NOW)).toMatchObject({
      status: 'failed',
    });
  });

  it('shows nothing that was seen before to a person who may no longer see it', () => {
    const error = new Error('You may not see it');
    expect(
      healthView(
        {
          value: entityHealth([healthyCluster()]),
          connection: { kind: 'denied', error },
        },
        NOW,
      ),
    ).toEqual({ status: 'failed', error });
  });

  it('says how to link a service that is not annotated', () => {
    const value = entityHealth([], {
      selection: { kind: 'not-annotated', says: 'Add a label.' },
    });
    expect(healthView({ value, connection: STREAMING }, NOW)).toEqual({
      status: 'not-annotated',
      says: 'Add a label.',
    });
  });

  it.each([
    {
      because: 'everything is heard live',
      cluster: healthyCluster(),
      connection: STREAMING,
      label: 'Healthy',
      tone: 'ok',
    },
    {
      because: 'the watch of the cluster was lost',
      cluster: healthyCluster({
        connection: {
          kind: 'stale',
          since: '2026-11-21T02:54:00.000Z',
          message: 'closed',
        },
      }),
      connection: STREAMING,
      label: 'Last known: Healthy',
      tone: 'neutral',
    },
    {
      because: 'the browser has lost the server',
      cluster: healthyCluster(),
      connection: LOST,
      label: 'Last known: Healthy',
      tone: 'neutral',
    },
    {
      because: 'the page was hidden and connects again',
      cluster: healthyCluster(),
      connection: { kind: 'connecting' } as StreamConnection,
      label: 'Last known: Healthy',
      tone: 'neutral',
    },
    {
      because: 'a pod crashes',
      cluster: degradedCluster(),
      connection: STREAMING,
      label: 'Degraded',
      tone: 'danger',
    },
  ])(
    'shows $label in tone $tone when $because',
    ({ cluster, connection, label, tone }) => {
      const view = shown(
        healthView({ value: entityHealth([cluster]), connection }, NOW),
      );
      expect(view.verdict).toMatchObject({ label, tone });
      expect(view.clusters[0].verdict).toMatchObject({ label, tone });
    },
  );

  it('tells since when a cluster is out of reach', () => {
    const view = shown(
      healthView(
        {
          value: entityHealth([
            healthyCluster({
              connection: {
                kind: 'unreachable',
                since: '2026-11-21T01:00:00.000Z',
                message: 'connection refused',
              },
            }),
          ]),
          connection: STREAMING,
        },
        NOW,
      ),
    );
    expect(view.clusters[0].doubt).toEqual({
      title: 'The cluster has been out of reach since 2 h ago',
      message: 'connection refused',
    });
  });

  it('lists what is wrong with a workload and counts the pods that are well', () => {
    const view = shown(
      healthView(
        { value: entityHealth([degradedCluster()]), connection: STREAMING },
        NOW,
      ),
    );
    expect(view.clusters[0].workloads[0]).toMatchObject({
      ready: '2/3 ready',
      quietPods: 2,
      problems: [
        { code: 'CrashLoopBackOff', object: 'Pod auth-service-7c9d-x2k4p' },
      ],
    });
  });
});
