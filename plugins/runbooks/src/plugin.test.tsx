import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import {
  EntityRunbooksCard,
  EntityRunbooksContent,
  isRunbooksKind,
  RunbooksPage,
  runbooksApiRef,
  runbooksPlugin,
} from './index';
import { FakeRunbooksApi } from './testing/FakeRunbooksApi';
import { entityNamed } from './__testUtils__/renderScreen';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(30_000);

/** An app of the legacy frontend system with the page, the tab and the card installed as the README says. */
function openLegacyApp(at: string) {
  const entity = entityNamed('auth-service');
  const onEntity = (element: ReactElement) => (
    <EntityProvider entity={entity}>{element}</EntityProvider>
  );
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [runbooksApiRef, new FakeRunbooksApi()],
        [permissionApiRef, mockApis.permission()],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ]}
    >
      <Routes>
        <Route path="/runbooks/*" element={<RunbooksPage />} />
        <Route
          path="/service/runbooks/*"
          element={onEntity(<EntityRunbooksContent />)}
        />
        <Route path="/service" element={onEntity(<EntityRunbooksCard />)} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/runbooks': runbooksPlugin.routes.root,
        '/service/runbooks': runbooksPlugin.routes.entityContent,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('the plugin in an app of the legacy frontend system', () => {
  it('shows the tab on the page of a service', async () => {
    await openLegacyApp('/service/runbooks');
    expect(
      await screen.findByRole('link', { name: 'Canary deployment' }),
    ).toBeInTheDocument();
  });

  it('shows health, on-call and the last run on the overview', async () => {
    await openLegacyApp('/service');
    expect(
      await screen.findByRole('region', { name: 'Operations' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('On call now')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Runbooks' })).toHaveAttribute(
      'href',
      '/catalog/default/component/auth-service/runbooks',
    );
  });

  it('leads from its page to history', async () => {
    await openLegacyApp('/runbooks');
    expect(
      await screen.findByRole('heading', { name: 'Runbooks' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Runs' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['Component', true],
    ['System', true],
    ['Group', true],
    ['User', false],
    ['Location', false],
  ])('offers the tab on a %s: %s', (kind, isOffered) => {
    expect(isRunbooksKind({ ...entityNamed('x'), kind })).toBe(isOffered);
  });
});
