import type { Impersonation } from '@backstage-runbooks/plugin-runbooks-common';
import { KubernetesClient } from '../kubernetes';
import { ClusterLane, LANE_CLUSTER } from '../kubernetes/testUtils/clusterLane';
import { runRights } from './runRights';

jest.setTimeout(60_000);

describe('the rights of the account of runs, as a real API server tells them', () => {
  const lane = new ClusterLane();
  let namespace: string;

  beforeAll(async () => {
    namespace = await lane.createNamespace('rights');
    const here = (...args: string[]) => lane.kubectl('-n', namespace, ...args);
    await here('create', 'serviceaccount', 'runs');
    await here(
      ...['create', 'role', 'runs', '--verb=patch'],
      '--resource=deployments.apps,deployments.apps/scale',
    );
    await here(
      ...['create', 'rolebinding', 'runs', '--role=runs'],
      `--serviceaccount=${namespace}:runs`,
    );
  });
  afterAll(async () => {
    await lane.kubectl(
      ...['delete', 'clusterrole,clusterrolebinding', namespace],
      '--ignore-not-found',
    );
    await lane.removeNamespace(namespace);
  });

  async function asked(
    token: string | undefined,
    impersonation?: Impersonation,
  ) {
    const access = lane.access();
    const transport = lane.transport(
      token === undefined
        ? access
        : {
            ...access,
            getCredential: async () => ({ type: 'bearer token', token }),
          },
    );
    try {
      return await runRights(
        new KubernetesClient({ transport }),
        LANE_CLUSTER,
        {
          namespaces: [namespace],
          impersonation,
          signal: AbortSignal.timeout(20_000),
        },
      );
    } finally {
      transport.close();
    }
  }

  it('are told by what is missing', async () => {
    const token = await lane.kubectl(
      '-n',
      namespace,
      'create',
      'token',
      'runs',
    );
    await expect(asked(token)).resolves.toEqual({
      missing: [
        'list pods',
        'get namespaces',
        'list deployments.apps',
        `delete pods in ${namespace}`,
      ],
      all: false,
    });
    await expect(
      asked(token, { user: '{name}', groups: ['runbooks', '{namespace}'] }),
    ).resolves.toMatchObject({ missing: ['impersonate groups runbooks'] });
    await lane.kubectl(
      ...['create', 'clusterrole', namespace, '--verb=impersonate'],
      '--resource=groups,users',
      ...['--resource-name=runbooks', '--resource-name=ops'],
    );
    await lane.kubectl(
      ...[
        'create',
        'clusterrolebinding',
        namespace,
        `--clusterrole=${namespace}`,
      ],
      `--serviceaccount=${namespace}:runs`,
    );
    await expect(
      asked(token, { groups: ['runbooks', 'ops', 'others'] }),
    ).resolves.toMatchObject({ missing: ['impersonate groups others'] });
  });

  it('are told where they are all that there are', async () => {
    await expect(asked(undefined)).resolves.toEqual({ missing: [], all: true });
  });

  it('are not told by a token that is none', async () => {
    await expect(asked('none')).rejects.toThrow('401');
  });
});
