import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authOwnershipResolutionExtensionPoint,
  authProvidersExtensionPoint,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { DemoPeople } from './DemoPeople';
import { demoSignIn } from './demoSignIn';
import { OwnershipWithAncestors } from './OwnershipWithAncestors';

/** Lets a visitor of the demo be anybody of the examples. The backend does not start with it in production. */
export const demoAuthModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        ownership: authOwnershipResolutionExtensionPoint,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
      },
      async init({ providers, ownership, catalog, auth }) {
        refuseProduction(process.env.NODE_ENV);
        const people = new DemoPeople({ catalog, auth });
        ownership.setAuthOwnershipResolver(
          new OwnershipWithAncestors({ catalog, auth }),
        );
        providers.registerProvider({
          providerId: 'demo',
          factory: demoSignIn(people),
        });
      },
    });
  },
});

function refuseProduction(environment: string | undefined) {
  if (environment === 'production') {
    throw new Error(
      'The demo sign-in lets everybody be anybody, and NODE_ENV is "production"; remove demoAuth from the backend and install a real auth provider',
    );
  }
}
