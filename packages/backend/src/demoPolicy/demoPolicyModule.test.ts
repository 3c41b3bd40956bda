import {
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import request from 'supertest';
import demoPolicy from './index';

const MEMBERSHIPS: Record<string, string[]> = {
  'user:default/maya.lindqvist': ['group:default/engineering'],
  'user:default/leif.sandgren': ['group:default/auditors'],
};

describe('asking the demo backend for permissions', () => {
  it('lets an engineer start a run and tells an auditor no', async () => {
    const server = await startPermissions();

    expect(await mayStartRuns(server, 'user:default/maya.lindqvist')).toBe(
      'ALLOW',
    );
    expect(await mayStartRuns(server, 'user:default/leif.sandgren')).toBe(
      'DENY',
    );
  });
});

async function startPermissions() {
  const { server } = await startTestBackend({
    features: [
      permissionPlugin,
      demoPolicy,
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true } },
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () =>
          mockServices.userInfo.mock({
            getUserInfo: async credentials => {
              const { userEntityRef } = credentials.principal as {
                userEntityRef: string;
              };
              return {
                userEntityRef,
                ownershipEntityRefs: MEMBERSHIPS[userEntityRef],
              };
            },
          }),
      }),
    ],
  });
  return server;
}

async function mayStartRuns(
  server: Awaited<ReturnType<typeof startPermissions>>,
  userRef: string,
): Promise<string> {
  const { body } = await request(server)
    .post('/api/permission/authorize')
    .set('authorization', mockCredentials.user.header(userRef))
    .send({
      items: [
        {
          id: '1',
          permission: {
            type: 'basic',
            name: 'runbooks.run.create',
            attributes: { action: 'create' },
          },
        },
      ],
    });
  return body.items[0].result;
}
