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
import runbooksPlugin from '../alpha';
import { fakeRunbooks } from '../testing/fakeRunbooks';
import { entityNamed } from './renderScreen';

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
  fakeRunbooks,
];

/** A whole app of the new frontend system at an address, for a person to whom the policy answers as said. */
export function openApp(
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
