import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { runbooksApiRef } from '../api/RunbooksApi';
import { rootRouteRef } from '../routes';
import { FakeRunbooksApi } from '../testing/FakeRunbooksApi';

/** Renders a screen at an address as an app would, with a fake backend. */
export async function renderScreen(
  screen: ReactElement,
  options: {
    api?: FakeRunbooksApi;
    at?: string;
    mountedAt?: string;
    /** Everything is permitted; true where it is not said. */
    isOperator?: boolean;
  } = {},
) {
  const api = options.api ?? new FakeRunbooksApi();
  const result =
    options.isOperator === false ? AuthorizeResult.DENY : AuthorizeResult.ALLOW;
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [runbooksApiRef, api],
        [permissionApiRef, { authorize: async () => ({ result }) }],
        [
          catalogApiRef,
          catalogApiMock({ entities: [entityNamed('auth-service')] }),
        ],
      ]}
    >
      <Routes>
        <Route path={`${options.mountedAt ?? ''}/*`} element={screen} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [options.at ?? '/'],
      mountedRoutes: {
        '/runbooks': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return api;
}

/** A component of the catalog. */
export function entityNamed(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name },
    spec: { type: 'service', lifecycle: 'production', owner: 'identity' },
  };
}

/** Puts a screen on the page of a component. */
export function onPageOf(name: string, screen: ReactElement) {
  return <EntityProvider entity={entityNamed(name)}>{screen}</EntityProvider>;
}
