import {
  createFrontendModule,
  ApiBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  permissionApiRef,
  type PermissionApi,
} from '@backstage/plugin-permission-react';
import { cleanup, screen } from '@testing-library/react';
import runbooksPlugin from './alpha';
import { runbooksApiRef } from './api/RunbooksApi';
import { FakeRunbooksApi } from './testing/FakeRunbooksApi';
import { entityNamed } from './__testUtils__/renderScreen';

// A whole app is rendered, on a busy machine slowly.
jest.setTimeout(60_000);

const fakeBackends = [
  createFrontendModule({
    pluginId: 'catalog',
    extensions: [
      ApiBlueprint.make({
        params: defineParams =>
          defineParams({
            api: catalogApiRef,
            deps: {},
            factory: () =>
              catalogApiMock({ entities: [entityNamed('auth-service')] }),
          }),
      }),
    ],
  }),
  createFrontendModule({
    pluginId: 'runbooks',
    extensions: [
      ApiBlueprint.make({
        params: defineParams =>
          defineParams({
            api: runbooksApiRef,
            deps: {},
            factory: () => new FakeRunbooksApi(),
          }),
      }),
    ],
  }),
];

function openApp(
  at: string,
  authorize: PermissionApi['authorize'] = async () => ({
    result: AuthorizeResult.ALLOW,
  }),
) {
  renderTestApp({
    features: [catalogPlugin, runbooksPlugin, ...fakeBackends],
    initialRouteEntries: [at],
    apis: [[permissionApiRef, { authorize }]],
  });
}

describe('the plugin in an app of the new frontend system', () => {
  it('puts its tab on the page of a service, and procedures below it', async () => {
    openApp('/catalog/default/component/auth-service/runbooks');
    expect(
      await screen.findByRole(
        'link',
        { name: 'Canary deployment' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/auth-service/runbooks/p/auth-service%2Foperations.md/canary',
    );
  });

  it('has a page with history and single runs', async () => {
    openApp('/runbooks/runs/approval');
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Incident: high latency of logins' },
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Approvals' })).toBeInTheDocument();
  });

  it('offers its set-up to those who operate the portal and to nobody else', async () => {
    const permitted = jest.fn(async () => ({ result: AuthorizeResult.DENY }));
    openApp('/runbooks/runs', permitted);
    await screen.findByRole('tab', { name: 'Approvals' }, { timeout: 20_000 });
    expect(screen.queryByRole('tab', { name: 'Set-up' })).toBeNull();
    cleanup();
    openApp('/runbooks/setup', permitted);
    expect(
      await screen.findByRole('heading', { name: 'Keys' }, { timeout: 20_000 }),
    ).toBeInTheDocument();
    cleanup();
    openApp('/runbooks/runs');
    expect(
      await screen.findByRole('tab', { name: 'Set-up' }, { timeout: 20_000 }),
    ).toBeInTheDocument();
  });
});
