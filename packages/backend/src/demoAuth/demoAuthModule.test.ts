import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import demoAuth from './index';

const catalog = catalogServiceMock.factory({
  entities: [
    group('engineering'),
    group('fintech', 'engineering'),
    group('identity', 'fintech'),
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: {
        name: 'maya.lindqvist',
        annotations: {
          'backstage-runbooks.io/demo-order': '2',
          'backstage-runbooks.io/demo-role': 'Service owner',
          'backstage-runbooks.io/demo-try': 'Scale the auth service',
        },
      },
      spec: {
        profile: {
          displayName: 'Maya Lindqvist',
          email: 'maya.lindqvist@example.com',
        },
      },
      relations: [
        { type: 'memberOf', targetRef: 'group:default/identity' },
        { type: 'ownerOf', targetRef: 'component:default/auth-service' },
      ],
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: {
        name: 'leif.sandgren',
        annotations: {
          'backstage-runbooks.io/demo-order': '1',
          'backstage-runbooks.io/demo-role': 'Auditor',
        },
      },
      spec: { profile: { displayName: 'Leif Sandgren' } },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'not-on-the-menu' },
      spec: {},
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'auth-service' },
      spec: {},
    },
  ],
});

describe('the demo sign-in', () => {
  it('shows the people of the catalog who have a role in the demo, in their order, before anybody signs in', async () => {
    const server = await startDemo();

    const { body } = await request(server).get('/api/auth/demo/start');

    expect(body.people).toEqual([
      {
        userRef: 'user:default/leif.sandgren',
        name: 'Leif Sandgren',
        role: 'Auditor',
        teams: [],
        hint: '',
      },
      {
        userRef: 'user:default/maya.lindqvist',
        name: 'Maya Lindqvist',
        role: 'Service owner',
        teams: ['The identity team'],
        hint: 'Scale the auth service',
      },
    ]);
  });

  it('signs in the chosen person, who belongs to the groups above the own team too', async () => {
    const server = await startDemo();

    const { status, body } = await signIn(server, {
      userRef: 'user:default/maya.lindqvist',
    });

    expect(status).toBe(200);
    expect(body.profile).toEqual({
      displayName: 'Maya Lindqvist',
      email: 'maya.lindqvist@example.com',
    });
    expect(body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/maya.lindqvist',
      ownershipEntityRefs: [
        'user:default/maya.lindqvist',
        'group:default/identity',
        'group:default/fintech',
        'group:default/engineering',
      ],
    });
  });

  it.each([
    [
      'somebody whom the catalog does not know',
      { userRef: 'user:default/nobody' },
      404,
    ],
    [
      'something that is not a person',
      { userRef: 'component:default/auth-service' },
      400,
    ],
    ['nobody at all', {}, 400],
    ['several at once', { userRef: ['user:default/maya.lindqvist'] }, 400],
  ])('does not sign in %s', async (_who, chosen, status) => {
    const response = await signIn(await startDemo(), chosen);

    expect(response.status).toBe(status);
    expect(response.text).not.toContain('"token"');
  });

  it('is not done by following a link', async () => {
    const { status, body } = await request(await startDemo())
      .get('/api/auth/demo/refresh')
      .query({ userRef: 'user:default/maya.lindqvist' });

    expect(status).toBe(403);
    expect(body.error.message).toContain('answers to POST only');
  });

  it('keeps a production backend from starting', async () => {
    const replaced = jest.replaceProperty(process, 'env', {
      ...process.env,
      NODE_ENV: 'production',
    });
    try {
      await expect(startDemo()).rejects.toThrow(
        'The demo sign-in lets everybody be anybody',
      );
    } finally {
      replaced.restore();
    }
  });
});

async function startDemo() {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      demoAuth,
      catalog,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: {
            providers: { demo: {} },
            // So that the token itself tells the memberships to the test
            omitIdentityTokenOwnershipClaim: false,
          },
        },
      }),
    ],
  });
  return server;
}

function signIn(server: Awaited<ReturnType<typeof startDemo>>, chosen: object) {
  return request(server).post('/api/auth/demo/refresh').send(chosen);
}

function group(name: string, parent?: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { profile: { displayName: `The ${name} team` } },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}
