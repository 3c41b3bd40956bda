import type {
  EntityHealth,
  ObjectHealth,
  WorkloadHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import { HealthFacts } from './HealthFacts';
import type { HealthWatcher } from './HealthWatcher';

const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
};

describe('the pods that live health tells planning', () => {
  it('begin with those that have a problem and end with those that a rollout takes away or that are being deleted', async () => {
    const deployment: WorkloadHealth = {
      ...object('Deployment', 'shop'),
      pods: [
        object('Pod', 'a-leaves', {
          state: 'Progressing',
          message: 'Is being deleted',
          isLeaving: true,
        }),
        object('Pod', 'a-of-the-last-revision', { isSuperseded: true }),
        object('Pod', 'b-is-ready'),
        object('Pod', 'c-crashes', {
          state: 'Degraded',
          message: 'CrashLoopBackOff',
        }),
      ],
    };
    const { pods, workloads } = await factsOf([
      deployment,
      { ...object('Service', 'shop'), pods: [] },
    ]);
    expect(
      pods.map(({ name, note, isLeaving }) => [name, note, isLeaving]),
    ).toEqual([
      ['c-crashes', 'CrashLoopBackOff', false],
      ['b-is-ready', '', false],
      ['a-of-the-last-revision', 'of an older revision', false],
      ['a-leaves', 'Is being deleted', true],
    ]);
    expect(workloads).toEqual([
      { cluster: 'one', namespace: 'shop', kind: 'Deployment', name: 'shop' },
    ]);
  });

  it('are also those of no workload', async () => {
    const { pods } = await factsOf([{ ...object('Pod', 'alone'), pods: [] }]);
    expect(pods).toEqual([
      {
        cluster: 'one',
        namespace: 'shop',
        name: 'alone',
        note: '',
        isLeaving: false,
      },
    ]);
  });
});

function factsOf(workloads: WorkloadHealth[]) {
  const health: Pick<EntityHealth, 'clusters'> = {
    clusters: [
      {
        cluster: 'one',
        title: 'One',
        state: 'Healthy',
        message: '',
        simulatedNodes: false,
        connection: { kind: 'live' },
        workloads,
        notPermitted: [],
      },
    ],
  };
  const watcher = { snapshot: async () => health } as unknown as HealthWatcher;
  return new HealthFacts({ health: watcher }).factsOf(
    ENTITY,
    async refs => new Set(refs),
  );
}

function object(
  kind: string,
  name: string,
  over: Partial<ObjectHealth> = {},
): ObjectHealth {
  return {
    kind,
    namespace: 'shop',
    name,
    state: 'Healthy',
    message: 'Ready',
    signals: [],
    ...over,
  };
}
