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
      whatToDo: expect.stringContaining('tried again by itself'),
    });
  });

  it.each([
    {
      connection: { kind: 'starting', message: 'Connecting' } as const,
      label: 'Starting',
    },
    {
      connection: {
        kind: 'unreachable',
        since: '2026-11-21T01:00:00.000Z',
        message: 'connection refused',
      } as const,
      label: 'Unknown',
    },
  ])(
    'does not speak of what was known last where nothing was ever heard: $label',
    ({ connection, label }) => {
      const cluster = healthyCluster({
        connection,
        state: 'Unknown',
        message: connection.message,
        workloads: [],
      });
      const view = shown(
        healthView(
          { value: entityHealth([cluster]), connection: STREAMING },
          NOW,
        ),
      );
      expect(view.verdict.label).toBe(label);
    },
  );

  it('says once that the cluster is starting, and how far it is', () => {
    const connection = {
      kind: 'starting',
      message: 'cluster is starting: building etcd (1 of 3)',
    } as const;
    const cluster = healthyCluster({ connection, workloads: [] });
    const view = shown(
      healthView(
        { value: entityHealth([cluster]), connection: STREAMING },
        NOW,
      ),
    );
    expect(view.clusters[0].doubt).toMatchObject({
      title: 'The cluster is starting',
      message: 'Building etcd (1 of 3)',
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

  describe('tells a reason once', () => {
    const ERROR =
      'Back-off pulling image "till:v2": rpc error: code = NotFound desc = failed to pull and unpack image';
    const failingPod = (name: string) => ({
      ...degradedCluster().workloads[0].pods[0],
      name,
      message: `Container till: ImagePullBackOff, ${ERROR}`,
      signals: [
        {
          code: 'ImagePullBackOff',
          message: `Container till: ${ERROR}`,
          object: { kind: 'Pod', namespace: 'identity', name },
        },
      ],
    });
    const [workload] = degradedCluster().workloads;
    const pods = [failingPod('till-1'), failingPod('till-2')];
    const ofPods = {
      ...workload,
      name: 'till',
      message: `2 of 2 pods: ${pods[0].message}`,
      signals: [
        {
          ...pods[0].signals[0],
          message: `${pods[0].signals[0].message} (and 1 more like it)`,
        },
      ],
      pods,
    };
    const rollout = {
      ...workload,
      name: 'till',
      message: '2 of 3 replicas are available',
      pods: [],
    };
    const stalled = {
      ...rollout,
      message: 'The rollout does not get on',
      signals: [
        {
          code: 'StalledRollout',
          message: 'The rollout does not get on',
          object: { kind: 'Deployment', namespace: 'identity', name: 'till' },
        },
      ],
    };

    it.each([
      {
        because: 'its pods say why',
        one: ofPods,
        headline: 'Deployment till: 2 of 2 pods, ImagePullBackOff',
        row: '2 of 2 pods',
        problems: 1,
      },
      {
        because: 'a signal says the same',
        one: stalled,
        headline: 'Deployment till: StalledRollout',
        row: '',
        problems: 1,
      },
      {
        because: 'nothing below says why',
        one: rollout,
        headline: 'Deployment till: 2 of 3 replicas are available',
        row: '',
        problems: 0,
      },
    ])('of a workload, where $because', ({ one, headline, row, problems }) => {
      const view = shown(
        healthView(
          {
            value: entityHealth([degradedCluster({ workloads: [one] })], {
              message: `Deployment till: ${one.message}`,
            }),
            connection: STREAMING,
          },
          NOW,
        ),
      );
      expect(view.verdict.message).toBe(headline);
      const [shownOne] = view.clusters[0].workloads;
      expect(shownOne.verdict.message).toBe(row);
      expect(shownOne.problems).toHaveLength(problems);
      const told = JSON.stringify([
        view.verdict.message,
        shownOne.verdict.message,
        shownOne.problems.map(problem => problem.message),
      ]);
      const reason = one === ofPods ? 'rpc error' : one.message;
      expect(told.split(reason)).toHaveLength(2);
    });

    it('keeps what another workload says in its own row', () => {
      const other = { ...rollout, name: 'stock' };
      const view = shown(
        healthView(
          {
            value: entityHealth(
              [degradedCluster({ workloads: [ofPods, other] })],
              { message: `Deployment till: ${ofPods.message}` },
            ),
            connection: STREAMING,
          },
          NOW,
        ),
      );
      expect(view.clusters[0].workloads[1].verdict.message).toBe(
        '2 of 3 replicas are available',
      );
    });

    it.each([
      { clusters: 1, message: 'connection refused', headline: '' },
      {
        clusters: 2,
        message: 'Production EU: connection refused',
        headline: 'Production EU',
      },
    ])(
      'of $clusters clusters of which one is out of reach, in its notice',
      ({ clusters, message, headline }) => {
        const lost = healthyCluster({
          connection: {
            kind: 'unreachable',
            since: '2026-11-21T01:00:00.000Z',
            message: 'connection refused',
          },
          message: 'connection refused',
          workloads: [],
        });
        const view = shown(
          healthView(
            {
              value: entityHealth(
                [lost, degradedCluster()].slice(0, clusters),
                { message },
              ),
              connection: STREAMING,
            },
            NOW,
          ),
        );
        expect(view.verdict.message).toBe(headline);
        expect(view.clusters[0].doubt?.message).toBe('connection refused');
      },
    );
  });
});
